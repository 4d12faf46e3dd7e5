import type { DuckDBConnection } from '@duckdb/node-api';
import { createWorkspaceClock } from '../clock.ts';
import type { WorkspaceClock } from '../clock.ts';
import { faultMessage } from '../fault-message.ts';
import type { Storage, Transaction } from '../storage/storage.ts';
import type { Unity } from '../unity/unity.ts';
import { findMonitor, putMonitor } from './monitor.ts';
import type { Monitor } from './monitor.ts';
import { allRefreshes, findRefresh, isOpen, putRefresh } from './refresh.ts';
import type { Refresh } from './refresh.ts';
import { runRefresh } from './run-refresh.ts';
import type { RefreshProfile } from './run-refresh.ts';

export interface RefreshWorker {
  /** Looks for work; called after a refresh was added. */
  wake(): void;
  /** Settles when no refresh is left that the worker would run. */
  idle(): Promise<void>;
  /** Ends a pending or running refresh; a finished one stays as it is. */
  cancel(refresh: Refresh): Promise<void>;
  /** Breaks off the refresh under way; it stays RUNNING and starts again with the next worker. */
  close(): Promise<void>;
}

export interface RefreshWorkerOptions {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly refreshProfile: RefreshProfile;
  readonly clock: () => Date;
  /** Real time, for delays. */
  readonly now: () => number;
  /** Waits for so many of the milliseconds of `now`; in real time unless given. */
  readonly wait?: WorkspaceClock['wait'];
  /** A refresh is RUNNING for so long before it computes; 0 unless given. */
  readonly durationMs?: number;
  /** `held`: first refreshes stay PENDING. */
  readonly firstRefresh: 'automatic' | 'held';
  /** Throws where a monitor may not be computed any more; everything is allowed unless given. */
  readonly requireRights?: (monitor: Monitor) => void;
}

interface Running {
  readonly key: string;
  connection: DuckDBConnection | undefined;
  canceled: boolean;
  /** Aborted by a cancel and when the worker closes. */
  readonly ended: AbortController;
}

/** Runs refreshes one at a time in the order of their creation, those that a crash left RUNNING first. */
export function createRefreshWorker(options: RefreshWorkerOptions): RefreshWorker {
  const { storage, now, wait = createWorkspaceClock().wait } = options;
  const closing = new AbortController();
  const state: { loop: Promise<void> | undefined; wanted: boolean; running: Running | undefined } = {
    loop: undefined,
    wanted: false,
    running: undefined,
  };

  async function drain(): Promise<void> {
    for (;;) {
      const next = nextRefresh(storage, options.firstRefresh);
      if (next === undefined || closing.signal.aborted) return;
      const delay = next.dueAt - now();
      if (delay > 0) {
        await wait(delay, closing.signal);
        continue;
      }
      const running: Running = {
        key: keyOf(next),
        connection: undefined,
        canceled: false,
        ended: new AbortController(),
      };
      state.running = running;
      await perform(next, { ...options, running, closing: closing.signal });
      state.running = undefined;
    }
  }

  async function loop(): Promise<void> {
    while (state.wanted && !closing.signal.aborted) {
      state.wanted = false;
      await drain();
    }
    state.loop = undefined;
  }

  return {
    wake() {
      state.wanted = true;
      state.loop ??= loop();
    },
    async idle() {
      while (state.loop !== undefined) await state.loop;
    },
    async cancel(refresh) {
      const { running } = state;
      if (running?.key === keyOf(refresh)) {
        running.canceled = true;
        running.connection?.interrupt();
      }
      await finish(refresh, { ...options, state: 'CANCELED' });
      // Only now: until its end is written the refresh would be taken up again.
      if (running?.key === keyOf(refresh)) running.ended.abort();
    },
    async close() {
      closing.abort();
      state.running?.ended.abort();
      state.running?.connection?.interrupt();
      await state.loop;
    },
  };
}

async function perform(
  refresh: Refresh,
  options: RefreshWorkerOptions & { readonly running: Running; readonly closing: AbortSignal },
): Promise<void> {
  const { storage, running, closing, durationMs = 0, wait = createWorkspaceClock().wait } = options;
  await storage.transaction(async (transaction) => {
    const current = findRefresh(transaction, refresh);
    if (current?.state === 'PENDING') await putRefresh(transaction, { ...current, state: 'RUNNING' });
  });
  await wait(durationMs, running.ended.signal);
  if (closing.aborted || running.canceled) return;
  try {
    await storage.transaction(async (transaction) => {
      running.connection = transaction.connection;
      await compute(transaction, refresh, options);
      running.connection = undefined;
      if (running.canceled) throw new Error('canceled');
    });
  } catch (fault) {
    running.connection = undefined;
    // Closing or canceling interrupts the computation: the first leaves RUNNING, the second writes its own end.
    if (closing.aborted || running.canceled) return;
    const message = faultMessage(fault);
    await finish(refresh, { ...options, state: 'FAILED', message });
  }
}

async function compute(transaction: Transaction, refresh: Refresh, options: RefreshWorkerOptions): Promise<void> {
  const current = findRefresh(transaction, refresh);
  const monitor = findMonitor(transaction, refresh.objectId);
  if (current?.state !== 'RUNNING') return;
  if (monitor === undefined) throw new Error('the monitor does not exist');
  options.requireRights?.(monitor);
  await runRefresh(transaction, monitor, { ...options, now: options.clock() });
  await putRefresh(transaction, { ...current, state: 'SUCCESS', endTimeMs: options.clock().getTime() });
  const { latestFailure: _healed, ...healthy } = monitor;
  await putMonitor(transaction, healthy);
}

async function finish(
  refresh: Refresh,
  options: RefreshWorkerOptions & { readonly state: 'FAILED' | 'CANCELED'; readonly message?: string },
): Promise<void> {
  const { state, message, storage, clock } = options;
  await storage.transaction(async (transaction) => {
    const current = findRefresh(transaction, refresh);
    if (current === undefined || !isOpen(current)) return;
    const ended = { ...current, state, endTimeMs: clock().getTime() };
    await putRefresh(transaction, message === undefined ? ended : { ...ended, message });
    const monitor = findMonitor(transaction, refresh.objectId);
    if (monitor !== undefined && message !== undefined) {
      await putMonitor(transaction, { ...monitor, latestFailure: message });
    }
  });
}

function nextRefresh(storage: Storage, firstRefresh: 'automatic' | 'held'): Refresh | undefined {
  const open = allRefreshes(storage)
    .filter(
      ({ state, first }) => state === 'RUNNING' || (state === 'PENDING' && (firstRefresh === 'automatic' || !first)),
    )
    .filter(({ objectId }) => findMonitor(storage, objectId)?.initialises !== false);
  const rank = (refresh: Refresh): number => (refresh.state === 'RUNNING' ? 0 : 1);
  return open.toSorted((left, right) => rank(left) - rank(right) || left.order - right.order)[0];
}

function keyOf(refresh: Refresh): string {
  return `${refresh.objectId} ${refresh.refreshId}`;
}
