import { inspect } from 'node:util';
import type { Clock } from '@dpo/core';
import type { Credentials } from '../client/credentials.ts';
import type { Redactor } from '../client/redactor.ts';

/** What one sign-in gave. */
export interface Grant {
  readonly token: string;
  /** Header fields beside `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** By the clock of this machine, in epoch milliseconds; `undefined`: nobody said. */
  readonly expiresAt?: number | undefined;
}

export interface SignInRequest {
  /** Ends when the time for a sign-in is up, or everything ends. */
  readonly signal: AbortSignal;
  /** What is kept elsewhere (the cache of a command) was refused by the workspace. */
  readonly force: boolean;
}

export type SignIn = (request: SignInRequest) => Promise<Grant>;

export interface RenewingOptions {
  readonly signIn: SignIn;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** Ends a sign-in under way. */
  readonly signal?: AbortSignal | undefined;
  /** Time for a sign-in that requests wait for; 60 s. One before its time gets less. */
  readonly patienceMs?: number | undefined;
}

/** A sign-in under way. It ends when nobody waits for it any more, so that nothing keeps the process from ending. */
interface Running {
  readonly work: Promise<Held>;
  readonly control: AbortController;
  waiting: number;
}

interface Held extends Grant {
  /** From here on a renewal is tried, and its failure endured. */
  readonly staleAt: number;
  /** From here on the workspace may refuse it. */
  readonly deadAt: number;
}

/** As the official SDKs have it: early enough to sit out a failure of the provider, and no later than Azure asks for. */
const staleMs = 20 * 60_000;
const deadMs = 40_000;
const earlyPatienceMs = 10_000;
const pauseMs = 60_000;
/** A token that is refused this soon after a renewal is not refused for its age. */
const trialMs = 30_000;

class RenewingCredentials implements Credentials {
  readonly #options: RenewingOptions;
  #held: Held | undefined;
  #more: Readonly<Record<string, string>> = {};
  #running: Running | undefined;
  #force = false;
  #quietUntil = -Infinity;
  #trialUntil = -Infinity;

  constructor(options: RenewingOptions) {
    this.#options = options;
  }

  /** However many ask, one sign-in is under way; `signal` ends the waiting of this caller only. */
  async token(signal?: AbortSignal): Promise<string> {
    const held = this.#held;
    const now = this.#options.clock.now();
    if (held === undefined || now >= held.deadAt) return (await this.#renewed(signal)).token;
    if (now < held.staleAt || now < this.#quietUntil) return held.token;
    return this.#early(held, signal);
  }

  headers(): Readonly<Record<string, string>> {
    return this.#more;
  }

  refused(token: string): boolean {
    if (this.#held?.token !== token) return true;
    const now = this.#options.clock.now();
    if (now < this.#trialUntil) return false;
    this.#trialUntil = now + trialMs;
    this.#held = undefined;
    this.#force = true;
    return true;
  }

  /** The token still works: a provider that fails now is asked again in a minute. */
  async #early(held: Held, signal: AbortSignal | undefined): Promise<string> {
    try {
      return (await this.#renewed(signal, earlyPatienceMs)).token;
    } catch (error) {
      const now = this.#options.clock.now();
      if (signal?.aborted === true || this.#options.signal?.aborted === true || now >= held.deadAt) throw error;
      this.#quietUntil = now + pauseMs;
      return held.token;
    }
  }

  async #renewed(signal: AbortSignal | undefined, patienceMs = Infinity): Promise<Held> {
    signal?.throwIfAborted();
    const running = (this.#running ??= this.#start(Math.min(patienceMs, this.#options.patienceMs ?? 60_000)));
    running.waiting += 1;
    try {
      return await untilAborted(running.work, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) this.#end(running);
    }
  }

  #start(patienceMs: number): Running {
    const control = new AbortController();
    const { signal } = this.#options;
    const ends = [control.signal, AbortSignal.timeout(patienceMs), ...(signal === undefined ? [] : [signal])];
    return { work: this.#signIn(AbortSignal.any(ends)), control, waiting: 0 };
  }

  #end(running: Running): void {
    if (this.#running === running) this.#running = undefined;
    running.control.abort();
  }

  async #signIn(signal: AbortSignal): Promise<Held> {
    const { clock, signIn, redactor } = this.#options;
    const startedAt = clock.now();
    const grant = await signIn({ force: this.#force, signal });
    redactor.learn(grant.token);
    const end = grant.expiresAt ?? Infinity;
    const lifeMs = end - startedAt;
    this.#held = {
      ...grant,
      staleAt: end - Math.min(lifeMs / 2, staleMs),
      deadAt: end - Math.min(lifeMs / 4, deadMs),
    };
    this.#more = grant.headers ?? {};
    this.#force = false;
    return this.#held;
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}

export function renewingCredentials(options: RenewingOptions): Credentials {
  return new RenewingCredentials(options);
}

/** The work goes on for those who still wait for it. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let stop = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
