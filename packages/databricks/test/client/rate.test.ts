import { describe, expect, test } from '@jest/globals';
import { connectionOf, createClient, type Slowdown } from '../../src/index.ts';
import { createEventClock } from '../support/event-clock.ts';
import { limitedService, type Limit } from '../support/limited-service.ts';
import { host } from '../support/mock-workspace.ts';

interface Run {
  readonly seconds: number;
  readonly ok: number;
  readonly limited: number;
  readonly slowdowns: readonly Slowdown[];
}

/** So many reads, 64 in flight, against a service with that limit, in virtual time. */
async function run(requests: number, limit: Limit): Promise<Run> {
  const clock = createEventClock();
  const service = limitedService(clock, limit);
  const slowdowns: Slowdown[] = [];
  let seed = 1;
  const client = createClient({
    connection: connectionOf({ host, hostSource: 'test', token: 'a-token', tokenSource: 'test' }),
    clock,
    // Any sequence that is the same in every run.
    random: () => (seed = (seed * 16807) % 2147483647) / 2147483647,
    userAgent: 'dpo/test',
    dispatcher: service.dispatcher,
    onSlowdown: (slowdown) => slowdowns.push(slowdown),
  });
  let left = requests;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      // oxlint-disable-next-line no-await-in-loop
      await client.send({ method: 'GET', path: '/api/x' });
    }
  };
  await Promise.all(Array.from({ length: 64 }, work));
  return { seconds: clock.now() / 1000, ...service.answers, slowdowns };
}

/** A second's worth may come at once, as the embedded workspace has it. */
const cases = [15, 30, 100].flatMap((perSecond) =>
  [0, 60, 200].flatMap((latencyMs) => [true, false].map((retryAfter) => ({ perSecond, latencyMs, retryAfter }))),
);

describe('the found rate', () => {
  test.each(cases)(
    'U067 N019: 3,000 requests at $perSecond/s, $latencyMs ms away, Retry-After $retryAfter',
    async (limit) => {
      const { seconds, ok, limited, slowdowns } = await run(3000, { ...limit, burst: limit.perSecond });
      expect(ok).toBe(3000);
      expect(seconds).toBeLessThanOrEqual((1.15 * 3000) / limit.perSecond);
      expect(limited / (ok + limited)).toBeLessThanOrEqual(0.05);
      expect(slowdowns.length).toBeGreaterThan(0);
      const last = slowdowns.at(-1)?.ratePerSecond ?? 0;
      expect(last / limit.perSecond).toBeGreaterThan(0.8);
      expect(last / limit.perSecond).toBeLessThan(1.3);
    },
  );

  test.each([15, 30, 100])('U067: at %i/s and hardly a burst, few answers are refusals', async (perSecond) => {
    const { seconds, ok, limited } = await run(3000, { perSecond, burst: 10, latencyMs: 60, retryAfter: true });
    expect(ok).toBe(3000);
    // Each round waits a second as it is told to, in which such a service forgets what it could have served.
    expect(seconds).toBeLessThanOrEqual((1.35 * 3000) / perSecond);
    expect(limited / (ok + limited)).toBeLessThanOrEqual(0.05);
  });

  test('without a limit 10,000 reads at 60 ms take 12 s', async () => {
    const { seconds, ok, limited } = await run(10_000, {
      perSecond: 1_000_000,
      burst: 10_000,
      latencyMs: 60,
      retryAfter: true,
    });
    expect([ok, limited]).toEqual([10_000, 0]);
    expect(seconds).toBeLessThanOrEqual(12);
  });
});
