import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { connectionOf } from '../../src/index.ts';
import { errorOf, host, mockWorkspace, plantedToken } from '../support/mock-workspace.ts';

const shown = (value: unknown): string =>
  [inspect(value, { depth: Infinity, showHidden: true, getters: true }), JSON.stringify(value), String(value)].join(
    '\n',
  );

describe('a token', () => {
  test('N018: shows in no output of a connection', async () => {
    const connection = connectionOf({ host, hostSource: 'test', token: plantedToken, tokenSource: 'test' });
    expect(shown(connection)).not.toContain(plantedToken);
    expect(await connection.credentials.token()).toBe(plantedToken);
  });

  test('N018: shows in no output of a client', () => {
    expect(shown(mockWorkspace().client)).not.toContain(plantedToken);
  });

  test.each([
    ['an error body', 400, JSON.stringify({ error_code: 'BAD_REQUEST', message: `bad token ${plantedToken}` })],
    ['an HTML page', 500, `<html><title>${plantedToken}</title></html>`],
    ['plain text', 401, `UNAUTHENTICATED: ${plantedToken} expired`],
    ['a success that is no JSON', 200, `welcome ${plantedToken}`],
  ])('N018: shows in no error when %s repeats it', async (_name, status, body) => {
    const workspace = mockWorkspace();
    workspace.pool.intercept({ method: 'GET', path: '/x' }).reply(status, body).persist();
    const error = await errorOf(workspace.client.send({ method: 'GET', path: '/x' }));
    expect(shown(error)).not.toContain(plantedToken);
    expect(shown((error as { problems: unknown }).problems)).not.toContain(plantedToken);
  });

  test('N018: shows in no error of the connection, nor in its cause', async () => {
    const workspace = mockWorkspace();
    const failure = Object.assign(new Error(`parse error near ${plantedToken}`), { data: plantedToken });
    workspace.pool.intercept({ method: 'POST', path: '/x' }).replyWithError(failure);
    const error = await errorOf(workspace.client.send({ method: 'POST', path: '/x', body: {} }));
    expect(shown(error)).toContain('API.OUTCOME_UNKNOWN');
    expect(shown(error)).not.toContain(plantedToken);
    await workspace.done();
  });

  test('N018: events of requests do not carry it', async () => {
    const events: unknown[] = [];
    const workspace = mockWorkspace({ onRequest: (event) => events.push(event) });
    workspace.reply('GET', '/x', {});
    await workspace.client.send({ method: 'GET', path: '/x' });
    expect(events).toEqual([{ method: 'GET', path: '/x', attempt: 1, outcome: 200, milliseconds: 0 }]);
    await workspace.done();
  });
});
