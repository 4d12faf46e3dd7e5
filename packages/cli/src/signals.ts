/** What the person or the runner asks for while dpo works. */
export interface Signals {
  /** Aborts at the first SIGINT or SIGTERM: start nothing new, let what runs end. */
  readonly stop: AbortSignal;
  /** Aborts at the second: cut off what runs. */
  readonly abort: AbortSignal;
  /** Gives the process its own handlers back. */
  release(): void;
}

/** What sends signals: the process. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: (signal: string) => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: (signal: string) => void): unknown;
}

/** `cutOff`: it is not the first one, so that what runs is cut off. */
export type OnSignal = (signal: string, cutOff: boolean) => void;

/**
 * Either signal counts as the first, then as the second: a runner of GitHub sends SIGINT, after 7.5 s SIGTERM, and kills
 * 2.5 s later (https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation).
 */
export function listenToSignals(onSignal: OnSignal, source: SignalSource = process): Signals {
  const stop = new AbortController();
  const abort = new AbortController();
  const listener = (signal: string): void => {
    if (abort.signal.aborted) return;
    const cutOff = stop.signal.aborted;
    (cutOff ? abort : stop).abort();
    onSignal(signal, cutOff);
  };
  source.on('SIGINT', listener);
  source.on('SIGTERM', listener);
  return {
    stop: stop.signal,
    abort: abort.signal,
    release: () => {
      source.off('SIGINT', listener);
      source.off('SIGTERM', listener);
    },
  };
}
