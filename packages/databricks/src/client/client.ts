import { setMaxListeners } from 'node:events';
import { isJsonObject, type Clock, type JsonObject } from '@dpo/core';
import { Agent, type Dispatcher } from 'undici';
import type { SignedHeaders } from '../auth/credentials.ts';
import { createApiErrors, isSignInFailure, isUnauthenticated, type ApiErrors } from './api-error.ts';
import type { Connection } from './connection.ts';
import { wasNotSent } from './network-error.ts';
import { parseJson } from './parse-json.ts';
import { effectOf, type Answer, type ApiRequest, type ApiResponse, type Attempt } from './request.ts';
import { isAmbiguous, isThrottled, retryDelay } from './retry.ts';

export interface RequestCounts {
  /** Requests on the wire, retries included. */
  readonly total: number;
  /** Those of them that can change something. */
  readonly writes: number;
}

/** One try as reports and tests see it; `outcome` is the status, or what became of the connection. */
export interface RequestEvent {
  readonly method: string;
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  readonly outcome: number | 'unsent' | 'lost';
  readonly milliseconds: number;
  /** Wait before the next try, when there is one. */
  readonly retryInMs?: number;
}

/**
 * Speaks JSON with one workspace. `send` resolves with a success (2xx) and otherwise rejects with a `DpoError` with one
 * `API.*` problem, or with the reason of an abort before anything was sent.
 */
export interface Client {
  readonly host: string;
  send(request: ApiRequest): Promise<ApiResponse>;
  counts(): RequestCounts;
  close(): Promise<void>;
}

export interface ClientOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** `dpo/<version> …` */
  readonly userAgent: string;
  readonly signal?: AbortSignal | undefined;
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Instead of the client's own connections; not closed with it. */
  readonly dispatcher?: Dispatcher | undefined;
}

const maximumConnections = 64;
const timeoutMs = 60_000;

class HttpClient implements Client {
  readonly host: string;
  readonly #options: ClientOptions;
  readonly #dispatcher: Dispatcher;
  readonly #errors: ApiErrors;
  readonly #combined = new WeakMap<AbortSignal, AbortSignal>();
  #total = 0;
  #writes = 0;

  constructor(options: ClientOptions) {
    this.host = options.connection.host;
    this.#options = options;
    this.#errors = createApiErrors(options.connection);
    this.#dispatcher =
      options.dispatcher ??
      new Agent({
        connections: maximumConnections,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        connect: { timeout: 10_000 },
      });
  }

  counts(): RequestCounts {
    return { total: this.#total, writes: this.#writes };
  }

  async close(): Promise<void> {
    if (this.#options.dispatcher === undefined) await this.#dispatcher.close();
  }

  async send(request: ApiRequest): Promise<ApiResponse> {
    const { clock, random } = this.#options;
    const signal = this.#signalFor(request);
    const startedAt = clock.now();
    let failures = 0;
    let maybe = false;
    for (let number = 1; ; number += 1) {
      signal?.throwIfAborted();
      const sentAt = clock.now();
      const attempt = await this.#attempt(request, request.abort === 'between-attempts' ? undefined : signal);
      const aborted = signal?.aborted === true;
      if (!isThrottledAttempt(attempt)) failures += 1;
      const state = { effect: effectOf(request), failures, elapsedMs: clock.now() - startedAt, random: random() };
      const delay = aborted || request.abort === 'never' ? undefined : retryDelay(attempt, state);
      this.#report(request, { attempt, number, milliseconds: clock.now() - sentAt, delay });
      if (delay === undefined) {
        const isNothingSent = attempt.status === 'unsent' && attempt.error === signal?.reason && !maybe;
        if (aborted && !isSuccess(attempt) && (effectOf(request) === 'read' || isNothingSent)) signal.throwIfAborted();
        return this.#settle(request, attempt, maybe);
      }
      maybe ||= attempt.status === 'lost' || (attempt.status === 'answered' && isAmbiguous(attempt.answer));
      await this.#pause(request, delay, { attempt, maybe, signal });
    }
  }

  /**
   * An abort while waiting leaves open what an earlier try of a write did: that is said, instead of only that it was aborted.
   * Of one that was only ever rejected, the rejection is.
   */
  async #pause(
    request: ApiRequest,
    delay: number,
    state: { readonly attempt: Attempt; readonly maybe: boolean; readonly signal: AbortSignal | undefined },
  ): Promise<void> {
    try {
      await this.#options.clock.sleep(delay, state.signal);
    } catch (error) {
      if (effectOf(request) === 'read') throw error;
      if (state.maybe) throw this.#errors.lost(request, error);
      this.#settle(request, state.attempt, false);
      throw error;
    }
  }

  #settle(request: ApiRequest, attempt: Attempt, maybe: boolean): ApiResponse {
    if (attempt.status === 'lost') throw this.#errors.lost(request, attempt.error);
    if (attempt.status === 'unsent') {
      // Credentials that cannot be had say so themselves.
      if (isSignInFailure(attempt.error) && !(maybe && effectOf(request) !== 'read')) throw attempt.error;
      throw this.#errors.unreachable(request, attempt.error, maybe && effectOf(request) !== 'read');
    }
    const { answer } = attempt;
    if (!isSuccess(attempt)) throw this.#errors.fromAnswer(request, answer, maybe);
    const body = bodyOf(answer.text);
    if (body === undefined) throw this.#errors.malformed(request, answer);
    return { status: answer.status, headers: answer.headers, body };
  }

