import { DpoError, isDpoError, nameOf, ownerText } from '@dpo/core';
import { createRefresh, getRefresh, type Refresh } from '@dpo/databricks';
import { checkState } from '@dpo/state';
import { systemClock } from './clock.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';

/** Time between two looks at a running refresh. */
const pollMs = { local: 200, real: 10_000 };

/** How the refresh of one table stands. `state` is REFUSED, UNREADABLE, PENDING, RUNNING, SUCCESS, FAILED, CANCELED, or new to us. */
export interface TableRefresh {
  readonly table: string;
  /** Empty if the refresh was refused. */
  readonly refreshId: string;
  readonly state: string;
  readonly seconds?: number;
  readonly message?: string;
}

export interface RefreshRequest {
  readonly project: Project;
  readonly session: Session;
  /** Tables to refresh; all that are managed if empty. */
  readonly names: readonly string[];
  readonly wait: boolean;
  readonly signal: AbortSignal;
}

/** Starts a refresh of managed monitors and, if asked to, waits until all have ended. */
export async function refreshMonitors(request: RefreshRequest): Promise<readonly TableRefresh[]> {
  const { project, session, signal } = request;
  const recorded = await project.store.read();
  const misplaced = checkState(recorded, { owner: ownerText(project.owner), target: session.target });
  if (misplaced.length > 0) throw new DpoError(misplaced);
  const managed = [...recorded.resources].filter(([address]) => address.startsWith('monitor:'));
  const tableIds = new Map(managed.map(([address, entry]) => [nameOf(address), entry.id]));
  const start = async ([table, tableId]: readonly [string, string]): Promise<Started> => {
    const refresh = await createRefresh(session.client, tableId, signal).catch(refused);
    return { table, tableId, refresh };
  };
  const chosen = choose(tableIds, request.names, project.store.location);
  let started = await Promise.all(chosen.map((monitor) => session.reads(() => start(monitor))));
  while (request.wait && started.some(({ refresh }) => isRunning(stateOf(refresh)))) {
    await systemClock.sleep(project.local ? pollMs.local : pollMs.real, signal);
    started = await Promise.all(started.map((entry) => session.reads(() => look(entry, session, signal))));
  }
  return started.map(({ table, refresh }) => ({
    table,
    refreshId: refresh.refreshId,
    state: stateOf(refresh),
    ...secondsOf(refresh),
    ...(refresh.message === undefined ? {} : { message: refresh.message }),
  }));
}

export function isRunning(state: string): boolean {
  return state === 'PENDING' || state === 'RUNNING';
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
  if (!isRunning(stateOf(entry.refresh))) return entry;
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
  const managed = [...tableIds.keys()].slice(0, 5).join(', ') || 'none';
  throw new DpoError(
    unknown.map((name) => ({
      code: 'STATE.UNKNOWN_TABLE',
      severity: 'error',
      message: `no monitor of '${name}' is managed here`,
      hint: `${location} manages: ${managed}`,
    })),
  );
}

function stateOf(refresh: Refresh): string {
  return refresh.state.replace(/^MONITOR_REFRESH_STATE_/u, '');
}

function secondsOf({ startedAt, endedAt }: Refresh): { readonly seconds?: number } {
  return startedAt === undefined || endedAt === undefined ? {} : { seconds: (endedAt - startedAt) / 1000 };
}
