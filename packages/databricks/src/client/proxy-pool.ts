import { STATUS_CODES } from 'node:http';
import { Pool, type Dispatcher } from 'undici';

/** For a connection to come about. */
export const connectMs = 10_000;

/** The tunnel through the proxy did not come about: the request behind it cannot have been sent. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code = 'PROXY_TUNNEL';
  /** What the proxy answered, if it did. */
  readonly status: number | undefined;

  constructor(message: string, options: { readonly status?: number; readonly cause?: unknown }) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.status = options.status;
  }
}

/**
 * Connections to a proxy. Without it undici takes a proxy that resets for a lost answer of the workspace, or tries again
 * for ever (`lib/dispatcher/client.js`, `onError`).
 */
class ProxyPool extends Pool {
  override async connect(options: Parameters<Pool['connect']>[0]): Promise<Dispatcher.ConnectData> {
    const data = await this.#tunnel(options);
    if (data.statusCode === 200) return data;
    data.socket.on('error', () => {}).destroy();
    const { statusCode: status } = data;
    throw new ProxyError(`the proxy answered ${status} ${STATUS_CODES[status] ?? ''}`.trim(), { status });
  }

  async #tunnel(options: Parameters<Pool['connect']>[0]): Promise<Dispatcher.ConnectData> {
    try {
      return await super.connect(options);
    } catch (cause) {
      throw new ProxyError(`no connection through the proxy: ${cause instanceof Error ? cause.message : 'lost'}`, {
        cause,
      });
    }
  }
}

export function createProxyPool(origin: URL, options: object): Dispatcher {
  return new ProxyPool(origin, { ...options, headersTimeout: connectMs, connections: null });
}
