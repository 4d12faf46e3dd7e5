import { exchangeOf, shownQuery, type Exchange } from './exchange.ts';
import type { Redactor } from './redactor.ts';
import { requestIdOf } from './request-id.ts';
import type { ApiRequest, Attempt } from './request.ts';
import type { Outgoing } from './wire.ts';

/** One try as reports, logs and tests see it; `outcome` is the status, or what became of the connection. */
export interface RequestEvent {
  readonly method: string;
  readonly path: string;
  /** With its question mark and without secrets; missing when there is none. */
  readonly query?: string;
  /** From 1. */
  readonly attempt: number;
  readonly outcome: number | 'unsent' | 'lost';
  readonly milliseconds: number;
  /** Of the service. */
  readonly requestId?: string;
  /** Wait before the next try, when there is one. */
  readonly retryInMs?: number;
  /** Only where they were asked for. */
  readonly exchange?: Exchange;
}

/** One try, and what comes of it. */
export interface Tried {
  readonly attempt: Attempt;
  readonly outgoing: Omit<Outgoing, 'signal'>;
  readonly number: number;
  readonly milliseconds: number;
  readonly delay: number | undefined;
}

export function requestEvent(
  request: ApiRequest,
  { attempt, outgoing, number, milliseconds, delay }: Tried,
  { redactor, exchanges }: { readonly redactor: Redactor; readonly exchanges: boolean },
): RequestEvent {
  const requestId = attempt.status === 'answered' ? requestIdOf(attempt.answer) : undefined;
  const query = shownQuery(request.query, redactor);
  return {
    method: request.method,
    path: redactor.redact(request.path),
    ...(query === '' ? {} : { query }),
    attempt: number,
    outcome: attempt.status === 'answered' ? attempt.answer.status : attempt.status,
    milliseconds,
    ...(requestId === undefined ? {} : { requestId }),
    ...(delay === undefined ? {} : { retryInMs: delay }),
    ...(exchanges ? { exchange: exchangeOf(outgoing, attempt, redactor) } : {}),
  };
}
