import type { Clock } from '@dpo/core';

/** A clock that jumps to the next moment somebody waits for, as soon as everything else has gone on as far as it can. */
export interface EventClock extends Clock {
  /** Ends when nobody waits any more. */
  readonly waiting: () => number;
}

interface Sleeper {
  readonly until: number;
  readonly order: number;
  readonly wake: () => void;
}

export function createEventClock(): EventClock {
  let now = 0;
  let order = 0;
  let running = false;
  const sleepers = new Set<Sleeper>();
  const next = (): Sleeper | undefined => {
    let first: Sleeper | undefined;
    for (const one of sleepers) {
      if (first === undefined || one.until < first.until || (one.until === first.until && one.order < first.order)) {
        first = one;
      }
    }
    return first;
  };
  const run = async (): Promise<void> => {
    running = true;
    while (sleepers.size > 0) {
      // All that can go on without time goes on in one turn: there are only promises between two sleeps.
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resolve) => setImmediate(resolve));
      const sleeper = next();
      if (sleeper === undefined) break;
      now = Math.max(now, sleeper.until);
      sleepers.delete(sleeper);
      sleeper.wake();
    }
    running = false;
  };
  return {
    now: () => now,
    waiting: () => sleepers.size,
    sleep: (milliseconds, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        order += 1;
        const sleeper = { until: now + milliseconds, order, wake: resolve };
        sleepers.add(sleeper);
        const drop = (): void => {
          if (sleepers.delete(sleeper)) reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', drop, { once: true });
        if (!running) void run();
      }),
  };
}
