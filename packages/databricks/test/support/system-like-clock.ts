import type { Clock } from '@dpo/core';

/** The time of the machine; waits take none. */
export const systemLikeClock: Clock = {
  now: () => Date.now(),
  sleep: async (_milliseconds, signal) => {
    signal?.throwIfAborted();
  },
};
