import type { Clock } from '@dpo/core';

/**
 * A clock that does not wait: when nothing is under way that could go on without time, it jumps to the next moment that
 * somebody waits for. Whoever does something outside of this process tells it with `during`.
 */
export interface VirtualTime extends Clock {
  /** Time stands still until the work has ended. */
  during<T>(work: (pass: () => void) => Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Turns of the event loop without anything new after which everything has gone on as far as it can. */
const calmTurns = 4;

/** `onAdvance` is told each jump before anybody wakes; what it waits for belongs to the jump. */
export function createVirtualTime(start: number, onAdvance: (milliseconds: number) => Promise<void>): VirtualTime {
  let now = start;
  let busy = 0;
  let pumping = false;
  const sleepers = new Set<Sleeper>();

  const earliest = (): Sleeper | undefined =>
    [...sleepers].reduce<Sleeper | undefined>(
      (one, other) => (one && one.until <= other.until ? one : other),
      undefined,
    );
  const isCalm = async (): Promise<boolean> => {
    for (let turn = 0; turn < calmTurns; turn += 1) {
      // One turn after the other, until something is under way.
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resolve) => setImmediate(resolve));
      if (busy > 0) return false;
    }
    return true;
  };
  const jump = async (): Promise<void> => {
    const next = earliest();
    if (next === undefined) return;
    await onAdvance(next.until - now);
    now = Math.max(now, next.until);
    if (sleepers.delete(next)) next.wake();
  };
  const pump = async (): Promise<void> => {
    if (pumping) return;
    pumping = true;
    // oxlint-disable-next-line no-await-in-loop
    while (sleepers.size > 0 && busy === 0) if (await isCalm()) await jump();
    pumping = false;
  };

  return {
    now: () => now,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const sleeper = { until: now + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          if (sleepers.delete(sleeper)) reject(signal.reason as Error);
        });
        void pump();
      });
    },
    during: async (work) => {
      let standing = true;
      busy += 1;
      const pass = (): void => {
        if (!standing) return;
        standing = false;
        busy -= 1;
        void pump();
      };
      try {
        return await work(pass);
      } finally {
        pass();
      }
    },
  };
}
