import type { Clock } from '@dpo/core';

/** Names one request that was let through; later ones have higher numbers. */
export type Ticket = number;

/** The workspace asked for less: from now on so many requests a second, after a pause. */
export interface Slowdown {
  readonly ratePerSecond: number;
  readonly pauseMs: number;
}

/**
 * Lets requests through as fast as the workspace takes them. The rate is found: 20 a second, doubled every 250 ms while
 * somebody waits, until the first 429. From then on ×0.9 for each round of 429s, and 2 % more each second.
 */
export interface Pacer {
  /** Resolves when the next request may be sent; in the order of the calls. Rejects with the reason of an abort. */
  turn(signal?: AbortSignal): Promise<Ticket>;
  /** It was answered with something else than a rate limit. */
  accepted(): void;
  /** It was answered with 429. Nobody is let through before the pause is over. */
  rejected(ticket: Ticket, pauseMs: number): void;
}

export interface PacerOptions {
  readonly clock: Clock;
  /** Told once for each round of 429s. */
  readonly onSlowdown?: ((slowdown: Slowdown) => void) | undefined;
}

const startRate = 20;
const doublingMs = 250;
const growthMs = 1000;
const growth = 1.02;
const reduction = 0.9;
const slowest = 1;
const fastest = 5000;

/** What may be sent at once after a silence: half a second's worth of the start, later a quarter of a second's worth. */
const firstBurst = startRate / 2;
const laterBurstSeconds = 0.25;

/** How long a look back tells what the workspace takes. */
const windowMs = 1000;

/** Rounds that come sooner than that after each other say that the rate is still far off. */
const searchSeconds = 5;

interface Waiter {
  readonly release: (ticket: Ticket) => void;
}

class AdaptivePacer implements Pacer {
  readonly #clock: Clock;
  readonly #onSlowdown: PacerOptions['onSlowdown'];
  readonly #queue: Waiter[] = [];
  #pump: AbortController | undefined;
  #rate = startRate;
  #found = false;
  #nextAt = -Infinity;
  #pausedUntil = -Infinity;
  #steppedAt: number;
  /** Somebody had to wait since the last step: the rate is what holds us back. */
  #pressed = false;
  #sent: Ticket = 0;
  /** Requests up to this one were sent at a rate that has been reduced since. */
  #round: Ticket = 0;
  readonly #startedAt: number;
  #accepted: number[] = [];
  #acceptedSince = 0;
  #roundAt = -Infinity;

  constructor({ clock, onSlowdown }: PacerOptions) {
    this.#clock = clock;
    this.#onSlowdown = onSlowdown;
    this.#startedAt = clock.now();
    this.#steppedAt = this.#startedAt;
  }

  async turn(signal?: AbortSignal): Promise<Ticket> {
    signal?.throwIfAborted();
    this.#step();
    if (this.#queue.length === 0 && this.#waitMs() <= 0) return this.#release();
    this.#pressed = true;
    return this.#wait(signal);
  }

  accepted(): void {
    this.#acceptedSince += 1;
    if (!this.#found) this.#accepted.push(this.#clock.now());
  }

  rejected(ticket: Ticket, pauseMs: number): void {
    const now = this.#clock.now();
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMs);
    this.#nextAt = Math.max(this.#nextAt, this.#pausedUntil);
    this.#steppedAt = Math.max(this.#steppedAt, this.#pausedUntil);
    if (ticket <= this.#round) return;
    this.#rate = Math.max(slowest, this.#reduced(now));
    this.#found = true;
    this.#accepted = [];
    this.#acceptedSince = 0;
    this.#roundAt = now;
    this.#round = this.#sent;
    this.#onSlowdown?.({ ratePerSecond: this.#rate, pauseMs });
  }

  /**
   * The last doubling outran the limit by an unknown factor; what was taken in the last second is closer to it. As long as
   * rounds follow each other closely, what was taken between two of them is the limit itself: a token bucket was empty at
   * both ends.
   */
  #reduced(now: number): number {
    const reduced = this.#rate * reduction;
    if (!this.#pressed) return reduced;
    if (!this.#found) return Math.min(reduced, this.#takenLately(now) * reduction);
    const seconds = (now - this.#roundAt) / 1000;
    if (seconds > searchSeconds || this.#acceptedSince === 0) return reduced;
    return Math.min(reduced, this.#acceptedSince / seconds);
  }

  #takenLately(now: number): number {
    const taken = this.#accepted.filter((at) => at > now - windowMs).length;
    const seconds = Math.min(windowMs, Math.max(windowMs / 4, now - this.#startedAt)) / 1000;
    return taken === 0 ? this.#rate : taken / seconds;
  }

  #wait(signal: AbortSignal | undefined): Promise<Ticket> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1);
        if (this.#queue.length === 0) this.#pump?.abort();
        reject(signal?.reason as Error);
      };
      const waiter: Waiter = {
        release: (ticket) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(ticket);
        },
      };
      this.#queue.push(waiter);
      signal?.addEventListener('abort', onAbort, { once: true });
      if (this.#pump === undefined) void this.#run();
    });
  }

  /** One timer for all who wait; it stops with the last of them. */
  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const pump = new AbortController();
      this.#pump = pump;
      // oxlint-disable-next-line no-await-in-loop
      await this.#clock.sleep(Math.max(0, this.#waitMs()), pump.signal).catch(() => undefined);
      this.#step();
      while (this.#queue.length > 0 && this.#waitMs() <= 0) this.#queue.shift()?.release(this.#release());
    }
    this.#pump = undefined;
  }

  #waitMs(): number {
    return Math.max(this.#nextAt, this.#pausedUntil) - this.#clock.now();
  }

  #release(): Ticket {
    const now = this.#clock.now();
    const interval = 1000 / this.#rate;
    const burst = this.#found ? Math.max(1, this.#rate * laterBurstSeconds) : firstBurst;
    this.#nextAt = Math.max(this.#nextAt, now - (burst - 1) * interval) + interval;
    this.#sent += 1;
    return this.#sent;
  }

  #step(): void {
    const now = this.#clock.now();
    const period = this.#found ? growthMs : doublingMs;
    const passed = now - this.#steppedAt;
    if (passed < period) return;
    if (this.#pressed) this.#rate = Math.min(fastest, this.#rate * (this.#found ? growth : 2));
    this.#steppedAt = passed < 2 * period ? this.#steppedAt + period : now;
    this.#pressed = this.#queue.length > 0;
  }
}

export function createPacer(options: PacerOptions): Pacer {
  return new AdaptivePacer(options);
}
