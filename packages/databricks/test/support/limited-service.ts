import type { Clock } from '@dpo/core';
import type { Dispatcher } from 'undici';

/** A service with a token bucket, as most rate limits are made; answers after a while, in the time of the clock. */
export interface LimitedService {
  readonly dispatcher: Dispatcher;
  readonly answers: { ok: number; limited: number };
}

export interface Limit {
  readonly perSecond: number;
  /** Requests that may come at once. */
  readonly burst: number;
  readonly latencyMs: number;
  /** Whole seconds in Retry-After, or nothing. */
  readonly retryAfter: boolean;
}

export function limitedService(clock: Clock, limit: Limit): LimitedService {
  const answers = { ok: 0, limited: 0 };
  let tokens = limit.burst;
  let filledAt = clock.now();
  const take = (): boolean => {
    tokens = Math.min(limit.burst, tokens + ((clock.now() - filledAt) / 1000) * limit.perSecond);
    filledAt = clock.now();
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
  const request = async (): Promise<unknown> => {
    await clock.sleep(limit.latencyMs / 2);
    const taken = take();
    answers[taken ? 'ok' : 'limited'] += 1;
    const seconds = Math.max(1, Math.ceil((1 - tokens) / limit.perSecond));
    await clock.sleep(limit.latencyMs / 2);
    const body = taken ? '{}' : '{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"slow down"}';
    return {
      statusCode: taken ? 200 : 429,
      headers: !taken && limit.retryAfter ? { 'retry-after': String(seconds) } : {},
      body: { text: async () => body },
    };
  };
  // Of a dispatcher the client uses nothing but this.
  return { dispatcher: { request } as unknown as Dispatcher, answers };
}
