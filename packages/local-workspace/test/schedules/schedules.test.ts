import { describe, expect, test } from '@jest/globals';
import { createSchedules } from '../../src/schedules/schedules.ts';
import type { ScheduledJob } from '../../src/schedules/schedules.ts';

const start = new Date('2026-03-04T09:00:00Z');
const minutes = (count: number): Date => new Date(start.getTime() + count * 60_000);

/** A job that writes `key minute` when it runs. */
function job(key: string, quartzCron: string, log: string[]): ScheduledJob {
  const run = async (at: Date): Promise<void> => void log.push(`${key} ${at.toISOString().slice(11, 16)}`);
  return { key, quartzCron, timeZoneId: 'UTC', since: start, run };
}

function schedulesOf(jobs: () => readonly ScheduledJob[], enabled = true) {
  return createSchedules({ enabled, clock: () => start, sources: [jobs] });
}

describe('schedules', () => {
  test('a jump of the clock runs each job once for each of its times, in the order of time', async () => {
    const log: string[] = [];
    const jobs = [job('a', '0 0/10 * * * ?', log), job('b', '0 0/15 * * * ?', log)];
    const schedules = schedulesOf(() => jobs);
    expect(await schedules.runDue(minutes(30))).toBe(5);
    expect(log).toEqual(['a 09:10', 'b 09:15', 'a 09:20', 'a 09:30', 'b 09:30']);
    expect(await schedules.runDue(minutes(30))).toBe(0);
    expect(await schedules.runDue(minutes(40))).toBe(1);
    await schedules.close();
  });

  test('nothing runs unless enabled', async () => {
    const log: string[] = [];
    const schedules = schedulesOf(() => [job('a', '* * * * * ?', log)], false);
    schedules.start();
    expect(await schedules.runDue(minutes(30))).toBe(0);
    expect(log).toEqual([]);
    await schedules.close();
  });

  test('a job counts from its last change, and from the start of the workspace', async () => {
    const log: string[] = [];
    const old = { ...job('old', '0 0/10 * * * ?', log), since: minutes(-600) };
    const changed = { ...job('changed', '0 0/10 * * * ?', log), since: minutes(15) };
    const schedules = schedulesOf(() => [old, changed]);
    await schedules.runDue(minutes(20));
    expect(log).toEqual(['old 09:10', 'old 09:20', 'changed 09:20']);
    await schedules.close();
  });

  test('a job that is gone or paused while others run does not run', async () => {
    const log: string[] = [];
    const second = job('b', '0 15 * * * ?', log);
    let jobs: readonly ScheduledJob[] = [];
    jobs = [{ ...job('a', '0 5 * * * ?', log), run: async () => void (jobs = []) }, second];
    const schedules = schedulesOf(() => jobs);
    expect(await schedules.runDue(minutes(30))).toBe(1);
    expect(log).toEqual([]);
    await schedules.close();
  });

  test('beyond 600 runs of one jump the rest is dropped', async () => {
    const log: string[] = [];
    const schedules = schedulesOf(() => [job('a', '* * * * * ?', log)]);
    expect(await schedules.runDue(minutes(60))).toBe(600);
    expect(await schedules.runDue(minutes(60))).toBe(0);
    expect(await schedules.runDue(minutes(61))).toBe(60);
    await schedules.close();
  });

  test('a job that is new or has another schedule counts from the last look at the clock', async () => {
    const log: string[] = [];
    let jobs: readonly ScheduledJob[] = [];
    const schedules = schedulesOf(() => jobs);
    const withoutSince = (key: string, cron: string): ScheduledJob => {
      const { since: _none, ...rest } = job(key, cron, log);
      return rest;
    };
    await schedules.runDue(minutes(15));
    jobs = [withoutSince('a', '0 0/10 * * * ?')];
    await schedules.runDue(minutes(30));
    expect(log).toEqual(['a 09:20', 'a 09:30']);
    await schedules.runDue(minutes(47));
    jobs = [withoutSince('a', '0 0/15 * * * ?')];
    await schedules.runDue(minutes(60));
    expect(log.slice(2)).toEqual(['a 09:40', 'a 10:00']);
    await schedules.close();
  });

  test('when the clock is set back, jobs count from there', async () => {
    const log: string[] = [];
    const schedules = schedulesOf(() => [job('a', '0 0/10 * * * ?', log)]);
    expect(await schedules.runDue(minutes(20))).toBe(2);
    expect(await schedules.runDue(minutes(-15))).toBe(0);
    expect(await schedules.runDue(minutes(0))).toBe(2);
    expect(log).toEqual(['a 09:10', 'a 09:20', 'a 08:50', 'a 09:00']);
    await schedules.close();
  });

  test('a job that fails is reported, is not tried again before its next time and keeps none from running', async () => {
    const log: string[] = [];
    const failing: ScheduledJob = {
      ...job('a', '0 5 * * * ?', log),
      run: async () => {
        throw new Error('no');
      },
    };
    const schedules = schedulesOf(() => [failing, job('b', '0 6 * * * ?', log)]);
    await expect(schedules.runDue(minutes(10))).rejects.toThrow('no');
    expect(await schedules.runDue(minutes(10))).toBe(1);
    expect(log).toEqual(['b 09:06']);
    await schedules.close();
  });

  test('started, it follows the clock by itself', async () => {
    const log: string[] = [];
    let now = start;
    const clock = (): Date => now;
    let settle: () => void = () => undefined;
    const ran = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const jobs = [{ ...job('a', '0 5 * * * ?', log), run: async () => settle() }];
    const schedules = createSchedules({ enabled: true, clock, sources: [() => jobs] });
    schedules.start();
    now = minutes(5);
    await ran;
    await schedules.close();
  });
});
