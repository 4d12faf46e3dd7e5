import { describe, expect, test } from '@jest/globals';
import type { ApiRequest } from '../../src/index.ts';
import { errorOf, mockWorkspace, problemOf, type SeenRequest } from '../support/mock-workspace.ts';

const busy = { status: 429, body: { error_code: 'REQUEST_LIMIT_EXCEEDED', message: 'slow down' } };

function requestOf(method: ApiRequest['method']): ApiRequest {
  return { method, path: '/api/x', ...(method === 'GET' || method === 'DELETE' ? {} : { body: { a: 1 } }) };
}

function socketError(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

describe('requests', () => {
  test('D013: JSON in and out, with token and user agent', async () => {
    const workspace = mockWorkspace();
    const seen: SeenRequest[] = [];
    workspace.reply('POST', '/api/x', { body: { id: 1 }, seen: (request) => seen.push(request) });
    const answer = await workspace.client.send({
      method: 'POST',
      path: '/api/x',
      query: { q: 'a b' },
      body: { a: 'ü' },
    });
    expect(answer.body).toEqual({ id: 1 });
    expect(seen[0]).toMatchObject({
      body: { a: 'ü' },
      query: { q: 'a b' },
      headers: { 'user-agent': 'dpo/0.1.0 test', 'content-type': 'application/json', accept: 'application/json' },
    });
    expect(seen[0]?.headers['authorization']).toMatch(/^Bearer dapi/);
    await workspace.done();
  });

  test('are counted with their retries, writes apart', async () => {
    const workspace = mockWorkspace();
    workspace.reply('POST', '/api/x', busy);
    workspace.reply('POST', '/api/x', {});
    workspace.reply('GET', '/api/x', {});
    await workspace.client.send(requestOf('POST'));
    await workspace.client.send(requestOf('GET'));
    expect(workspace.client.counts()).toEqual({ total: 3, writes: 2 });
    await workspace.done();
  });
});

describe('retries', () => {
  test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)(
    'N019: 429 and 503 to %s are repeated',
    async (method) => {
      const workspace = mockWorkspace();
      workspace.reply(method, '/api/x', { ...busy, headers: { 'retry-after': '7' } });
      workspace.reply(method, '/api/x', { status: 503, body: '' });
      workspace.reply(method, '/api/x', { body: { ok: true } });
      expect((await workspace.client.send(requestOf(method))).body).toEqual({ ok: true });
      expect(workspace.clock.waits).toEqual([7000, 1000]);
      await workspace.done();
    },
  );

  test('N019: a Retry-After that says nothing is one second', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', '/api/x', { ...busy, headers: { 'retry-after': 'soon' } });
    workspace.reply('GET', '/api/x', {});
    await workspace.client.send(requestOf('GET'));
    expect(workspace.clock.waits).toEqual([1000]);
    await workspace.done();
  });

  test('N019: throttling has a budget of five minutes', async () => {
    const workspace = mockWorkspace();
    workspace.pool
      .intercept({ method: 'GET', path: '/api/x' })
      .reply(429, '', { headers: { 'retry-after': '60' } })
      .persist();
    expect((await problemOf(workspace.client.send(requestOf('GET')))).code).toBe('API.RATE_LIMITED');
    expect(workspace.clock.waits).toEqual([60_000, 60_000, 60_000, 60_000, 60_000]);
  });

  test('N019: a random part keeps many requests from coming back together', async () => {
    const workspace = mockWorkspace({ random: () => 0.5 });
    workspace.reply('GET', '/api/x', busy);
    workspace.reply('GET', '/api/x', {});
    await workspace.client.send(requestOf('GET'));
    expect(workspace.clock.waits).toEqual([1500]);
    await workspace.done();
  });

  test.each(['GET', 'PUT', 'PATCH', 'DELETE'] as const)(
    'T13: %s is repeated after 500, 408 and a lost answer',
    async (method) => {
      const workspace = mockWorkspace();
      workspace.reply(method, '/api/x', { status: 500 });
      workspace.reply(method, '/api/x', { status: 408 });
      workspace.pool.intercept({ method, path: '/api/x' }).replyWithError(socketError('ECONNRESET'));
      workspace.reply(method, '/api/x', { body: { ok: true } });
      expect((await workspace.client.send(requestOf(method))).body).toEqual({ ok: true });
      expect(workspace.clock.waits).toEqual([1000, 2000, 4000]);
      await workspace.done();
    },
  );

  test('T13: a service that stays broken is given up after four tries', async () => {
    const workspace = mockWorkspace();
    workspace.pool.intercept({ method: 'GET', path: '/api/x' }).reply(502, '').times(4);
    expect((await problemOf(workspace.client.send(requestOf('GET')))).code).toBe('API.SERVER');
    await workspace.done();
  });

  test.each([400, 401, 403, 404, 409, 501])('T13: %i is an answer and is not repeated', async (status) => {
    const workspace = mockWorkspace();
    workspace.reply('PATCH', '/api/x', { status });
    await problemOf(workspace.client.send(requestOf('PATCH')));
    expect(workspace.clock.waits).toEqual([]);
    await workspace.done();
  });

  test.each<[string, number | Error]>([
    ['500', 500],
    ['504', 504],
    ['408', 408],
    ['a reset connection', socketError('ECONNRESET')],
    ['a closed socket', socketError('UND_ERR_SOCKET', 'other side closed')],
    ['no answer in time', socketError('UND_ERR_HEADERS_TIMEOUT')],
  ])('N019: a create is not repeated after %s', async (_name, failure) => {
    const workspace = mockWorkspace();
    const intercept = workspace.pool.intercept({ method: 'POST', path: '/api/x' });
    if (typeof failure === 'number') intercept.reply(failure, '');
    else intercept.replyWithError(failure);
    const problem = await problemOf(workspace.client.send(requestOf('POST')));
    expect(problem.code).toBe('API.OUTCOME_UNKNOWN');
    expect(problem.message).toContain('POST /api/x');
    expect(workspace.clock.waits).toEqual([]);
    await workspace.done();
  });

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    'N019: a create is repeated after %s, before which nothing was sent',
    async (code) => {
      const workspace = mockWorkspace();
      workspace.pool.intercept({ method: 'POST', path: '/api/x' }).replyWithError(socketError(code));
      workspace.reply('POST', '/api/x', {});
      await workspace.client.send(requestOf('POST'));
      expect(workspace.client.counts().total).toBe(2);
      await workspace.done();
    },
  );

  test('T13: a host that is not there is given up after seconds, and named', async () => {
    const workspace = mockWorkspace();
    workspace.pool.intercept({ method: 'POST', path: '/api/x' }).replyWithError(socketError('ENOTFOUND')).times(4);
    const problem = await problemOf(workspace.client.send(requestOf('POST')));
    expect(problem.code).toBe('API.UNREACHABLE');
    expect(problem.message).toContain('unit.cloud.databricks.com cannot be reached');
    expect(problem.hint).toContain('from DATABRICKS_HOST');
    expect(workspace.clock.waits).toEqual([1000, 2000, 4000]);
    await workspace.done();
  });

  test('a certificate that is not trusted is not tried again', async () => {
    const workspace = mockWorkspace();
    workspace.pool
      .intercept({ method: 'GET', path: '/api/x' })
      .replyWithError(socketError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'));
    const problem = await problemOf(workspace.client.send(requestOf('GET')));
    expect(problem.code).toBe('API.UNREACHABLE');
    expect(problem.hint).toContain('NODE_EXTRA_CA_CERTS');
    await workspace.done();
  });

  test('an update whose answers stay lost has an unknown outcome, not a refusal', async () => {
    const workspace = mockWorkspace();
    workspace.pool.intercept({ method: 'PATCH', path: '/api/x' }).reply(500, '');
    workspace.pool.intercept({ method: 'PATCH', path: '/api/x' }).replyWithError(socketError('ECONNREFUSED')).times(3);
    expect((await problemOf(workspace.client.send(requestOf('PATCH')))).code).toBe('API.OUTCOME_UNKNOWN');
    await workspace.done();
  });

  test('a change that lost against a concurrent one is tried again', async () => {
    const workspace = mockWorkspace();
    workspace.reply('POST', '/api/x', {
      status: 409,
      body: { error_code: 'ABORTED', message: 'concurrent modification' },
    });
    workspace.reply('POST', '/api/x', { body: { ok: true } });
    expect((await workspace.client.send(requestOf('POST'))).body).toEqual({ ok: true });
    await workspace.done();
  });
});

