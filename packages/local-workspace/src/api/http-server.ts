import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerBrokenRequest } from './broken-request.ts';

export interface HttpServer {
  readonly url: string;
  /** Lets answers under way finish, then closes every connection. */
  close(): Promise<void>;
}

/** Listens on loopback only: other machines cannot reach the workspace, whatever the token. */
export async function listen(options: {
  readonly port: number;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}): Promise<HttpServer> {
  const running = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const handled = options.handle(request, response).catch((fault: unknown) => {
      response.destroy(fault instanceof Error ? fault : undefined);
    });
    running.add(handled);
    void handled.finally(() => running.delete(handled));
  });
  server.on('clientError', answerBrokenRequest);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await Promise.allSettled(running);
      server.closeAllConnections();
      await closed;
    },
  };
}
