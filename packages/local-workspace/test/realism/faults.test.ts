import { describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
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

  test('an answer can break off in the middle after the effect', async () => {
    await withWorkspace({}, async ({ call, faults }) => {
      faults.add({ match: 'GET /api/2.0/preview/*', truncateBody: true }, { match: 'POST *', truncateBody: true });
      await expect(call('GET', '/api/2.0/preview/scim/v2/Me')).rejects.toThrow('terminated');
      await expect(call('POST', mkdirs, { path: '/a' })).rejects.toThrow('terminated');
      expect(await exists(call, '/a')).toBe(true);
    });
  });

  test.each([
    ['before', false],
    ['after', true],
  ] as const)('an answer can be held back, %s the effect, and holds up nothing else', async (hold, done) => {
    await withWorkspace({}, async ({ url, token, call, faults }) => {
      faults.add({ match: `POST ${mkdirs}`, hold });
      const signal = AbortSignal.timeout(300);
      const asked = { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: '{"path":"/a"}', signal };
      await expect(fetch(`${url}${mkdirs}`, asked)).rejects.toThrow('aborted due to timeout');
      expect(await exists(call, '/a')).toBe(done);
    });
  });

  test('a workspace that holds an answer back can still be closed', async () => {
    let held: Promise<unknown> | undefined;
    await withWorkspace({}, async ({ url, faults }) => {
      faults.add({ match: 'GET *', hold: 'before' });
      held = fetch(`${url}/api/2.0/preview/scim/v2/Me`).catch((error: unknown) => String(error));
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    expect(await held).toContain('fetch failed');
  });

  test.each([
    ['html', undefined, false],
    ['html', true, true],
    ['half', undefined, true],
  ] as const)('%s in place of the answer, after: %s', async (garble, after, done) => {
    await withWorkspace({}, async ({ url, token, call, faults }) => {
      faults.add({ match: `POST ${mkdirs}`, garble, ...(after === undefined ? {} : { after }) });
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${url}${mkdirs}`, { method: 'POST', headers, body: '{"path":"/a"}' });
      expect(answer.status).toBe(200);
      await expect(answer.json()).rejects.toThrow('JSON');
      expect(await exists(call, '/a')).toBe(done);
    });
  });

  test('a list can give a token that it does not know, or that of the page itself', async () => {
    await withWorkspace({ emptyPages: true }, async ({ call, faults }) => {
      const list = '/api/2.1/unity-catalog/catalogs?max_results=0';
      const token = async (page = ''): Promise<unknown> =>
        (await call('GET', `${list}${page}`)).body['next_page_token'];
      const first = String(await token());
      expect(await token(`&page_token=${first}`)).toBeUndefined();
      faults.add({ match: 'GET *', garble: 'same-page', times: 2 });
      expect(await token()).toBe(first);
      expect(await token(`&page_token=${first}`)).toBe(first);
      faults.add({ match: 'GET *', garble: 'page-token' });
      const unknown = String(await token());
      expect((await call('GET', `${list}&page_token=${unknown}`)).status).toBe(400);
    });
  });

  test('a stale read shows what was there before the last write that changed it', async () => {
    await withWorkspace({}, async ({ call, faults }) => {
      const path = '/api/2.1/unity-catalog/schemas/prod.fresh';
      faults.add({ match: `GET ${path}`, stale: true, times: 'unlimited' });
      await call('POST', '/api/2.1/unity-catalog/schemas', { name: 'fresh', catalog_name: 'prod' });
      expect((await call('GET', path)).status).toBe(404);
      await call('POST', mkdirs, { path: '/a' });
      expect((await call('GET', path)).status).toBe(404);
      await call('PATCH', path, { comment: 'later' });
      expect((await call('GET', path)).body['comment']).not.toBe('later');
      faults.clear();
      expect((await call('GET', path)).body['comment']).toBe('later');
    });
  });

  test.each([
    ['before', false],
    ['after', true],
  ] as const)('the caller is killed at the second write, %s its effect', async (_moment, after) => {
    await withWorkspace({}, async ({ url, token, call, faults }) => {
      const child = startWriter(url, token);
      faults.add({ match: `WRITE ${mkdirs}`, offset: 1, killCaller: child.pid ?? 0, after });
      child.stdin?.end();
      const [, signal] = (await once(child, 'exit')) as [unknown, string];
      expect(signal).toBe('SIGKILL');
      // The workspace outlives its caller.
      expect(await exists(call, '/w0')).toBe(true);
      expect(await exists(call, '/w1')).toBe(after);
      expect(await exists(call, '/w2')).toBe(false);
    });
  });

  test('over HTTP the workspace refuses to be killed, and rules without a process to name', async () => {
    await withWorkspace({}, async ({ call }) => {
      const refused = await call('POST', '/__local/faults', { rules: [{ match: '* *', killCaller: process.pid }] });
      expect([refused.status, refused.body['message']]).toEqual([
        400,
        `${process.pid} is the process of the embedded workspace itself`,
      ]);
      const { status, body } = await call('POST', '/__local/faults', { rules: [{ match: '* *', killCaller: true }] });
      expect([status, body['message']]).toEqual([400, 'rules[0].killCaller: expected an integer but got a boolean']);
      expect((await call('GET', '/__local/faults')).body).toEqual({ rules: [] });
    });
  });

  test('an answer without a code of its own has the one of its status', async () => {
    await withWorkspace({}, async ({ call, faults }) => {
      for (const [status, code] of [
        [429, 'REQUEST_LIMIT_EXCEEDED'],
        [503, 'TEMPORARILY_UNAVAILABLE'],
        [504, 'DEADLINE_EXCEEDED'],
        [500, 'INTERNAL_ERROR'],
      ] as const) {
        faults.add({ match: 'GET *', status });
        const { body, headers } = await call('GET', '/api/2.0/preview/scim/v2/Me');
        expect([body['error_code'], headers.get('retry-after')]).toEqual([code, null]);
      }
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

/** Another process that makes folders one after the other, once its input is closed. */
function startWriter(url: string, token: string): ChildProcess {
  const script = `
    process.stdin.resume();
    process.stdin.on('end', async () => {
      for (let count = 0; count < 3; count += 1) {
        await fetch('${url}${mkdirs}', {
          method: 'POST',
          headers: { Authorization: 'Bearer ${token}' },
          body: JSON.stringify({ path: '/w' + count }),
        });
      }
    });`;
  return spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'inherit', 'inherit'] });
}

async function exists(call: TestWorkspace['call'], path: string): Promise<boolean> {
  return (await call('GET', `/api/2.0/workspace/get-status?path=${encodeURIComponent(path)}`)).status === 200;
}
