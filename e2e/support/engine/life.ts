/** Thrown where a process that is dead by now would have gone on. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** One run of dpo in this process. Once it is dead, nothing it does reaches disk or network any more. */
export interface Life {
  readonly pid: number;
  /** Aborts at the death; connections close with it. */
  readonly signal: AbortSignal;
  isDead(): boolean;
  die(): void;
}

export function createLife(pid: number): Life {
  const end = new AbortController();
  return {
    pid,
    signal: end.signal,
    isDead: () => end.signal.aborted,
    die: () => {
      end.abort();
    },
  };
}
