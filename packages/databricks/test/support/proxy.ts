import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';

export const certificatePath = join(import.meta.dirname, 'tls', 'certificate.pem');

export interface Place {
  readonly port: number;
  close(): Promise<void>;
}

/** A workspace that is reached over TLS only. */
export async function secureServer(listener: RequestListener): Promise<Place> {
  const [cert, key] = await Promise.all(
    ['certificate.pem', 'key.pem'].map((name) => readFile(join(import.meta.dirname, 'tls', name), 'utf8')),
  );
  return opened(createSecureServer({ cert, key }, listener));
}

export interface ProxyServer extends Place {
  /** Hosts that tunnels were asked for, with what the client said about itself. */
  readonly tunnels: { readonly host: string; readonly authorization: string | undefined }[];
}

/** Tunnels every host to one port of this machine, or does something else to the socket. */
export async function proxyServer(
  behaviour: { readonly to: number } | ((socket: Socket) => void),
): Promise<ProxyServer> {
  const tunnels: ProxyServer['tunnels'] = [];
  const server = createServer((_request, response) => response.writeHead(400).end());
  server.on('connect', (request, socket: Socket, head) => {
    tunnels.push({ host: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    socket.on('error', () => {});
    if (typeof behaviour === 'function') {
      behaviour(socket);
      return;
    }
    const onward = connect(behaviour.to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
  });
  return { ...(await opened(server)), tunnels };
}

async function opened(server: Server): Promise<Place> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
