import { describe, expect, test } from '@jest/globals';
import { withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const mkdirs = '/api/2.0/workspace/mkdirs';

describe('faults', () => {
  test('a rule spoils as many matching calls as told, after leaving some alone', async () => {
    const rule = {
      match: 'POST /api/2.0/workspace/*',
      status: 429,
      errorCode: 'REQUEST_LIMIT_EXCEEDED',
      retryAfter: 3,
    };
    await withWorkspace({ faults: [{ ...rule, offset: 1, times: 2 }] }, async ({ call }) => {
      const statuses: number[] = [];
      for (let count = 0; count < 4; count += 1) statuses.push((await call('POST', mkdirs, { path: '/a' })).status);
      expect(statuses).toEqual([200, 429, 429, 200]);
    });
  });

  test('the answer of a rule carries its code, message and Retry-After', async () => {
    await withWorkspace({}, async ({ call, faults }) => {
      faults.add({
        match: 'POST *',
        status: 503,
        errorCode: 'TEMPORARILY_UNAVAILABLE',
        message: 'later',
        retryAfter: 2,
      });
      const { status, body, headers } = await call('POST', mkdirs, { path: '/a' });
      expect([status, headers.get('retry-after')]).toEqual([503, '2']);
      expect(body).toEqual({ error_code: 'TEMPORARILY_UNAVAILABLE', message: 'later', details: [] });
      expect(await exists(call, '/a')).toBe(false);
    });
  });

  test('a rule that strikes after keeps the effect and replaces the answer', async () => {
    await withWorkspace({}, async ({ call, faults }) => {
      faults.add({ match: `POST ${mkdirs}`, status: 504, after: true });
      expect((await call('POST', mkdirs, { path: '/a' })).status).toBe(504);
      expect(await exists(call, '/a')).toBe(true);
    });
  });

  test('a connection can be dropped before and after the effect', async () => {
    await withWorkspace({}, async ({ call, faults, requests }) => {
      faults.add({ match: 'POST *', dropConnection: 'before' });
      await expect(call('POST', mkdirs, { path: '/a' })).rejects.toThrow('fetch failed');
      expect(await exists(call, '/a')).toBe(false);
      faults.add({ match: 'POST *', dropConnection: 'after' });
      await expect(call('POST', mkdirs, { path: '/a' })).rejects.toThrow('fetch failed');
      expect(await exists(call, '/a')).toBe(true);
      expect(requests()[0]).toMatchObject({ path: mkdirs, status: 0 });
    });
  });

  test('rules can be set and cleared over HTTP and a latency delays the answer', async () => {
    await withWorkspace({}, async ({ call }) => {
      await call('POST', '/__local/faults', { rules: [{ match: 'GET *', latencyMs: 60, times: 9 }] });
      const started = performance.now();
      await call('GET', '/api/2.0/preview/scim/v2/Me');
      expect(performance.now() - started).toBeGreaterThan(50);
      await call('POST', '/__local/faults', { rules: [{ match: 'GET *', status: 500 }] });
      await call('DELETE', '/__local/faults');
      expect((await call('GET', '/api/2.0/preview/scim/v2/Me')).status).toBe(200);
      const refused = await call('POST', '/__local/faults', { rules: [{ match: 'GET *', status: 200 }] });
      expect(refused.body['message']).toBe('rules[0].status: must be at least 400');
    });
  });
});

async function exists(call: TestWorkspace['call'], path: string): Promise<boolean> {
  return (await call('GET', `/api/2.0/workspace/get-status?path=${encodeURIComponent(path)}`)).status === 200;
}
