/** What the person or the runner asks for while dpo works. */
export interface Signals {
  /** Aborts at the first SIGINT or SIGTERM: start nothing new, let what runs end. */
  readonly stop: AbortSignal;
  /** Aborts at the second: cut off what runs. */
  readonly abort: AbortSignal;
  /** Gives the process its own handlers back. */
  release(): void;
}

export function listenToSignals(onFirst: () => void): Signals {
  const stop = new AbortController();
  const abort = new AbortController();
  const listener = (): void => {
    if (stop.signal.aborted) return abort.abort();
    stop.abort();
    return onFirst();
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return {
    stop: stop.signal,
    abort: abort.signal,
    release: () => {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    },
  };
}
