import { setTimeout as sleep } from 'node:timers/promises';
import { createSerialQueue } from '../storage/serial-queue.ts';
import { nextFireTime } from './next-fire-time.ts';
import { parseQuartz } from './quartz-expression.ts';
import { findTimeZone } from './time-zone.ts';

/** Something that runs by a cron schedule: an alert, a monitor. */
export interface ScheduledJob {
  /** The same for one object, and no other's. */
  readonly key: string;
  readonly quartzCron: string;
  readonly timeZoneId: string;
  /** The schedule counts from here on, such as the last change of the object; else from when it is first seen. */
  readonly since?: Date;
  readonly run: (at: Date) => Promise<void>;
}

/** What there is to run at the moment; paused objects are left out. */
export type ScheduleSource = () => readonly ScheduledJob[];

export interface Schedules {
  /**
   * Runs what became due up to `now`, in the order of time, each job once for each of its times; answers how many ran. Beyond
   * `mostRuns` the rest is dropped. Does nothing unless enabled.
   */
  runDue(now: Date): Promise<number>;
  /** Looks at the clock every second of real time. Does nothing unless enabled. */
  start(): void;
  close(): Promise<void>;
}

/** Bound for one jump of the clock: ten minutes of a schedule that fires each second. */
const mostRuns = 600;

/** What became due while no workspace ran is not made up for: times count from the start of the workspace. */
export function createSchedules(options: {
  readonly enabled: boolean;
  readonly clock: () => Date;
  readonly sources: readonly ScheduleSource[];
}): Schedules {
  const { enabled, clock } = options;
  const queue = createSerialQueue();
  const closing = new AbortController();
  const calendar = createCalendar(clock().getTime());
  const allJobs = (): readonly ScheduledJob[] => options.sources.flatMap((source) => source());
  let ticking: Promise<void> | undefined;

  async function runAll(now: Date): Promise<number> {
    calendar.look(now.getTime(), allJobs());
    for (let runs = 0; runs < mostRuns; runs += 1) {
      const next = calendar.earliest(allJobs());
      if (next === undefined || next.at > now.getTime() || closing.signal.aborted) return runs;
      calendar.passed(next.job, next.at);
      await next.job.run(new Date(next.at));
    }
    for (const job of allJobs()) calendar.passed(job, now.getTime());
    return mostRuns;
  }
  const runDue = async (now: Date): Promise<number> => (enabled ? queue(() => runAll(now)) : 0);

  async function tick(): Promise<void> {
    while (!closing.signal.aborted) {
      await sleep(1000, undefined, { signal: closing.signal }).catch(() => undefined);
      // A job that fails is not tried again before its next time; the others go on.
      if (!closing.signal.aborted) await runDue(clock()).catch(() => 0);
    }
  }
  return {
    runDue,
    start() {
      if (enabled) ticking ??= tick();
    },
    async close() {
      closing.abort();
      await ticking;
      await queue(async () => undefined);
    },
  };
}

interface Calendar {
  /** A new look at the clock. */
  look(now: number, jobs: readonly ScheduledJob[]): void;
  earliest(jobs: readonly ScheduledJob[]): { readonly job: ScheduledJob; readonly at: number } | undefined;
  /** The job has nothing to do any more up to this time. */
  passed(job: ScheduledJob, at: number): void;
}

/**
 * A job that is new or has another schedule than before counts from the last look at the clock, and every job from a clock
 * that was set back. Next times are remembered: they are asked for each second and cost some microseconds to find.
 */
function createCalendar(startedAt: number): Calendar {
  const passed = new Map<string, { readonly schedule: string; readonly at: number }>();
  const known = new Map<string, { readonly question: string; readonly at: number }>();
  let last = startedAt;
  const pass: Calendar['passed'] = (job, at) => void passed.set(job.key, { schedule: scheduleOf(job), at });
  const passedUntil = (job: ScheduledJob): number | undefined => {
    const seen = passed.get(job.key);
    return seen?.schedule === scheduleOf(job) ? seen.at : undefined;
  };
  function timeOf(job: ScheduledJob): number {
    const after = passedUntil(job) ?? Infinity;
    const question = `${scheduleOf(job)} ${after}`;
    const found = known.get(job.key);
    if (found?.question === question) return found.at;
    const zone = findTimeZone(job.timeZoneId);
    const isEndless = zone === undefined || after === Infinity;
    const next = isEndless ? undefined : nextFireTime(parseQuartz(job.quartzCron), zone, new Date(after));
    const at = next?.getTime() ?? Infinity;
    known.set(job.key, { question, at });
    return at;
  }
  return {
    look(now, jobs) {
      for (const job of jobs) {
        if (now < last) pass(job, now);
        else if (passedUntil(job) === undefined) pass(job, Math.max(job.since?.getTime() ?? last, last));
      }
      last = now;
    },
    earliest(jobs) {
      const timed = jobs.map((job) => ({ job, at: timeOf(job) }));
      return timed.reduce<(typeof timed)[number] | undefined>(
        (best, next) => (best === undefined || next.at < best.at ? next : best),
        undefined,
      );
    },
    passed: pass,
  };
}

function scheduleOf({ quartzCron, timeZoneId, since }: ScheduledJob): string {
  return `${quartzCron} ${timeZoneId} ${since?.getTime() ?? ''}`;
}
