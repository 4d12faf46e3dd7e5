import type { Clock } from '@dpo/core';
import type { Dispatcher } from 'undici';
import { describeNetworkError, isCertificateError, isPermanent } from '../client/network-error.ts';
import { createDispatcher, directNetwork, type Network } from '../client/network.ts';
import type { Redactor } from '../client/redactor.ts';
import type { Answer, Attempt } from '../client/request.ts';
import type { RequestEvent } from '../client/request-event.ts';
import { sendOnce, type Outgoing } from '../client/wire.ts';
import { authError } from './auth-problem.ts';
import { isTimeout } from './is-timeout.ts';
import { signInEvent } from './sign-in-event.ts';

/** A request to whoever gives tokens. */
export interface AuthRequest {
  /** For people: `the token endpoint`, `GitHub`. */
  readonly whom: string;
  readonly url: URL;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Tries at most; 3 unless given. */
  readonly tries?: number;
}

export interface AuthAnswer extends Answer {
  /** How far the clock of this machine is ahead of the server's, in milliseconds; `undefined`: it said no time. */
  readonly aheadMs: number | undefined;
}

/** Follows no redirect: a secret goes where it was meant to go and nowhere else. */
export interface AuthHttp {
  /** Resolves with any answer. Throws `AUTH.UNREACHABLE`, or the reason of `signal` if it is none of time. */
  send(request: AuthRequest): Promise<AuthAnswer>;
}

export interface AuthHttpOptions {
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly userAgent: string;
  /** Proxies and certificates; the way is direct unless given. */
  readonly network?: Network | undefined;
  /** Instead of connections of its own, for tests. */
  readonly dispatcher?: Dispatcher | undefined;
  /** Told of each try, without anything secret. */
  readonly onSignIn?: ((event: RequestEvent) => void) | undefined;
  /** Events carry headers and bodies. */
  readonly exchanges?: boolean | undefined;
}

const tryMs = 20_000;

export function createAuthHttp(options: AuthHttpOptions): AuthHttp {
  return {
    send: async (request) => {
      const { tries = 3, signal } = request;
      for (let number = 1; ; number += 1) {
        const startedAt = options.clock.now();
        const outgoing = outgoingOf(request, options);
        const attempt = await once(outgoing, request, options);
        const again = !signal.aborted && number < tries && isWorthAnotherTry(attempt);
        const milliseconds = options.clock.now() - startedAt;
        const delay = again ? 1000 * number : undefined;
        options.onSignIn?.(signInEvent({ attempt, outgoing, number, milliseconds, delay }, options));
        if (signal.aborted) throw ended(request, options);
        if (!again) {
          if (attempt.status !== 'answered') throw unreachable(request, attempt.error, options);
          const { answer } = attempt;
          return { ...answer, aheadMs: aheadOf(answer.headers['date'], options.clock.now()) };
        }
        await options.clock.sleep(delay ?? 0, signal).catch(() => {
          throw ended(request, options);
        });
      }
    },
  };
}

function outgoingOf(
  { url, form, method, headers }: AuthRequest,
  { userAgent }: AuthHttpOptions,
): Omit<Outgoing, 'signal'> {
  return {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: method ?? (form === undefined ? 'GET' : 'POST'),
    headers: {
      accept: 'application/json',
      'user-agent': userAgent,
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...headers,
    },
    silenceMs: tryMs,
    ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
  };
}

/** Sign-ins are rare: each has its connection, and none is left open that would keep the process from ending. */
async function once(
  outgoing: Omit<Outgoing, 'signal'>,
  { signal }: AuthRequest,
  { dispatcher, network, redactor }: AuthHttpOptions,
): Promise<Attempt> {
  const own = dispatcher ?? createDispatcher(network ?? directNetwork, redactor);
  try {
    return await sendOnce(own, { ...outgoing, signal: AbortSignal.any([signal, AbortSignal.timeout(tryMs)]) });
  } finally {
    if (dispatcher === undefined) await own.destroy();
  }
}

/** Asking for a token twice does no harm. */
function isWorthAnotherTry(attempt: Attempt): boolean {
  if (attempt.status !== 'answered') return !isPermanent(attempt.error);
  const { status } = attempt.answer;
  return status === 429 || status === 408 || (status >= 500 && status !== 501);
}

function aheadOf(date: string | undefined, now: number): number | undefined {
  const server = Date.parse(date ?? '');
  return Number.isNaN(server) ? undefined : now - server;
}

/** The time is up, or everything ends. */
function ended(request: AuthRequest, { redactor }: AuthHttpOptions): unknown {
  const reason: unknown = request.signal.reason;
  if (!isTimeout(reason)) return reason;
  return authError(
    {
      code: 'AUTH.UNREACHABLE',
      message: `${request.whom} at ${request.url.origin} did not answer in time`,
      hint: 'check the network and its proxy, then run the command again',
    },
    redactor,
  );
}

function unreachable(request: AuthRequest, error: unknown, { redactor }: AuthHttpOptions): unknown {
  const reason = isTimeout(error) ? 'no answer' : describeNetworkError(error);
  return authError(
    {
      code: 'AUTH.UNREACHABLE',
      message: `${request.whom} at ${request.url.origin} cannot be reached: ${reason}`,
      hint: isCertificateError(error)
        ? 'the certificate is not trusted: behind a proxy with its own, set NODE_EXTRA_CA_CERTS to a file with it'
        : 'check the host, the network and its proxy',
    },
    redactor,
  );
}