describe('aborts', () => {
  test('before sending, nothing is sent', async () => {
    const controller = new AbortController();
    const workspace = mockWorkspace({ signal: controller.signal });
    controller.abort(new Error('stopped'));
    await expect(workspace.client.send(requestOf('POST'))).rejects.toThrow('stopped');
    expect(workspace.client.counts().total).toBe(0);
  });

  test('an answer that came counts, and nothing is sent afterwards', async () => {
    const controller = new AbortController();
    const workspace = mockWorkspace({
      onRequest: () => controller.abort(new Error('stopped')),
      signal: controller.signal,
    });
    workspace.reply('GET', '/api/x', { body: { ok: true } });
    expect((await workspace.client.send(requestOf('GET'))).body).toEqual({ ok: true });
    await expect(workspace.client.send({ ...requestOf('GET'), signal: new AbortController().signal })).rejects.toThrow(
      'stopped',
    );
    await workspace.done();
  });

  test.each([429, 500])('a read is not repeated after it, and says so instead of %i', async (status) => {
    const controller = new AbortController();
    const stop = () => controller.abort(new Error('stopped'));
    const workspace = mockWorkspace({ signal: controller.signal, onRequest: stop });
    workspace.reply('GET', '/api/x', { status });
    await expect(workspace.client.send(requestOf('GET'))).rejects.toThrow('stopped');
    await workspace.done();
  });

  test('while a write waits that was only ever rejected, the rejection is what is said', async () => {
    const controller = new AbortController();
    const workspace = mockWorkspace({
      signal: controller.signal,
      onRequest: () => setImmediate(() => controller.abort(new Error('too late'))),
      clock: {
        now: () => 0,
        sleep: async (_milliseconds, signal) => {
          await new Promise((resolve) => setImmediate(resolve));
          signal?.throwIfAborted();
        },
      },
    });
    workspace.reply('PATCH', '/api/x', { status: 429 });
    expect((await problemOf(workspace.client.send(requestOf('PATCH')))).code).toBe('API.RATE_LIMITED');
    await workspace.done();
  });

  test('after an update may have taken effect, that is said', async () => {
    const controller = new AbortController();
    const workspace = mockWorkspace({
      signal: controller.signal,
      onRequest: () => controller.abort(new Error('stopped')),
    });
    workspace.reply('PATCH', '/api/x', { status: 500 });
    const error = await errorOf(workspace.client.send(requestOf('PATCH')));
    expect(error).toMatchObject({ problems: [{ code: 'API.OUTCOME_UNKNOWN' }] });
    await workspace.done();
  });
});
