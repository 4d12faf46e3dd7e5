import { setMaxListeners } from 'node:events';
import { isJsonObject, type Clock, type Json, type JsonObject } from '@dpo/core';
import { Agent, type Dispatcher } from 'undici';
import { createApiErrors, type ApiErrors } from './api-error.ts';
import type { Connection } from './connection.ts';
import { wasNotSent } from './network-error.ts';
import { createRedaction, type Redaction } from './redaction.ts';
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
  /**
   * What a presigned link of the service leads to, as JSON. The link is a secret that says itself who may read: it is sent
   * without credentials, and no error names it.
   */
  download(link: string, signal?: AbortSignal): Promise<Json>;
  counts(): RequestCounts;
  /** Texts that no error shows from now on; what is too short to be told from other words is not hidden. */
  hide(texts: readonly string[]): void;
  /** What a service says, without the credential and what is hidden. Its errors are redacted already. */
  redact(text: string): string;
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

interface LinkRequest extends ApiRequest {
  /** A presigned link in place of the path. */
  readonly link?: string;
}

const maximumConnections = 64;
const timeoutMs = 60_000;

class HttpClient implements Client {
  readonly host: string;
  readonly #options: ClientOptions;
  readonly #dispatcher: Dispatcher;
  readonly #errors: ApiErrors;
  readonly #redaction: Redaction;
  readonly #combined = new WeakMap<AbortSignal, AbortSignal>();
  #total = 0;
  #writes = 0;

  constructor(options: ClientOptions) {
    this.host = options.connection.host;
    this.#options = options;
    this.#redaction = createRedaction(options.connection.token);
    this.#errors = createApiErrors(options.connection, this.#redaction);
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

  hide(texts: readonly string[]): void {
    this.#redaction.hide(texts);
  }

  redact(text: string): string {
    return this.#redaction.redact(text);
  }

  async close(): Promise<void> {
    if (this.#options.dispatcher === undefined) await this.#dispatcher.close();
  }

  async send(request: ApiRequest): Promise<ApiResponse> {
    const answer = await this.#exchange(request);
    const body = bodyOf(answer.text);
    if (body === undefined) throw this.#errors.malformed(request, answer);
    return { status: answer.status, headers: answer.headers, body };
  }

  async download(link: string, signal?: AbortSignal): Promise<Json> {
    const request: LinkRequest = { method: 'GET', path: '/(part of a result)', signal, link };
    const answer = await this.#exchange(request);
    try {
      return parseJson(answer.text) as Json;
    } catch {
      throw this.#errors.malformed(request, answer);
    }
  }

  async #exchange(request: LinkRequest): Promise<Answer> {
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
        if (aborted && effectOf(request) === 'read' && !isSuccess(attempt)) signal.throwIfAborted();
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

  #settle(request: ApiRequest, attempt: Attempt, maybe: boolean): Answer {
    if (attempt.status === 'lost') throw this.#errors.lost(request, attempt.error);
    if (attempt.status === 'unsent') {
      throw this.#errors.unreachable(request, attempt.error, maybe && effectOf(request) !== 'read');
    }
    const { answer } = attempt;
    if (!isSuccess(attempt)) throw this.#errors.fromAnswer(request, answer, maybe);
    return answer;
  }

  async #attempt(request: LinkRequest, signal: AbortSignal | undefined): Promise<Attempt> {
    this.#total += 1;
    if (effectOf(request) !== 'read') this.#writes += 1;
    try {
      const response = await this.#dispatcher.request({
        ...this.#placeOf(request),
        method: request.method,
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

  #placeOf(request: LinkRequest): {
    readonly origin: string;
    readonly path: string;
    readonly headers: Record<string, string>;
  } {
    if (request.link === undefined)
      return { origin: this.host, path: target(request), headers: this.#headers(request) };
    const { origin, pathname, search } = new URL(request.link);
    return { origin, path: pathname + search, headers: { 'user-agent': this.#options.userAgent } };
  }

  #headers(request: ApiRequest): Record<string, string> {
    return {
      accept: 'application/json',
      authorization: `Bearer ${this.#options.connection.token.reveal()}`,
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
