import { ApiError, withHeaders } from '../api/api-error.ts';
import { callPattern } from './call-pattern.ts';
import type { Disturbance } from './disturbance.ts';

export interface RateLimit {
  /** See `callPattern`: mostly a path prefix such as `* /api/2.0/alerts*`. */
  readonly match: string;
  readonly perSecond: number;
  /** Calls that may come at once; a second's worth unless given. */
  readonly burst?: number;
  /** Whether refusals say when to come again. Not documented for the service; sent unless `never`. */
  readonly retryAfter?: 'seconds' | 'never';
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** A token bucket per principal and rule. Calls without a principal share one. `now` is real time in milliseconds. */
export function createRateLimits(rules: readonly RateLimit[], now: () => number): Disturbance {
  const entries = rules.map((rule) => ({ rule, matches: callPattern(rule.match), buckets: new Map<string, Bucket>() }));
  return {
    before(call) {
      for (const { rule, matches, buckets } of entries) {
        if (!matches(call)) continue;
        const who = call.caller?.userName ?? '';
        const bucket = buckets.get(who) ?? { tokens: burstOf(rule), filledAt: now() };
        buckets.set(who, bucket);
        refill(bucket, rule, now());
        if (bucket.tokens < 1) throw limitExceeded(rule, (1 - bucket.tokens) / rule.perSecond);
        bucket.tokens -= 1;
      }
    },
  };
}

function burstOf({ burst, perSecond }: RateLimit): number {
  return burst ?? Math.max(1, perSecond);
}

function refill(bucket: Bucket, rule: RateLimit, at: number): void {
  const earned = (Math.max(0, at - bucket.filledAt) / 1000) * rule.perSecond;
  bucket.tokens = Math.min(burstOf(rule), bucket.tokens + earned);
  bucket.filledAt = at;
}

/** Whole seconds: official clients read Retry-After as an integer and take 1 for everything else. */
function limitExceeded({ match, perSecond, retryAfter }: RateLimit, seconds: number): ApiError {
  const message = `The request rate exceeds ${perSecond} per second for '${match}'. Retry your request later.`;
  const error = new ApiError(429, 'REQUEST_LIMIT_EXCEEDED', message);
  return retryAfter === 'never'
    ? error
    : withHeaders(error, { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) });
}
