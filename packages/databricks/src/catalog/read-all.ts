import type { ReadContext } from '@dpo/core';

/** All or nothing, through the limit: the first failure rejects, and what has not been sent by then is not sent. */
export async function readAll<T, R>(
  items: readonly T[],
  context: ReadContext,
  read: (item: T, context: ReadContext) => Promise<R>,
): Promise<readonly R[]> {
  const stop = new AbortController();
  const inner: ReadContext = { ...context, signal: AbortSignal.any([context.signal, stop.signal]) };
  const running = items.map((item) =>
    context.limit(async () => {
      inner.signal.throwIfAborted();
      return read(item, inner);
    }),
  );
  try {
    return await Promise.all(running);
  } finally {
    stop.abort();
  }
}
