import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { connectionOf, createClient, type Client } from '../../src/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { errorOf, problemOf } from '../support/mock-workspace.ts';

interface Served {
  readonly client: Client;
  readonly signal: AbortController;
}

async function served(listener: RequestListener, use: (served: Served) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const signal = new AbortController();
  const client = clientAt(`http://127.0.0.1:${port}`, signal.signal);
  try {
    await use({ client, signal });
  } finally {
    await client.close();
    server.closeAllConnections();
    server.close();
  }
}

function clientAt(host: string, signal?: AbortSignal): Client {
  return createClient({
    connection: connectionOf({ host, hostSource: 'test', token: 'token', tokenSource: 'test' }),
    clock: fakeClock(),
    random: () => 0,
    userAgent: 'dpo/0.1.0',
    signal,
  });
}

describe('over a real connection', () => {
  test('N019: a create whose connection is dropped is sent once', async () => {
    let received = 0;
    const drop: RequestListener = (request) => {
      received += 1;
      request.socket.destroy();
    };
    await served(drop, async ({ client }) => {
      const problem = await problemOf(client.send({ method: 'POST', path: '/x', body: { a: 1 } }));
      expect(problem.code).toBe('API.OUTCOME_UNKNOWN');
      expect(received).toBe(1);
    });
  });

  test('a read whose connection is dropped is sent again', async () => {
    let received = 0;
    const dropFirst: RequestListener = (request, response) => {
      received += 1;
      if (received === 1) request.socket.destroy();
      else response.end('{"id":1234567890123456789}');
    };
    await served(dropFirst, async ({ client }) => {
      expect((await client.send({ method: 'GET', path: '/x' })).body).toEqual({ id: '1234567890123456789' });
    });
  });

  test('an answer that breaks off is lost', async () => {
    const breakOff: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":');
      setTimeout(() => response.destroy(), 5);
    };
    await served(breakOff, async ({ client }) => {
      const problem = await problemOf(client.send({ method: 'POST', path: '/x', body: {} }));
      expect(problem.code).toBe('API.OUTCOME_UNKNOWN');
    });
  });

  test('nobody there: unreachable, with host and hint', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const client = clientAt(`http://127.0.0.1:${port}`);
    const problem = await problemOf(client.send({ method: 'POST', path: '/x', body: {} }));
    expect(problem.code).toBe('API.UNREACHABLE');
    expect(problem.message).toContain(`127.0.0.1:${port}`);
    await client.close();
  });

  test('an abort in flight: a read ends with its reason, a create with an unknown outcome', async () => {
    const silent: RequestListener = () => {};
    for (const method of ['GET', 'POST'] as const) {
      await served(silent, async ({ client, signal }) => {
        const call = errorOf(client.send({ method, path: '/x' }));
        setTimeout(() => signal.abort(new Error('stopped')), 20);
        const expected = method === 'GET' ? { message: 'stopped' } : { problems: [{ code: 'API.OUTCOME_UNKNOWN' }] };
        expect(await call).toMatchObject(expected);
      });
    }
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ])('an answer that is packed as %s is read', async (encoding, pack) => {
    const listener: RequestListener = (request, response) => {
      if (encoding !== 'identity') expect(request.headers['accept-encoding']).toContain(encoding);
      response.writeHead(200, { 'content-encoding': encoding }).end(pack('{"text":"ü"}'));
    };
    await served(listener, async ({ client }) => {
      expect((await client.send({ method: 'GET', path: '/x' })).body).toEqual({ text: 'ü' });
    });
  });

  test('a packed answer that breaks off is lost', async () => {
    const half = gzipSync(JSON.stringify({ text: 'x'.repeat(1000) })).subarray(0, 25);
    const listener: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(half);
    };
    await served(listener, async ({ client }) => {
      const problem = await problemOf(client.send({ method: 'POST', path: '/x', body: {} }));
      expect(problem.code).toBe('API.OUTCOME_UNKNOWN');
    });
  });

  test('a service that is silent for longer than the request allows is given up', async () => {
    let received = 0;
    const silent: RequestListener = () => {
      received += 1;
    };
    await served(silent, async ({ client }) => {
      const problem = await problemOf(client.send({ method: 'POST', path: '/x', body: {}, timeoutMs: 50 }));
      expect([problem.code, received]).toEqual(['API.OUTCOME_UNKNOWN', 1]);
      expect(problem.message).toContain('Headers Timeout Error');
    });
  });

  test('redirects are not followed: the token reaches nobody else', async () => {
    const other: string[] = [];
    const listener: RequestListener = (request, response) => {
      if (request.url === '/other') other.push(request.headers.authorization ?? '');
      response.writeHead(307, { location: '/other' }).end();
    };
    await served(listener, async ({ client }) => {
      expect((await problemOf(client.send({ method: 'GET', path: '/x' }))).code).toBe('API.MALFORMED');
      expect(other).toEqual([]);
    });
  });

  test('connections are kept and capped', async () => {
    const ports = new Set<number | undefined>();
    const listener: RequestListener = (request, response) => {
      ports.add(request.socket.remotePort);
      setTimeout(() => response.end('{}'), 1);
    };
    await served(listener, async ({ client }) => {
      await Promise.all(Array.from({ length: 500 }, () => client.send({ method: 'GET', path: '/x' })));
      expect(ports.size).toBeLessThanOrEqual(64);
      expect(client.counts()).toEqual({ total: 500, writes: 0 });
    });
  });
});
