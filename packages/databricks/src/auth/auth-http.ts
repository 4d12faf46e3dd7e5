import { isDpoError, type Clock } from '@dpo/core';
import { Agent, type Dispatcher } from 'undici';
import { describeNetworkError, isCertificateError } from '../client/network-error.ts';
import type { Secrets } from '../client/secret.ts';
import { authError } from './auth-problem.ts';

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

export interface AuthAnswer {
  readonly status: number;
  /** Names in lower case; of a repeated header the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
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
  readonly secrets: Secrets;
  readonly userAgent: string;
  /** With the proxy and the certificates of the environment; the machine's own connections unless given. */
  readonly dispatcher?: Dispatcher | undefined;
}

const tryMs = 20_000;
const maximumBytes = 1 << 20;

export function createAuthHttp(options: AuthHttpOptions): AuthHttp {
  // Sign-ins are rare: each has its connection, and none is left open that would keep the process from ending.
  const own = (): Agent => new Agent({ connections: 1, pipelining: 0, connect: { timeout: 10_000 } });
  const once = async (request: AuthRequest): Promise<AuthAnswer> => {
    const mine = options.dispatcher === undefined ? own() : undefined;
    try {
      return await exchange(request, { ...options, dispatcher: options.dispatcher ?? mine });
    } finally {
      await mine?.destroy();
    }
  };
  return {
    send: async (request) => {
      const { tries = 3, signal } = request;
      for (let number = 1; ; number += 1) {
        const tried = await attempt(() => once(request));
        if (signal.aborted) throw ended(request, options);
        const again = 'error' in tried ? !isCertificateError(tried.error) : isWorthAnotherTry(tried.answer);
        if (!again || number >= tries) {
          if ('answer' in tried) return tried.answer;
          throw unreachable(request, tried.error, options);
        }
        await pause(options.clock, number, signal).catch(() => {
          throw ended(request, options);
        });
      }
    },
  };
}

type Tried = { readonly answer: AuthAnswer } | { readonly error: unknown };

async function attempt(once: () => Promise<AuthAnswer>): Promise<Tried> {
  try {
    return { answer: await once() };
  } catch (error) {
    if (isDpoError(error)) throw error;
    return { error };
  }
}

async function pause(clock: Clock, number: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(1000 * number, signal);
}

/** Asking for a token twice does no harm. */
function isWorthAnotherTry({ status }: AuthAnswer): boolean {
  return status === 429 || status === 408 || (status >= 500 && status !== 501);
}

async function exchange(request: AuthRequest, options: AuthHttpOptions): Promise<AuthAnswer> {
  const { url, form } = request;
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(tryMs)]);
  const response = await (options.dispatcher as Dispatcher).request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: request.method ?? (form === undefined ? 'GET' : 'POST'),
    headers: {
      accept: 'application/json',
      'user-agent': options.userAgent,
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      ...request.headers,
    },
    headersTimeout: tryMs,
    bodyTimeout: tryMs,
    signal,
    ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
  });
  const receivedAt = options.clock.now();
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > maximumBytes) throw new Error('the answer is longer than any answer with a token');
  }
  const headers = firstOf(response.headers);
  return { status: response.statusCode, headers, text, aheadMs: aheadOf(headers['date'], receivedAt) };
}

function firstOf(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = Array.isArray(value) ? value[0] : value;
      return text === undefined ? [] : [[name.toLowerCase(), text]];
    }),
  );
}

function aheadOf(date: string | undefined, now: number): number | undefined {
  const server = Date.parse(date ?? '');
  return Number.isNaN(server) ? undefined : now - server;
}

/** The time is up, or everything ends. */
function ended(request: AuthRequest, { secrets }: AuthHttpOptions): unknown {
  const reason: unknown = request.signal.reason;
  if (!(reason instanceof Error) || reason.name !== 'TimeoutError') return reason;
  return authError(
    {
      code: 'AUTH.UNREACHABLE',
      message: `${request.whom} at ${request.url.origin} did not answer in time`,
      hint: 'check the network and its proxy, then run the command again',
    },
    secrets,
  );
}

function unreachable(request: AuthRequest, error: unknown, { secrets }: AuthHttpOptions): unknown {
  const reason = error instanceof Error && error.name === 'TimeoutError' ? 'no answer' : describeNetworkError(error);
  return authError(
    {
      code: 'AUTH.UNREACHABLE',
      message: `${request.whom} at ${request.url.origin} cannot be reached: ${reason}`,
      hint: isCertificateError(error)
        ? 'the certificate is not trusted: behind a proxy with its own, set NODE_EXTRA_CA_CERTS to a file with it'
        : 'check the host, the network and its proxy',
    },
    secrets,
  );
}
