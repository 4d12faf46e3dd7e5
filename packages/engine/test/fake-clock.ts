import type { Clock } from '@dpo/core';

export interface FakeClock extends Clock {
  /** Moves the time on and wakes who slept until then; resolves when they have gone on. */
  advance(milliseconds: number): Promise<void>;
  /** For how long each sleeper asked to sleep, in order. */
  readonly asked: readonly number[];
  /** How many still sleep. */
  sleeping(): number;
}

export function createClock(start = 1000): FakeClock {
  let now = start;
  const asked: number[] = [];
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  return {
    asked,
    now: () => now,
    sleeping: () => sleepers.size,
    sleep: async (milliseconds, signal) => {
      asked.push(milliseconds);
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const sleeper = { until: now + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason as Error);
        });
      });
    },
    advance: async (milliseconds) => {
      now += milliseconds;
      for (const sleeper of sleepers) {
        if (sleeper.until > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await settled();
    },
  };
}

/** Lets everything that can go on without time or outside answers go on. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
