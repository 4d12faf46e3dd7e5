export interface ClockState {
  readonly now: Date;
  /** Time stands still until it is moved or let go. */
  readonly frozen: boolean;
}

/** What a jump may say; applied in this order. */
export interface ClockChange {
  readonly set?: Date;
  readonly advanceMs?: number;
  readonly frozen?: boolean;
}

/** The time that resources, profiles, SQL and schedules see. */
export interface WorkspaceClock {
  /** Bound, so that it can be handed on as `() => Date`. */
  readonly now: () => Date;
  state(): ClockState;
  /** Settles when every hook has done what became due. */
  change(change: ClockChange): Promise<void>;
  /** Called after each change with the new time; gives a function that takes the hook away. */
  onChange(hook: (now: Date) => Promise<void> | void): () => void;
  /** Milliseconds for delays: they pass in real time, also while the clock stands still, and with each jump forward. */
  readonly elapsed: () => number;
  /** Epoch milliseconds of real time, for what ends however this clock is moved: tokens. */
  readonly realTime: () => number;
  /** Waits for so many of the milliseconds of `elapsed`, or until the signal. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Node's timers fire at once when they are set for longer. */
const longestTimer = 2 ** 31 - 1;

export function createWorkspaceClock(
  source: () => Date = () => new Date(),
  realTime: () => number = () => Date.now(),
): WorkspaceClock {
  const hooks = new Set<(now: Date) => Promise<void> | void>();
  const waiting = new Set<() => void>();
  /** Milliseconds from the source to the clock; a moment while it stands still. */
  let time: { readonly offset: number } | { readonly moment: number } = { offset: 0 };
  let jumped = 0;
  const milliseconds = (): number => ('moment' in time ? time.moment : source().getTime() + time.offset);
  const elapsed = (): number => realTime() + jumped;
  const hold = (moment: number, frozen: boolean): void => {
    time = frozen ? { moment } : { offset: moment - source().getTime() };
  };
  return {
    now: () => new Date(milliseconds()),
    state: () => ({ now: new Date(milliseconds()), frozen: 'moment' in time }),
    async change({ set, advanceMs = 0, frozen }) {
      const before = milliseconds();
      const after = (set?.getTime() ?? before) + advanceMs;
      hold(after, frozen ?? 'moment' in time);
      jumped += Math.max(0, after - before);
      for (const wake of waiting) wake();
      for (const hook of hooks) await hook(new Date(after));
    },
    onChange(hook) {
      hooks.add(hook);
      return () => hooks.delete(hook);
    },
    elapsed,
    realTime,
    async wait(duration, signal) {
      const until = elapsed() + duration;
      for (let left = duration; left > 0 && !signal.aborted; left = until - elapsed()) {
        await pause(Math.min(left, longestTimer), { signal, waiting });
      }
    },
  };
}

/** Until the time is over, the signal comes or somebody calls what was put into `waiting`. */
function pause(
  milliseconds: number,
  { signal, waiting }: { readonly signal: AbortSignal; readonly waiting: Set<() => void> },
): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      waiting.delete(wake);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    waiting.add(wake);
    signal.addEventListener('abort', wake);
  });
}
