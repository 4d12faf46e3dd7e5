import { inspect } from 'node:util';
import type { Clock } from '@dpo/core';
import type { Secrets } from '../client/secret.ts';
import type { Credentials, SignedHeaders } from './credentials.ts';

/** What one sign-in gave. */
export interface Grant {
  readonly headers: SignedHeaders;
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
  readonly method: string;
  readonly signIn: SignIn;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Ends a sign-in under way. */
  readonly signal?: AbortSignal | undefined;
  /** Time for a sign-in that requests wait for; 60 s. One before its time gets less. */
  readonly patienceMs?: number | undefined;
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
  readonly method: string;
  readonly #options: RenewingOptions;
  #held: Held | undefined;
  #running: Promise<Held> | undefined;
  #quietUntil = -Infinity;
  #trialUntil = -Infinity;

  constructor(options: RenewingOptions) {
    this.method = options.method;
    this.#options = options;
  }

  async headers(signal?: AbortSignal): Promise<SignedHeaders> {
    const held = this.#held;
    const now = this.#options.clock.now();
    if (held === undefined || now >= held.deadAt) return (await this.#renewed({ signal, force: false })).headers;
    if (now < held.staleAt || now < this.#quietUntil) return held.headers;
    return this.#early(held, signal);
  }

  async renew(refused: SignedHeaders, signal?: AbortSignal): Promise<boolean> {
    if (isOther(this.#held, refused)) return true;
    if (this.#running !== undefined && isOther(await untilAborted(this.#running, signal), refused)) return true;
    const now = this.#options.clock.now();
    if (now < this.#trialUntil) return false;
    this.#trialUntil = now + trialMs;
    return isOther(await this.#renewed({ signal, force: true }), refused);
  }

  redact(text: string): string {
    return this.#options.secrets.redact(text);
  }

  /** The token still works: a provider that fails now is asked again in a minute. */
  async #early(held: Held, signal: AbortSignal | undefined): Promise<SignedHeaders> {
    try {
      return (await this.#renewed({ signal, force: false, patienceMs: earlyPatienceMs })).headers;
    } catch (error) {
      const now = this.#options.clock.now();
      if (signal?.aborted === true || this.#options.signal?.aborted === true || now >= held.deadAt) throw error;
      this.#quietUntil = now + pauseMs;
      return held.headers;
    }
  }

  async #renewed(request: {
    readonly signal: AbortSignal | undefined;
    readonly force: boolean;
    readonly patienceMs?: number;
  }): Promise<Held> {
    request.signal?.throwIfAborted();
    const patienceMs = Math.min(request.patienceMs ?? Infinity, this.#options.patienceMs ?? 60_000);
    this.#running ??= this.#signIn(request.force, patienceMs).finally(() => (this.#running = undefined));
    return untilAborted(this.#running, request.signal);
  }

  async #signIn(force: boolean, patienceMs: number): Promise<Held> {
    const { clock, signIn, signal } = this.#options;
    const startedAt = clock.now();
    const limit = AbortSignal.timeout(patienceMs);
    const grant = await signIn({ force, signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) });
    const lifeMs = grant.expiresAt === undefined ? Infinity : grant.expiresAt - startedAt;
    const end = grant.expiresAt ?? Infinity;
    this.#held = {
      ...grant,
      staleAt: end - Math.min(lifeMs / 2, staleMs),
      deadAt: end - Math.min(lifeMs / 4, deadMs),
    };
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

function isOther(held: Grant | undefined, refused: SignedHeaders): boolean {
  return held !== undefined && held.headers['authorization'] !== refused['authorization'];
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
