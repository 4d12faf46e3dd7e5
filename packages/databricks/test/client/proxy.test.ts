import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { connectionOf, createClient, readNetwork, type Client } from '../../src/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { problemOf } from '../support/mock-workspace.ts';
import { certificatePath, proxyServer, secureServer, type Place } from '../support/proxy.ts';

const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

function kept<T extends { close(): Promise<void> }>(one: T): T {
  opened.push(one);
  return one;
}

async function workspace(): Promise<Place> {
  return kept(await secureServer((_request, response) => response.end('{"ok":true}')));
}

async function clientFor(environment: Record<string, string>, host = 'https://workspace.test'): Promise<Client> {
  const network = await readNetwork(environment, (path) => readFile(path, 'utf8'));
  return kept(
    createClient({
      connection: connectionOf({ host, hostSource: 'test', token: 'a-token', tokenSource: 'test' }),
      clock: fakeClock(),
      random: () => 0,
      userAgent: 'dpo/test',
      network,
    }),
  );
}

const read = { method: 'GET', path: '/api/x' } as const;
const create = { method: 'POST', path: '/api/x', body: {} } as const;

describe('a proxy', () => {
  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'HTTP_PROXY'])(
    'is found in %s, and asked for a tunnel',
    async (name) => {
      const { port } = await workspace();
      const proxy = kept(await proxyServer({ to: port }));
      const client = await clientFor({
        [name]: `http://ann:pa%3Ass-word@127.0.0.1:${proxy.port}`,
        SSL_CERT_FILE: certificatePath,
      });
      expect((await client.send(create)).body).toEqual({ ok: true });
      const authorization = `Basic ${Buffer.from('ann:pa:ss-word').toString('base64')}`;
      expect(proxy.tunnels).toEqual([{ host: 'workspace.test:443', authorization }]);
    },
  );

  test.each(['workspace.test', '.test', '*.test', 'other.example, workspace.test:443', '*'])(
    'is left out for a host in NO_PROXY: %s',
    async (noProxy) => {
      const proxy = kept(await proxyServer((socket) => socket.destroy()));
      const client = await clientFor({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: noProxy });
      const problem = await problemOf(client.send(read));
      expect(problem.message).toMatch(/workspace\.test cannot be reached: /);
      expect(proxy.tunnels).toEqual([]);
    },
  );

  test('is left out for this machine', async () => {
    const { port } = await workspace();
    const client = await clientFor(
      { HTTPS_PROXY: 'http://127.0.0.1:9', SSL_CERT_FILE: certificatePath },
      `https://127.0.0.1:${port}`,
    );
    expect((await client.send(read)).body).toEqual({ ok: true });
  });

  test.each<[string, (socket: Socket) => void, string, string]>([
    ['resets', (socket) => socket.resetAndDestroy(), 'no connection through the proxy', 'NO_PROXY'],
    ['closes', (socket) => socket.end(), 'no connection through the proxy', 'NO_PROXY'],
    [
      'is broken',
      (socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'),
      'the proxy answered 502 Bad Gateway',
      'NO_PROXY',
    ],
  ])('that %s: a create was not sent, and is tried again', async (_name, behaviour, ...[reason, hint]) => {
    const proxy = kept(await proxyServer(behaviour));
    const client = await clientFor({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    const problem = await problemOf(client.send(create));
    expect(problem.code).toBe('API.UNREACHABLE');
    expect(problem.message).toContain(
      `https://workspace.test cannot be reached through the proxy http://127.0.0.1:${proxy.port} (from HTTPS_PROXY)`,
    );
    expect(problem.message).toContain(reason);
    expect(problem.hint).toContain(hint);
    expect(proxy.tunnels).toHaveLength(4);
    expect(client.counts().total).toBe(4);
  });

  test('that asks for a password says how to give it, and is asked once', async () => {
    const proxy = kept(await proxyServer((socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')));
    const client = await clientFor({ HTTPS_PROXY: `127.0.0.1:${proxy.port}` });
    const problem = await problemOf(client.send(read));
    expect([problem.code, proxy.tunnels.length]).toEqual(['API.UNREACHABLE', 1]);
    expect(problem.hint).toContain('write HTTPS_PROXY as http://NAME:PASSWORD@HOST:PORT');
  });

  test('that is not there is named', async () => {
    const client = await clientFor({ HTTPS_PROXY: 'http://ann:secret-word@127.0.0.1:9' });
    const problem = await problemOf(client.send(create));
    expect(problem.message).toContain('through the proxy http://127.0.0.1:9 (from HTTPS_PROXY)');
    expect(JSON.stringify(problem)).not.toContain('secret-word');
  });

  test.each(['socks5://h:1', 'http://', '::::'])('that is no HTTP proxy is refused: %s', async (url) => {
    expect(await problemOf(clientFor({ HTTPS_PROXY: url }))).toMatchObject({
      code: 'NETWORK.PROXY_INVALID',
      message: 'the proxy in HTTPS_PROXY is not the URL of an HTTP proxy',
    });
  });
});

describe('certificates', () => {
  test('of a company are trusted from a file, beside the built-in ones', async () => {
    const { port } = await workspace();
    const host = `https://127.0.0.1:${port}`;
    const problem = await problemOf((await clientFor({}, host)).send(create));
    expect([problem.code, problem.hint]).toEqual(['API.UNREACHABLE', expect.stringContaining('NODE_EXTRA_CA_CERTS')]);
    for (const name of ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE']) {
      const client = await clientFor({ [name]: certificatePath }, host);
      expect((await client.send(create)).body).toEqual({ ok: true });
    }
    const { certificates } = await readNetwork({ SSL_CERT_FILE: certificatePath }, (path) => readFile(path, 'utf8'));
    expect(certificates?.length).toBeGreaterThan(100);
  });

  test.each([
    ['is not there', async () => undefined, 'no certificates can be read'],
    ['cannot be read', () => Promise.reject(new Error('EACCES')), 'no certificates can be read'],
    ['holds none', async () => 'hello', 'there are no certificates'],
  ])('in a file that %s are a problem', async (_name, readText, words) => {
    expect(await problemOf(readNetwork({ SSL_CERT_FILE: '/x.pem' }, readText))).toMatchObject({
      code: 'NETWORK.CA_UNREADABLE',
      message: `${words} in the file '/x.pem' that SSL_CERT_FILE names`,
    });
  });
});
