import { Agent, errors, type Dispatcher } from 'undici';
import type { VirtualTime } from './virtual-time.ts';

/** Connections whose time-outs go by a virtual clock, which stands still while a request is under way. */
export interface TimedConnections {
  readonly dispatcher: Dispatcher;
  /** Told when the workspace keeps an answer back: then time goes on. */
  readonly onHeld: (call: { readonly method: string; readonly path: string }) => void;
  close(): Promise<void>;
}

interface Flight {
  readonly method: string;
  readonly path: string;
  readonly pass: () => void;
}

export function createTimedConnections(time: () => VirtualTime): TimedConnections {
  const agent = new Agent({ connections: 64 });
  const flights = new Set<Flight>();

  const request = (options: Dispatcher.RequestOptions): Promise<unknown> =>
    time().during(async (pass) => {
      const cut = new AbortController();
      const ended = new AbortController();
      const given = options.signal instanceof AbortSignal ? [options.signal] : [];
      const flight: Flight = { method: options.method, path: options.path.split('?')[0] ?? '', pass };
      flights.add(flight);
      time()
        .sleep(options.headersTimeout ?? 60_000, ended.signal)
        .then(
          () => cut.abort(new errors.HeadersTimeoutError()),
          () => undefined,
        );
      try {
        const signal = AbortSignal.any([...given, cut.signal]);
        const answer = await agent.request({ ...options, headersTimeout: 0, bodyTimeout: 0, signal });
        const text = await answer.body.text();
        return { ...answer, body: { text: async () => text } };
      } finally {
        ended.abort();
        flights.delete(flight);
      }
    });

  return {
    // Of a dispatcher the client uses nothing but this.
    dispatcher: { request } as unknown as Dispatcher,
    onHeld: ({ method, path }) => {
      const held = [...flights].find((flight) => flight.method === method && flight.path === path);
      if (held === undefined) return;
      flights.delete(held);
      held.pass();
    },
    close: () => agent.destroy(),
  };
}
