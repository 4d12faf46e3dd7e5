import { describe, expect, test } from '@jest/globals';
import { createPacer, type Pacer, type Slowdown } from '../../src/client/pacer.ts';
import { createEventClock, type EventClock } from '../support/event-clock.ts';
import { errorOf } from '../support/mock-workspace.ts';

interface Bench {
  readonly clock: EventClock;
  readonly pacer: Pacer;
  readonly slowdowns: Slowdown[];
  /** Times at which so many requests were let through. */
  readonly times: (count: number) => Promise<readonly number[]>;
}

function bench(): Bench {
  const clock = createEventClock();
  const slowdowns: Slowdown[] = [];
  const pacer = createPacer({ clock, onSlowdown: (slowdown) => slowdowns.push(slowdown) });
  const times = async (count: number): Promise<readonly number[]> => {
    const turns = Array.from({ length: count }, async () => {
      await pacer.turn();
      return Math.round(clock.now());
    });
    return Promise.all(turns);
  };
  return { clock, pacer, slowdowns, times };
}

describe('a pacer', () => {
  test('U067 starts with a small burst, then at 20/s, doubled every 250 ms', async () => {
    const times = await bench().times(10 + 5 + 10 + 20);
    expect(times.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 0));
    expect(times.slice(10, 17)).toEqual([50, 100, 150, 200, 250, 275, 300]);
    expect(times.at(-1)).toBeLessThan(760);
  });

  test('U067 a rate that holds nobody back does not grow', async () => {
    const { clock, pacer, times } = bench();
    for (let count = 0; count < 20; count += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await pacer.turn();
      // oxlint-disable-next-line no-await-in-loop
      await clock.sleep(1000);
    }
    const from = clock.now();
    expect((await times(12)).map((at) => at - from)).toEqual([...Array.from({ length: 10 }, () => 0), 50, 100]);
  });

  test('N019 nobody is let through before the pause is over', async () => {
    const { clock, pacer, times } = bench();
    const ticket = await pacer.turn();
    pacer.rejected(ticket, 7000);
    const from = clock.now();
    expect((await times(2)).every((at) => at >= from + 7000)).toBe(true);
  });

  test('U067 one round of refusals reduces the rate once', async () => {
    const { pacer, slowdowns } = bench();
    const tickets = [await pacer.turn(), await pacer.turn(), await pacer.turn()];
    for (const ticket of tickets) pacer.rejected(ticket, 1000);
    expect(slowdowns).toEqual([{ ratePerSecond: 18, pauseMs: 1000 }]);
    pacer.rejected(await pacer.turn(), 2000);
    expect(slowdowns[1]).toEqual({ ratePerSecond: 16.2, pauseMs: 2000 });
  });

  test('U067 after a refusal the rate grows by 2 % a second', async () => {
    const { clock, pacer, times } = bench();
    pacer.rejected(await pacer.turn(), 0);
    const from = clock.now();
    const all = await times(18 * 40);
    const counted = (second: number): number =>
      all.filter((at) => at >= from + second * 1000 && at < from + (second + 1) * 1000).length;
    expect(counted(1)).toBeGreaterThanOrEqual(17);
    expect(counted(1)).toBeLessThanOrEqual(19);
    expect(counted(20) / (18 * 1.02 ** 20)).toBeGreaterThan(0.93);
    expect(counted(20) / (18 * 1.02 ** 20)).toBeLessThan(1.07);
  });

  test('an abort ends the waiting of its request only, and the last one ends the timer', async () => {
    const { clock, pacer } = bench();
    pacer.rejected(await pacer.turn(), 60_000);
    const controller = new AbortController();
    const aborted = errorOf(pacer.turn(controller.signal));
    const other = pacer.turn();
    controller.abort(new Error('stopped'));
    expect(await aborted).toMatchObject({ message: 'stopped' });
    await other;
    expect(clock.now()).toBe(60_000);
    pacer.rejected(1, 60_000);
    const second = new AbortController();
    const waiting = errorOf(pacer.turn(second.signal));
    second.abort(new Error('stopped'));
    await waiting;
    expect(clock.waiting()).toBe(0);
    expect(await errorOf(pacer.turn(AbortSignal.abort(new Error('before'))))).toMatchObject({ message: 'before' });
  });

  test('requests are let through in the order in which they came', async () => {
    const { pacer } = bench();
    const order: number[] = [];
    const turns = Array.from({ length: 30 }, async (_, index) => {
      await pacer.turn();
      order.push(index);
    });
    await Promise.all(turns);
    expect(order).toEqual(Array.from({ length: 30 }, (_, index) => index));
  });
});
