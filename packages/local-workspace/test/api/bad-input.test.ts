import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const mkdirs = '/api/2.0/workspace/mkdirs';
const schemas = `${unityPrefix}/schemas`;

describe('bad input', () => {
  test.each<readonly [string, string | Uint8Array, string]>([
    ['broken JSON', '{"path": ', 'the request body is not JSON'],
    ['a list', '[{"path": "/bad"}]', 'the request body is not a JSON object'],
    ['null', 'null', 'the request body is not a JSON object'],
    ['text', '"/bad"', 'the request body is not a JSON object'],
    [
      '501 levels',
      `{"path":${'['.repeat(500)}${']'.repeat(500)}}`,
      'the request body is nested deeper than 500 levels',
    ],
    ['a million brackets', '['.repeat(1_000_000), 'the request body is nested deeper than 500 levels'],
    ['bytes that are no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'the request body is not UTF-8'],
  ])('%s is answered 400 and nothing is written', async (_name, body, message) => {
    await withWorkspace({}, async (workspace) => {
      const reply = await send(workspace, { path: mkdirs, body });
      expect(reply).toEqual([400, { error_code: 'MALFORMED_REQUEST', message, details: [] }]);
      await expectUntouched(workspace);
    });
  });

  test('brackets in texts are no levels', async () => {
    await withWorkspace({}, async (workspace) => {
      const comment = `\\"${'[{'.repeat(600)}\\\\`;
      const reply = await send(workspace, {
        path: schemas,
        body: `{"name":"deep","catalog_name":"prod","comment":"${comment}"}`,
      });
      expect(reply[0]).toBe(200);
    });
  });

  test.each([
    ['application/xml', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/json; charset=latin1', 415],
    ['application/json; charset=utf-8', 200],
    ['application/json', 200],
    ['text/plain;charset=UTF-8', 200],
    ['application/x-www-form-urlencoded', 200],
    ['application/vnd.api+json', 200],
  ] as const)('a body of type %s is answered %p', async (type, status) => {
    await withWorkspace({}, async (workspace) => {
      const body = '{"path": "/typed"}';
      const reply = await send(workspace, { path: mkdirs, body, headers: { 'Content-Type': type } });
      expect(reply[0]).toBe(status);
      if (status === 415) expect(reply[1]).toMatchObject({ error_code: 'UNSUPPORTED_MEDIA_TYPE' });
      const found = await workspace.call('GET', '/api/2.0/workspace/get-status?path=%2Ftyped');
      expect(found.status).toBe(status === 415 ? 404 : 200);
    });
  });

  test('a body that says that it is too large is refused before it is sent', async () => {
    await withWorkspace({}, async (workspace) => {
      const head = `POST ${mkdirs} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${workspace.token}\r\nContent-Length: 99999999999\r\n\r\n{`;
      const answer = await raw(workspace, head);
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('REQUEST_TOO_LARGE');
      await expectUntouched(workspace);
    });
  });

  test('a body without a stated length is cut off at the limit, without being kept', async () => {
    await withWorkspace({}, async (workspace) => {
      const chunk = new Uint8Array(1024 * 1024).fill(0x20);
      let left = 60;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (left === 0) controller.close();
          else controller.enqueue(chunk);
          left -= 1;
        },
      });
      const headers = { Authorization: `Bearer ${workspace.token}` };
      const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
      const response = await fetch(workspace.url + mkdirs, init);
      expect([response.status, await response.json()]).toMatchObject([413, { error_code: 'REQUEST_TOO_LARGE' }]);
      expect(workspace.requests().at(-1)).toMatchObject({ status: 413, body: 'too large' });
      await expectUntouched(workspace);
    });
  });

  test.each(['/api/2.1/unity-catalog/schemas/%', '/api/2.1/unity-catalog/schemas/%ff', '/api/%zz'])(
    'the path %s is answered 400',
    async (path) => {
      await withWorkspace({}, async (workspace) => {
        const answer = await raw(workspace, request(workspace, `GET ${path}`));
        expect(answer).toMatch(/^HTTP\/1\.1 400 /);
        expect(answer).toContain('is not a valid path');
        await expectUntouched(workspace);
      });
    },
  );

  test('too long a URL or header is answered 431 and what is not HTTP 400', async () => {
    await withWorkspace({}, async (workspace) => {
      const long = 'x'.repeat(20_000);
      const heads = [
        request(workspace, `GET /${long}`),
        `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${long}\r\n\r\n`,
        'hello\r\n\r\n',
      ];
      const answers: string[] = [];
      for (const head of heads) answers.push(await raw(workspace, head));
      expect(answers.map((answer) => answer.slice(9, 12))).toEqual(['431', '431', '400']);
      for (const answer of answers) {
        const body = JSON.parse(answer.split('\r\n\r\n')[1] ?? '') as object;
        expect(body).toMatchObject({ error_code: expect.any(String), message: expect.any(String), details: [] });
      }
      await expectUntouched(workspace);
    });
  });

  test('a client that goes away in the middle of its request leaves the server up', async () => {
    await withWorkspace({}, async (workspace) => {
      const socket = await open(workspace);
      socket.write(`POST ${mkdirs} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"path"`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.destroy();
      await expectUntouched(workspace);
    });
  });
});

