import type { Clock } from '@dpo/core';

export interface FakeClock extends Clock {
  /** Every wait, in milliseconds; none of them takes time. */
  readonly waits: readonly number[];
}

export function fakeClock(onSleep: (milliseconds: number) => void = () => {}): FakeClock {
  let now = 1_000_000;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    sleep: async (milliseconds, signal) => {
      waits.push(milliseconds);
      now += milliseconds;
      onSleep(milliseconds);
      signal?.throwIfAborted();
    },
  };
}
