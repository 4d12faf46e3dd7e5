import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '@dpo/core';

/** The deadline that runs of these suites give their operations; a sleep of this length is one and never comes true. */
export const deadlineMs = 120_000;

/** A clock whose sleeps pass at once: waiting moves it, so that what is compared by time stays true. */
export interface VirtualClock extends Clock {
  advance(milliseconds: number): void;
}

export function createVirtualClock(): VirtualClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    sleep: async (milliseconds, signal) => {
      const isDeadline = milliseconds === deadlineMs;
      await wait(isDeadline ? milliseconds : 1, undefined, signal === undefined ? {} : { signal });
      ahead += milliseconds;
    },
  };
}
