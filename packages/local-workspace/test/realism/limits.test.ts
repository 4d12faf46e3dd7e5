import { describe, expect, test } from '@jest/globals';
import type { ApiError } from '../../src/api/api-error.ts';
import type { Caller } from '../../src/principals/caller.ts';
import type { DisturbedCall } from '../../src/realism/disturbance.ts';
import { createLatency } from '../../src/realism/latency.ts';
import { createRateLimits } from '../../src/realism/rate-limits.ts';
import type { RateLimit } from '../../src/realism/rate-limits.ts';
import { seededRandom } from '../../src/realism/seeded-random.ts';
import { withWorkspace } from '../workspace-client.ts';

const me = '/api/2.0/preview/scim/v2/Me';

describe('rate limits', () => {
  test('a burst passes, then calls pass as fast as the bucket fills', async () => {
    const { attempt, at } = limited([{ match: 'GET *', perSecond: 2, burst: 3 }]);
    expect([attempt(), attempt(), attempt(), attempt()]).toEqual(['ok', 'ok', 'ok', 429]);
    at(400);
    expect(attempt()).toBe(429);
    at(500);
    expect([attempt(), attempt()]).toEqual(['ok', 429]);
    at(60_000);
    expect([attempt(), attempt(), attempt(), attempt()]).toEqual(['ok', 'ok', 'ok', 429]);
  });

  test('principals and paths have buckets of their own', () => {
    const { attempt } = limited([{ match: '* /api/a*', perSecond: 1 }]);
    expect([attempt('ann'), attempt('ann'), attempt('bob')]).toEqual(['ok', 429, 'ok']);
    expect(attempt('ann', '/api/b')).toBe('ok');
  });

  test('over HTTP a refusal has the code and Retry-After of the service and no effect', async () => {
    const mkdirs = '/api/2.0/workspace/mkdirs';
    await withWorkspace({ realism: { rateLimits: [{ match: 'POST *', perSecond: 0.001 }] } }, async ({ call }) => {
      expect((await call('POST', mkdirs, { path: '/a' })).status).toBe(200);
      const { status, body, headers } = await call('POST', mkdirs, { path: '/b' });
      expect([status, body['error_code']]).toEqual([429, 'REQUEST_LIMIT_EXCEEDED']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(900);
      expect((await call('GET', '/api/2.0/workspace/get-status?path=%2Fb')).status).toBe(404);
    });
  });

  test('Retry-After can be left out, and control calls are never limited', async () => {
    const limit: RateLimit = { match: '* *', perSecond: 0.001, retryAfter: 'never' };
    await withWorkspace({ realism: { rateLimits: [limit] } }, async ({ call }) => {
      await call('GET', me);
      const { status, headers } = await call('GET', me);
      expect([status, headers.get('retry-after')]).toEqual([429, null]);
      expect((await call('GET', '/__local/clock')).status).toBe(200);
    });
  });
});

describe('latency', () => {
  test('the first rule that matches delays, within its bounds and the same for the same seed', async () => {
    const waits = async (): Promise<readonly number[]> => {
      const slept: number[] = [];
      const sleep = async (milliseconds: number): Promise<void> => void slept.push(milliseconds);
      const rules = [
        { match: 'POST *', ms: 500 },
        { match: '* /slow*', ms: [100, 200] as const },
      ];
      const latency = createLatency(rules, { random: seededRandom(9), sleep });
      for (const call of [disturbed('POST', '/slow'), disturbed('GET', '/fast')]) await latency.before?.(call);
      for (let count = 0; count < 20; count += 1) await latency.before?.(disturbed('GET', '/slow'));
      return slept;
    };
    const [first, ...others] = await waits();
    expect(first).toBe(500);
    expect(others).toHaveLength(20);
    for (const other of others) expect(other >= 100 && other <= 200).toBe(true);
    expect(new Set(others).size).toBeGreaterThan(10);
    expect(await waits()).toEqual([first, ...others]);
  });

  test('over HTTP a call takes at least so long', async () => {
    await withWorkspace({ realism: { latency: [{ match: 'GET *', ms: 80 }] } }, async ({ call }) => {
      const started = performance.now();
      await call('GET', me);
      expect(performance.now() - started).toBeGreaterThan(75);
    });
  });
});

function limited(rules: readonly RateLimit[]) {
  let time = 0;
  const limits = createRateLimits(rules, () => time);
  return {
    at: (milliseconds: number) => {
      time = milliseconds;
    },
    attempt: (user = 'ann', path = '/api/a/b') => {
      try {
        void limits.before?.(disturbed('GET', path, user));
        return 'ok';
      } catch (fault) {
        return (fault as ApiError).status;
      }
    },
  };
}

function disturbed(method: string, path: string, userName = 'ann'): DisturbedCall {
  const caller = { userName } as Caller;
  return { method, path, route: path, write: method !== 'GET', caller, read: async () => undefined };
}
