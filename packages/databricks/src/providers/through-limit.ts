import type { ReadContext } from '@dpo/core';
import { asTheyArrive } from './as-they-arrive.ts';

/** Looks at each item through the limit and yields answers as they come; a failure ends all, and what still runs with it. */
export async function* throughLimit<T, R>(
  items: readonly T[],
  context: ReadContext,
  look: (item: T, signal: AbortSignal) => Promise<R>,
): AsyncGenerator<R, void, void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const running = items.map((item) =>
    context.limit(async () => {
      signal.throwIfAborted();
      return look(item, signal);
    }),
  );
  try {
    yield* asTheyArrive(running);
  } finally {
    stop.abort();
  }
}
