import { setMaxListeners } from 'node:events';
import type { Clock } from '@dpo/core';

export interface Deadline {
  /** Aborts with the run, or with a `TimeoutError` once the time is over. */
  readonly signal: AbortSignal;
  /** To be called when the work has ended: leaves neither a timer nor a listener behind. */
  end(): void;
}

/**
 * How long requests may run. Not `AbortSignal.any` with `AbortSignal.timeout`: nothing holds the timeout, so that it is
 * collected as garbage and never fires (https://github.com/nodejs/node/issues/57736).
 */
export function startDeadline(clock: Clock, milliseconds: number, abort: AbortSignal): Deadline {
  const cut = new AbortController();
  const ended = new AbortController();
  const follow = (): void => {
    cut.abort(abort.reason);
  };
  // As many operations as run at once listen on it; Node takes more than ten for a leak and prints a warning.
  setMaxListeners(0, abort);
  abort.addEventListener('abort', follow, { once: true });
  if (abort.aborted) follow();
  clock.sleep(milliseconds, ended.signal).then(
    () => {
      cut.abort(new DOMException(`not done within ${String(milliseconds)} ms`, 'TimeoutError'));
    },
    () => undefined,
  );
  return {
    signal: cut.signal,
    end: () => {
      abort.removeEventListener('abort', follow);
      ended.abort();
    },
  };
}
