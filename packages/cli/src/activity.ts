import { operationsOf, type Activity, type ApplyResult, type Event, type RunSummary } from '@dpo/core';

/** Where a run stands, as its events told it. */
export interface Standing {
  readonly activity: Activity;
  /** Epoch milliseconds of the start of that activity. */
  readonly since: number;
  /** Objects read, of how many. */
  readonly read: { readonly done: number; readonly total: number };
  /** Operations that the command is to carry out. */
  readonly planned: number;
  readonly ended: Pick<RunSummary, 'done' | 'failed' | 'skipped'> & { readonly halted: number };
  /** Addresses, or tables of a refresh, in the order in which they were started. */
  readonly running: readonly string[];
  readonly refreshed: number;
  /** Since when something is waited for while operations run; missing while nothing is known of that. */
  readonly waits: number | undefined;
  /** The last time that the workspace limited requests, and to how many a second. */
  readonly slowed: { readonly at: number; readonly rate: number } | undefined;
  readonly state: ApplyResult['state'];
}

export function standingAt(now: number): Standing {
  return {
    activity: 'starting',
    since: now,
    read: { done: 0, total: 0 },
    planned: 0,
    ended: { done: 0, failed: 0, skipped: 0, halted: 0 },
    running: [],
    refreshed: 0,
    waits: undefined,
    slowed: undefined,
    state: { status: 'unchanged' },
  };
}

export function follow(standing: Standing, event: Event, now: number): Standing {
  switch (event.type) {
    case 'reading':
      return { ...turnTo(standing, 'reading', now), read: { done: event.done, total: event.total } };
    case 'throttled':
      return { ...standing, slowed: { at: now, rate: event.rate } };
    case 'waiting':
      return waiting({ ...standing, waits: standing.waits ?? now });
    case 'planned':
      // What was waited for before is a matter of its own.
      return {
        ...turnTo(standing, 'idle', now),
        planned: event.carriedOut ? operationsOf(event.plan).length : 0,
        waits: undefined,
      };
    case 'op_started':
      return { ...turnTo(standing, 'applying', now), running: [...standing.running, event.address] };
    case 'op_done':
      return ended(standing, event.address, 'done');
    case 'op_failed':
      return ended(standing, event.address, 'failed');
    case 'op_skipped':
      return ended(standing, event.address, event.halted === true ? 'halted' : 'skipped');
    case 'applied':
      return { ...turnTo(standing, 'idle', now), state: event.result.state };
    case 'refresh':
      return refreshing(turnTo(standing, 'refreshing', now), event.refresh.table, event.refresh.state);
    case 'version':
    case 'warehouse_starting':
    case 'problem':
    case 'progress':
    case 'stopping':
    case 'summary':
      return standing;
  }
}

/** How many of how many: operations, refreshes, or objects read. */
export function countsOf({ activity, ended: counts, planned, running, refreshed, read }: Standing): {
  readonly done: number;
  readonly total: number;
} {
  switch (activity) {
    case 'refreshing':
      return { done: refreshed, total: refreshed + running.length };
    case 'reading':
      return read;
    case 'applying':
    case 'waiting':
    case 'idle':
      return { done: counts.done + counts.failed + counts.skipped, total: planned };
    case 'starting':
      return { done: 0, total: 0 };
  }
}

/** Operations that were not started, and of which it is not known that they never can be. */
export function notStarted({ planned, ended: { done, failed, skipped }, running, activity }: Standing): number {
  const inFlight = activity === 'applying' ? running.length : 0;
  return Math.max(0, planned - done - failed - skipped - inFlight);
}

export function isRunning(state: string): boolean {
  return state === 'PENDING' || state === 'RUNNING';
}

function turnTo(standing: Standing, activity: Activity, now: number): Standing {
  return standing.activity === activity ? standing : { ...standing, activity, since: now };
}

function ended(standing: Standing, address: string, how: keyof Standing['ended']): Standing {
  return waiting({
    ...standing,
    ended: { ...standing.ended, [how]: standing.ended[how] + 1 },
    running: standing.running.filter((running) => running !== address),
  });
}

/** When nothing runs that was started, the wait is what goes on. */
function waiting(standing: Standing): Standing {
  const { waits, running } = standing;
  return waits === undefined || running.length > 0 ? standing : { ...standing, activity: 'waiting', since: waits };
}

function refreshing(standing: Standing, table: string, state: string): Standing {
  const others = standing.running.filter((running) => running !== table);
  if (isRunning(state)) return { ...standing, running: [...others, table] };
  return { ...standing, running: others, refreshed: standing.refreshed + 1 };
}
