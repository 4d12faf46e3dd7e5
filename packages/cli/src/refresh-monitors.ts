import { didYouMean } from '@dpo/config';
import { DpoError, isDpoError, kindOf, nameOf, type Emit, type TableRefresh } from '@dpo/core';
import { createRefresh, getRefresh, type Refresh } from '@dpo/databricks';
import { isReadOnlyAddress } from '@dpo/monitoring';
import { isRunning } from './activity.ts';
import { systemClock } from './clock.ts';
import { refuseOtherState } from './own-state.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';
import { listSome } from './suggest.ts';

/** Time between two looks at a running refresh. */
const pollMs = { local: 200, real: 10_000 };

export interface RefreshRequest {
  readonly project: Project;
  readonly session: Session;
  /** Tables to refresh; all that are managed if empty. */
  readonly names: readonly string[];
  readonly wait: boolean;
  readonly signal: AbortSignal;
  readonly emit: Emit;
}

/** Starts a refresh of managed monitors and, if asked to, waits until all have ended. */
export async function refreshMonitors(request: RefreshRequest): Promise<readonly TableRefresh[]> {
  const { project, session, signal } = request;
  const recorded = await project.store.read();
  refuseOtherState(recorded, { project, session });
  // What this target only reads is refreshed by whom it belongs to (W017).
  const isReadOnly = isReadOnlyAddress(project.loaded);
  const managed = [...recorded.resources].filter(([address]) => kindOf(address) === 'monitor' && !isReadOnly(address));
  const tableIds = new Map(managed.map(([address, entry]) => [nameOf(address), entry.id]));
  const start = async ([table, tableId]: readonly [string, string]): Promise<Started> => {
    const refresh = await createRefresh(session.client, tableId, signal).catch(refused);
    request.emit({ type: 'refresh', refresh: told({ table, tableId, refresh }) });
    return { table, tableId, refresh };
  };
  const chosen = choose(tableIds, request.names, project.store.location);
  let started = await Promise.all(chosen.map((monitor) => session.reads(() => start(monitor))));
  while (request.wait && started.some(({ refresh }) => isRunning(stateOf(refresh)))) {
    await systemClock.sleep(project.local ? pollMs.local : pollMs.real, signal);
    started = await Promise.all(started.map((entry) => session.reads(() => follow(entry, request))));
  }
  return started.map(told);
}

/** Looks once, and tells if it has ended. */
async function follow(entry: Started, { session, signal, emit }: RefreshRequest): Promise<Started> {
  if (!isRunning(stateOf(entry.refresh))) return entry;
  const seen = await look(entry, session, signal);
  if (!isRunning(stateOf(seen.refresh))) emit({ type: 'refresh', refresh: told(seen) });
  return seen;
}

function told({ table, refresh }: Started): TableRefresh {
  return {
    table,
    refreshId: refresh.refreshId,
    state: stateOf(refresh),
    ...secondsOf(refresh),
    ...(refresh.message === undefined ? {} : { message: refresh.message }),
  };
}

interface Started {
  readonly table: string;
  readonly tableId: string;
  readonly refresh: Refresh;
}

/** A refresh that was not accepted: told with its table, beside those that were. */
function refused(error: unknown): Refresh {
  if (!isDpoError(error)) throw error;
  return { refreshId: '', state: 'REFUSED', message: error.problems[0]?.message ?? '' };
}

/** A refresh that goes on, but not before our eyes. */
function unreadable(error: unknown, refreshId: string): Refresh {
  return { ...refused(error), refreshId, state: 'UNREADABLE' };
}

async function look(entry: Started, session: Session, signal: AbortSignal): Promise<Started> {
  const { refreshId } = entry.refresh;
  const answer = getRefresh(session.client, { tableId: entry.tableId, refreshId }, signal);
  return { ...entry, refresh: await answer.catch((error: unknown) => unreadable(error, refreshId)) };
}

function choose(
  tableIds: ReadonlyMap<string, string>,
  names: readonly string[],
  location: string,
): readonly (readonly [string, string])[] {
  if (names.length === 0) return [...tableIds];
  const unknown = names.filter((name) => !tableIds.has(name.toLowerCase()));
  if (unknown.length === 0) return names.map((name) => [name.toLowerCase(), tableIds.get(name.toLowerCase()) ?? '']);
  const managed = [...tableIds.keys()];
  throw new DpoError(
    unknown.map((name) => ({
      code: 'STATE.UNKNOWN_TABLE',
      severity: 'error',
      message: `no monitor of '${name}' is managed here`,
      hint: didYouMean(name, managed) ?? `${location} manages: ${listSome(managed)}`,
    })),
  );
}

function stateOf(refresh: Refresh): string {
  return refresh.state.replace(/^MONITOR_REFRESH_STATE_/u, '');
}

function secondsOf({ startedAt, endedAt }: Refresh): { readonly seconds?: number } {
  return startedAt === undefined || endedAt === undefined ? {} : { seconds: (endedAt - startedAt) / 1000 };
}
