import { setMaxListeners } from 'node:events';
import type { Clock } from '@dpo/core';
import type { Dispatcher } from 'undici';
import { createApiErrors, isUnauthenticated, type ApiErrors } from './api-error.ts';
import type { Connection } from './connection.ts';
import { bodyOf, jsonCall } from './json-call.ts';
import { createDispatcher, directNetwork, proxyFor, type Network } from './network.ts';
import { createPacer, type Pacer, type Slowdown } from './pacer.ts';
import { linkCall, type PresignedLink } from './presigned-link.ts';
import { requestEvent, type RequestEvent, type Tried } from './request-event.ts';
import { effectOf, type ApiRequest, type ApiResponse, type Attempt } from './request.ts';
import { retryAfterMs } from './retry-after.ts';
import { isAmbiguous, isRateLimited, isThrottled, retryDelay } from './retry.ts';
import { sendOnce, type Outgoing } from './wire.ts';

export interface RequestCounts {
  /** Requests on the wire, retries included. */
  readonly total: number;
  /** Those of them that can change something. */
  readonly writes: number;
}

/**
 * Speaks JSON with one workspace. `send` resolves with a success (2xx) and otherwise rejects with a `DpoError` with one
 * `API.*` problem, or with the reason of an abort before anything was sent.
 */
export interface Client {
  readonly host: string;
  send(request: ApiRequest): Promise<ApiResponse>;
  /** The same for an answer that is a file. */
  sendForText(request: ApiRequest): Promise<string>;
  /** The text behind a link that holds its own permission: fetched without credentials, outside of the found rate. */
  download(link: PresignedLink, signal?: AbortSignal): Promise<string>;
  counts(): RequestCounts;
  /** Tells whoever listens that a warehouse is coming up. */
  warehouseStarting(start: WarehouseStart): void;
  /** Texts that no error shows from now on; what is too short to be told from other words is not hidden. */
  hide(texts: readonly string[]): void;
  /** What a service says, without the credential and what is hidden. Its errors are redacted already. */
  redact(text: string): string;
  close(): Promise<void>;
}

/** A statement waits for its warehouse, which is coming up. */
export interface WarehouseStart {
  readonly warehouse: string;
  /** Since the statement was sent. */
  readonly milliseconds: number;
}

export interface ClientOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** `dpo/<version> …` */
  readonly userAgent: string;
  readonly signal?: AbortSignal | undefined;
  /** Proxies and certificates; the way is direct unless given. */
  readonly network?: Network | undefined;
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Events of requests carry headers and bodies. */
  readonly exchanges?: boolean | undefined;
  readonly onSlowdown?: ((slowdown: Slowdown) => void) | undefined;
  readonly onWarehouseStarting?: ((start: WarehouseStart) => void) | undefined;
  /** Instead of the client's own connections; not closed with it. */
  readonly dispatcher?: Dispatcher | undefined;
}

/** A request with what all its tries need. */
interface Call {
  readonly request: ApiRequest;
  /** Rejects when the credentials cannot be had. */
  outgoing(signal: AbortSignal | undefined): Promise<Omit<Outgoing, 'signal'>>;
  /** Takes its turn among the requests to the workspace. */
  readonly paced: boolean;
  /** These were not accepted: makes the credentials of the next try others; whether that is possible. */
  readonly renew: (sent: Omit<Outgoing, 'signal'>) => boolean;
}

/** What the tries so far came to. */
interface Progress {
  readonly attempt?: Attempt;
  /** An earlier try may have taken effect. */
  readonly maybe: boolean;
  readonly signal: AbortSignal | undefined;
}

class HttpClient implements Client {
  readonly host: string;
  readonly #options: ClientOptions;
  readonly #dispatcher: Dispatcher;
  readonly #errors: ApiErrors;
  readonly #pacer: Pacer;
  readonly #combined = new WeakMap<AbortSignal, AbortSignal>();
  #total = 0;
  #writes = 0;