describe('who can reach the workspace', () => {
  test('other addresses of this machine refuse the connection', async () => {
    await withWorkspace({}, async ({ url }) => {
      const { hostname, port } = new URL(url);
      expect(hostname).toBe('127.0.0.1');
      const addresses = Object.values(networkInterfaces())
        .flatMap((interfaces) => interfaces ?? [])
        .filter(({ family, internal }) => family === 'IPv4' && !internal)
        .map(({ address }) => address);
      // 127.0.0.2 is loopback too, but not the address that is listened on; it stands in where there is no network.
      for (const address of [...addresses, '127.0.0.2']) {
        const socket = connect(Number(port), address);
        const outcome = await Promise.race([once(socket, 'connect'), once(socket, 'error')]).then(
          () => 'connected',
          (fault: Error) => fault.message,
        );
        socket.destroy();
        expect(outcome).toContain('ECONNREFUSED');
      }
    });
  });

  test.each([
    ['127.0.0.1:1234', '200'],
    ['localhost', '200'],
    ['LOCALHOST:80', '200'],
    ['[::1]:9', '200'],
    ['evil.example', '403'],
    ['127.0.0.1.evil.example', '403'],
    ['localhost.evil.example:80', '403'],
    ['localhost:80@evil.example', '403'],
    ['10.0.0.1', '403'],
    ['', '403'],
  ])('a request to the host %p is answered %s', async (host, status) => {
    await withWorkspace({}, async (workspace) => {
      for (const path of ['/api/2.0/preview/scim/v2/Me', '/__local/clock']) {
        const answer = await raw(workspace, request(workspace, `GET ${path}`, host));
        expect(answer.slice(9, 12)).toBe(status);
        expect(answer.toLowerCase()).not.toContain('access-control-');
      }
    });
  });

  test('a preflight of a browser gets no permission', async () => {
    await withWorkspace({}, async ({ url }) => {
      const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' };
      const response = await fetch(url + mkdirs, { method: 'OPTIONS', headers });
      expect(response.ok).toBe(false);
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    });
  });
});

async function send(
  { url, token }: TestWorkspace,
  call: { readonly path: string; readonly body: string | Uint8Array; readonly headers?: Record<string, string> },
): Promise<readonly [number, unknown]> {
  const response = await fetch(url + call.path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, ...call.headers },
    body: call.body as NonNullable<RequestInit['body']>,
  });
  return [response.status, await response.json()];
}

function request({ token }: TestWorkspace, line: string, host = 'localhost'): string {
  return `${line} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n\r\n`;
}

async function open({ url }: TestWorkspace) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

/** What the server says to these bytes until it closes or has sent a whole answer. */
async function raw(workspace: TestWorkspace, bytes: string): Promise<string> {
  const socket = await open(workspace);
  socket.write(bytes);
  let answer = '';
  for await (const chunk of socket) {
    answer += String(chunk);
    const [head = '', body] = answer.split('\r\n\r\n');
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    if (body !== undefined && body.length >= Number(length)) break;
  }
  socket.destroy();
  return answer;
}

/** The server answers, and no folder or schema came to be. */
async function expectUntouched({ call }: TestWorkspace): Promise<void> {
  const { body } = await call('GET', '/api/2.0/workspace/list?path=/');
  const paths = (body['objects'] as readonly { readonly path: string }[]).map(({ path }) => path);
  expect(paths.toSorted()).toEqual(['/Shared', '/Users']);
}
