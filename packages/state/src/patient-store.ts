import { isDpoError, type Clock, type ManagedStateStore, type Problem } from '@dpo/core';

/** How long a run waits for another one that holds the state. */
export interface Patience {
  /** In milliseconds; 0 fails at once. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Ends the waiting with its reason. */
  readonly signal: AbortSignal;
  /** Told when the waiting begins and then once a minute, with what `STATE.LOCKED` says and how long it goes on at most. */
  readonly onWait: (locked: Problem, remainingMs: number) => void;
}

const firstPauseMs = 100;
const longestPauseMs = 5000;
const remindMs = 60_000;

/** A store whose `open` and `replace` wait for the lock; in the end they throw `STATE.LOCKED` as the store does. */
export function patientStore(store: ManagedStateStore, patience: Patience): ManagedStateStore {
  return {
    ...store,
    open: async (run, announcement) => whenFree(() => store.open(run, announcement), patience),
    hold: async (run) => whenFree(() => store.hold(run), patience),
    replace: async (run, document) => whenFree(() => store.replace(run, document), patience),
  };
}

async function whenFree<T>(take: () => Promise<T>, { timeoutMs, clock, signal, onWait }: Patience): Promise<T> {
  let until: number | undefined;
  let toldAt = -Infinity;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    try {
      return await take();
    } catch (error) {
      const locked = isDpoError(error) ? error.problems.find(({ code }) => code === 'STATE.LOCKED') : undefined;
      const now = clock.now();
      until ??= now + timeoutMs;
      if (locked === undefined || now >= until) throw error;
      if (now - toldAt >= remindMs) {
        onWait(locked, until - now);
        toldAt = now;
      }
      await clock.sleep(Math.min(pause, until - now), signal);
    }
  }
}
