import { describe, expect, test } from '@jest/globals';
import type { Credentials } from '../../src/index.ts';
import { connectionOf } from '../../src/index.ts';
import { errorOf, host, mockWorkspace, problemOf } from '../support/mock-workspace.ts';

const refusal = { status: 401, body: { error_code: 'UNAUTHENTICATED', message: 'expired' } };

function workspaceFor(credentials: Credentials): ReturnType<typeof mockWorkspace> {
  const parts = { host, hostSource: 'test', token: 'unused-token', tokenSource: 'test' };
  return mockWorkspace({ connection: { ...connectionOf(parts), credentials } });
}

describe('credentials', () => {
  test('are asked for before every try, and a refused token is renewed once', async () => {
    const asked: string[] = [];
    const tokens = ['first-token', 'second-token', 'third-token'];
    let next = 0;
    const workspace = workspaceFor({ token: async () => tokens[next] ?? '', refused: () => (next += 1) > 0 });
    const seen = ({ headers }: { readonly headers: Readonly<Record<string, string>> }): void => {
      asked.push(headers['authorization'] ?? '');
    };
    workspace.reply('POST', '/api/x', { ...refusal, seen });
    workspace.reply('POST', '/api/x', { body: { ok: true }, seen });
    expect((await workspace.client.send({ method: 'POST', path: '/api/x', body: {} })).body).toEqual({ ok: true });
    workspace.reply('GET', '/api/x', { ...refusal, seen });
    workspace.reply('GET', '/api/x', { ...refusal, seen });
    const problem = await problemOf(workspace.client.send({ method: 'GET', path: '/api/x' }));
    expect(problem.code).toBe('API.UNAUTHENTICATED');
    expect(asked).toEqual(['first-token', 'second-token', 'second-token', 'third-token'].map((it) => `Bearer ${it}`));
    await workspace.done();
  });

  test('that cannot be renewed are not tried again', async () => {
    const workspace = workspaceFor({ token: async () => 'only-token' });
    workspace.reply('GET', '/api/x', refusal);
    expect((await problemOf(workspace.client.send({ method: 'GET', path: '/api/x' }))).code).toBe(
      'API.UNAUTHENTICATED',
    );
    await workspace.done();
  });

  test('that cannot be had are the reason that is told, and nothing is sent', async () => {
    const workspace = workspaceFor({ token: () => Promise.reject(new Error('no token to be had')) });
    expect(await errorOf(workspace.client.send({ method: 'POST', path: '/api/x', body: {} }))).toMatchObject({
      message: 'no token to be had',
    });
    expect(workspace.client.counts().total).toBe(0);
    await workspace.done();
  });

  test('may need more header fields', async () => {
    const workspace = workspaceFor({
      token: async () => 'a-token',
      headers: () => ({ 'x-databricks-azure-workspace-resource-id': '/subscriptions/1' }),
    });
    let resource: string | undefined;
    workspace.reply('GET', '/api/x', {
      seen: ({ headers }) => (resource = headers['x-databricks-azure-workspace-resource-id']),
    });
    await workspace.client.send({ method: 'GET', path: '/api/x' });
    expect(resource).toBe('/subscriptions/1');
    await workspace.done();
  });
});