  constructor(options: ClientOptions) {
    const { connection, network = directNetwork, clock, onSlowdown } = options;
    this.host = connection.host;
    this.#options = options;
    this.#errors = createApiErrors(connection, proxyFor(network, connection.host));
    this.#pacer = createPacer({ clock, onSlowdown });
    this.#dispatcher = options.dispatcher ?? createDispatcher(network, connection.redactor);
  }

  counts(): RequestCounts {
    return { total: this.#total, writes: this.#writes };
  }

  warehouseStarting(start: WarehouseStart): void {
    this.#options.onWarehouseStarting?.(start);
  }

  hide(texts: readonly string[]): void {
    this.#options.connection.redactor.hide(texts);
  }

  redact(text: string): string {
    return this.#options.connection.redactor.redact(text);
  }

  async close(): Promise<void> {
    if (this.#options.dispatcher === undefined) await this.#dispatcher.close();
  }

  async send(request: ApiRequest): Promise<ApiResponse> {
    const answer = await this.#ask(request);
    const body = bodyOf(answer.text);
    if (body === undefined) throw this.#errors.malformed(request, answer);
    return { status: answer.status, headers: answer.headers, body };
  }

  async sendForText(request: ApiRequest): Promise<string> {
    const answer = await this.#ask(request);
    // Of a proxy or a sign-in page.
    if (answer.headers['content-type']?.startsWith('text/html') === true) throw this.#errors.malformed(request, answer);
    return answer.text;
  }

  async #ask(request: ApiRequest): Promise<Answered['answer']> {
    const { credentials } = this.#options.connection;
    const renew: Call['renew'] = ({ headers }) =>
      credentials.refused?.(String(headers['authorization']).replace(/^Bearer /, '')) ?? false;
    const outgoing = (signal: AbortSignal | undefined) => this.#outgoing(request, signal);
    // What cleans up after an abort is a single request that nothing may keep waiting.
    const paced = request.abort !== 'never';
    return this.#answerOf({ request, outgoing, paced, renew });
  }

  async download(link: PresignedLink, signal?: AbortSignal): Promise<string> {
    const { redactor } = this.#options.connection;
    const { request, outgoing } = linkCall(link, redactor);
    const call = { request: { ...request, signal }, outgoing: async () => outgoing, paced: false, renew: () => false };
    return (await this.#answerOf(call)).text;
  }

  async #answerOf(call: Call): Promise<Answered['answer']> {
    const { request, paced } = call;
    const { clock, random } = this.#options;
    const signal = this.#signalFor(request);
    let startedAt: number | undefined;
    let failures = 0;
    let maybe = false;
    let renewed = false;
    let last: Attempt | undefined;
    for (let number = 1; ; number += 1) {
      signal?.throwIfAborted();
      const progress: Progress = { maybe, signal, ...(last === undefined ? {} : { attempt: last }) };
      const ticket = paced ? await this.#orSay(request, progress, () => this.#pacer.turn(signal)) : 0;
      const outgoing = await this.#orSay(request, progress, () => call.outgoing(signal));
      const sentAt = clock.now();
      startedAt ??= sentAt;
      const attempt = await this.#attempt(request, outgoing, signal);
      last = attempt;
      const aborted = signal?.aborted === true;
      if (!isThrottledAttempt(attempt)) failures += 1;
      const now = clock.now();
      if (paced) this.#pace(attempt, ticket);
      const state = { effect: effectOf(request), failures, elapsedMs: now - startedAt, now, random: random() };
      const renew: boolean = !renewed && isRefused(attempt) && call.renew(outgoing);
      renewed ||= renew;
      const delay = aborted || request.abort === 'never' ? undefined : renew ? 0 : retryDelay(attempt, state);
      this.#report(request, { attempt, outgoing, number, milliseconds: now - sentAt, delay });
      if (delay === undefined) {
        if (aborted && effectOf(request) === 'read' && !isSuccess(attempt)) signal.throwIfAborted();
        return this.#settle(request, attempt, maybe);
      }
      maybe ||= attempt.status === 'lost' || (attempt.status === 'answered' && isAmbiguous(attempt.answer));
      const waiting: Progress = { attempt, maybe, signal };
      await this.#orSay(request, waiting, () => clock.sleep(delay, signal));
    }
  }

  /**
   * What ends the waiting for another try leaves open what an earlier try of a write did: that is said, instead of only
   * that it was aborted. Of one that was only ever rejected, the rejection is.
   */
  async #orSay<T>(request: ApiRequest, { attempt, maybe }: Progress, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (effectOf(request) === 'read') throw error;
      if (maybe) throw this.#errors.lost(request, error);
      if (attempt !== undefined && !isRefused(attempt)) this.#settle(request, attempt, false);
      throw error;
    }
  }

  #settle(request: ApiRequest, attempt: Attempt, maybe: boolean): Answered['answer'] {
    if (attempt.status === 'lost') throw this.#errors.lost(request, attempt.error);
    if (attempt.status === 'unsent') {
      throw this.#errors.unreachable(request, attempt.error, maybe && effectOf(request) !== 'read');
    }
    if (!isSuccess(attempt)) throw this.#errors.fromAnswer(request, attempt.answer, maybe);
    return attempt.answer;
  }

  async #attempt(
    request: ApiRequest,
    outgoing: Omit<Outgoing, 'signal'>,
    signal: AbortSignal | undefined,
  ): Promise<Attempt> {
    this.#total += 1;
    if (effectOf(request) !== 'read') this.#writes += 1;
    return sendOnce(this.#dispatcher, {
      ...outgoing,
      signal: request.abort === 'between-attempts' ? undefined : signal,
    });
  }

  async #outgoing(request: ApiRequest, signal: AbortSignal | undefined): Promise<Omit<Outgoing, 'signal'>> {
    const { connection, userAgent } = this.#options;
    const { credentials, redactor } = connection;
    const token = await credentials.token(signal);
    redactor.learn(token);
    const headers = { authorization: `Bearer ${token}`, ...credentials.headers?.(), 'user-agent': userAgent };
    return jsonCall(request, { origin: this.host, headers });
  }

  #pace(attempt: Attempt, ticket: number): void {
    if (attempt.status !== 'answered') return;
    const { answer } = attempt;
    if (!isRateLimited(answer)) this.#pacer.accepted();
    else this.#pacer.rejected(ticket, retryAfterMs(answer, this.#options.clock.now()));
  }

  #signalFor(request: ApiRequest): AbortSignal | undefined {
    if (request.abort === 'never') return undefined;
    if (request.abort === 'own') return forMany(request.signal);
    const mine = this.#options.signal;
    const theirs = request.signal;
    if (mine === undefined || theirs === undefined || mine === theirs) return forMany(theirs ?? mine);
    const both = this.#combined.get(theirs) ?? AbortSignal.any([mine, theirs]);
    this.#combined.set(theirs, both);
    return forMany(both);
  }

  #report(request: ApiRequest, done: Tried): void {
    const { onRequest, exchanges, connection } = this.#options;
    onRequest?.(requestEvent(request, done, { redactor: connection.redactor, exchanges: exchanges === true }));
  }
}

export function createClient(options: ClientOptions): Client {
  return new HttpClient(options);
}

type Answered = Extract<Attempt, { status: 'answered' }>;

function isSuccess(attempt: Attempt): boolean {
  return attempt.status === 'answered' && attempt.answer.status >= 200 && attempt.answer.status <= 299;
}

function isRefused(attempt: Attempt): boolean {
  return attempt.status === 'answered' && isUnauthenticated(attempt.answer);
}

function isThrottledAttempt(attempt: Attempt): boolean {
  return attempt.status === 'answered' && isThrottled(attempt.answer);
}

/** Many requests listen on one signal; Node takes more than ten for a leak and prints a warning. */
function forMany(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal !== undefined) setMaxListeners(0, signal);
  return signal;
}