  async #attempt(request: ApiRequest, signal: AbortSignal | undefined): Promise<Attempt> {
    let signed: SignedHeaders;
    try {
      signed = await this.#options.connection.token.headers(signal);
    } catch (error) {
      return { status: 'unsent', error };
    }
    const attempt = await this.#exchange(request, signed, signal);
    if (attempt.status !== 'answered' || !isUnauthenticated(attempt.answer)) return attempt;
    // Refused before it was looked at: with other credentials even a create may be sent once more.
    try {
      if (!(await this.#options.connection.token.renew(signed, signal))) return attempt;
      signed = await this.#options.connection.token.headers(signal);
    } catch (error) {
      return { status: 'unsent', error };
    }
    return this.#exchange(request, signed, signal);
  }

  async #exchange(request: ApiRequest, signed: SignedHeaders, signal: AbortSignal | undefined): Promise<Attempt> {
    this.#total += 1;
    if (effectOf(request) !== 'read') this.#writes += 1;
    try {
      const response = await this.#dispatcher.request({
        origin: this.host,
        path: target(request),
        method: request.method,
        headers: this.#headers(request, signed),
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        ...(signal === undefined ? {} : { signal }),
      });
      const text = await response.body.text();
      const answer: Answer = { status: response.statusCode, headers: flat(response.headers), text };
      return { status: 'answered', answer };
    } catch (error) {
      return { status: wasNotSent(error) ? 'unsent' : 'lost', error };
    }
  }

  #headers(request: ApiRequest, signed: SignedHeaders): Record<string, string> {
    return {
      accept: 'application/json',
      ...signed,
      'user-agent': this.#options.userAgent,
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    };
  }

  #signalFor(request: ApiRequest): AbortSignal | undefined {
    if (request.abort === 'never') return undefined;
    const mine = this.#options.signal;
    const theirs = request.signal;
    if (mine === undefined || theirs === undefined || mine === theirs) return forMany(theirs ?? mine);
    const both = this.#combined.get(theirs) ?? AbortSignal.any([mine, theirs]);
    this.#combined.set(theirs, both);
    return forMany(both);
  }

  #report(
    request: ApiRequest,
    done: {
      readonly attempt: Attempt;
      readonly number: number;
      readonly milliseconds: number;
      readonly delay: number | undefined;
    },
  ): void {
    this.#options.onRequest?.({
      method: request.method,
      path: request.path,
      attempt: done.number,
      outcome: done.attempt.status === 'answered' ? done.attempt.answer.status : done.attempt.status,
      milliseconds: done.milliseconds,
      ...(done.delay === undefined ? {} : { retryInMs: done.delay }),
    });
  }
}

export function createClient(options: ClientOptions): Client {
  return new HttpClient(options);
}

function target(request: ApiRequest): string {
  const query = new URLSearchParams(request.query).toString();
  return query === '' ? request.path : `${request.path}?${query}`;
}

function isSuccess(attempt: Attempt): boolean {
  return attempt.status === 'answered' && attempt.answer.status >= 200 && attempt.answer.status <= 299;
}

function isThrottledAttempt(attempt: Attempt): boolean {
  return attempt.status === 'answered' && isThrottled(attempt.answer);
}

/** Many requests listen on one signal; Node takes more than ten for a leak and prints a warning. */
function forMany(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal !== undefined) setMaxListeners(0, signal);
  return signal;
}

/** `undefined` if it is no JSON object; an empty body, as some deletes have, is an empty object. */
function bodyOf(text: string): JsonObject | undefined {
  if (text.trim() === '') return {};
  try {
    const body = parseJson(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const text = Array.isArray(value) ? value[0] : value;
      return text === undefined ? [] : [[name.toLowerCase(), text]];
    }),
  );
}
