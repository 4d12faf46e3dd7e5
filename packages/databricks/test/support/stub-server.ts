import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly form: Readonly<Record<string, string>>;
}

/** What to answer; `hang` never does. */
export type StubAnswer =
  | 'hang'
  | 'reset'
  | {
      readonly status?: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface StubServer {
  readonly url: string;
  readonly calls: SeenCall[];
  close(): Promise<void>;
}

/** A server of ours in the place of an identity provider: real HTTP, answers of the test. */
export async function startStubServer(
  answer: (call: SeenCall) => StubAnswer | Promise<StubAnswer>,
): Promise<StubServer> {
  const calls: SeenCall[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://stub');
      const call: SeenCall = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))),
      };
      calls.push(call);
      void Promise.resolve(answer(call)).then((answered) => {
        if (answered === 'hang') return;
        if (answered === 'reset') {
          request.socket.destroy();
          return;
        }
        const { status = 200, body = {}, headers = {} } = answered;
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        response.writeHead(status, headers).end(text);
      });
    });
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
