import { readErrorBody } from './error-body.ts';
import { isPermanent } from './network-error.ts';
import type { Answer, Attempt, Effect } from './request.ts';
import { retryAfterMs } from './retry-after.ts';

/** Throttled requests are repeated for this long, counted from the first try, as in the official SDKs. */
export const throttleBudgetMs = 300_000;

/** Tries of a request that failed otherwise; a typo in a host name is not worth minutes (T13). */
const maximumFailures = 4;

export interface RetryState {
  readonly effect: Effect;
  /** Tries so far that failed otherwise than by throttling, this one included. */
  readonly failures: number;
  readonly elapsedMs: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: number;
}

/**
 * Milliseconds to wait before the next try; `undefined` when there is to be none.
 *
 * 429 and 503 are rejections before processing: always repeated, as the service asks in Retry-After. A connection that
 * never came about: always. A lost answer, 408 or another 5xx: only what may be sent twice. ABORTED: a concurrent change
 * won, and the service asks for another try. Everything else is an answer.
 */
export function retryDelay(attempt: Attempt, state: RetryState): number | undefined {
  if (attempt.status === 'unsent') return isPermanent(attempt.error) ? undefined : backoff(state);
  if (attempt.status === 'lost') return state.effect === 'create' ? undefined : backoff(state);
  const { answer } = attempt;
  if (isThrottled(answer)) return throttled(answer, state);
  if (isAborted(answer)) return backoff(state);
  return isAmbiguous(answer) && state.effect !== 'create' ? backoff(state) : undefined;
}

/** Rejected for the load of the moment; a quota that is used up is not. */
export function isThrottled(answer: Answer): boolean {
  return answer.status === 503 || isRateLimited(answer);
}

/** One request too many, as opposed to a service that is down. */
export function isRateLimited(answer: Answer): boolean {
  return answer.status === 429 && !readErrorBody(answer).quota;
}

/** The service failed while it worked on the request: a write may have taken effect. */
export function isAmbiguous(answer: Answer): boolean {
  return answer.status === 408 || (answer.status >= 500 && answer.status !== 501 && answer.status !== 503);
}

/** A concurrent change won; unlike other conflicts this says nothing about what exists. */
export function isAborted(answer: Answer): boolean {
  return answer.status === 409 && readErrorBody(answer).code === 'ABORTED';
}

function throttled(answer: Answer, state: RetryState): number | undefined {
  const delay = retryAfterMs(answer, state.now) + state.random * 1000;
  return state.elapsedMs + delay > throttleBudgetMs ? undefined : delay;
}

function backoff(state: RetryState): number | undefined {
  if (state.failures >= maximumFailures) return undefined;
  return Math.min(10, 2 ** (state.failures - 1)) * 1000 + state.random * 1000;
}
