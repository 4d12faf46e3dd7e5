import type { Document, Storage, Transaction } from '../storage/storage.ts';

export type RefreshState = 'PENDING' | 'RUNNING' | 'SUCCESS' | 'FAILED' | 'CANCELED';

/** Why it runs. The legacy API knows no change of data. */
export type RefreshTrigger = 'MANUAL' | 'SCHEDULE' | 'DATA_CHANGE';

export interface Refresh {
  readonly objectId: string;
  /** Below 2^53, so that every client reads the same digits. */
  readonly refreshId: number;
  /** Order of creation over all monitors. */
  readonly order: number;
  readonly state: RefreshState;
  readonly trigger: RefreshTrigger;
  /** The one that the server starts by itself. */
  readonly first: boolean;
  /** Real time in epoch milliseconds before which it is not started. */
  readonly dueAt: number;
  /** Workspace clock, as all times that the API shows. */
  readonly startTimeMs: number;
  readonly endTimeMs?: number;
  readonly message?: string;
}

/** Still to be done. */
export function isOpen({ state }: Refresh): boolean {
  return state === 'PENDING' || state === 'RUNNING';
}

export function allRefreshes(source: Pick<Storage, 'list'>): readonly Refresh[] {
  return source.list('refresh') as unknown as readonly Refresh[];
}

/** Refreshes of one table, the newest first. */
export function refreshesOf(source: Pick<Storage, 'list'>, objectId: string): readonly Refresh[] {
  return allRefreshes(source)
    .filter((refresh) => refresh.objectId === objectId)
    .toSorted((left, right) => right.order - left.order);
}

export function findRefresh(
  source: Pick<Storage, 'get'>,
  wanted: Pick<Refresh, 'objectId' | 'refreshId'>,
): Refresh | undefined {
  return source.get('refresh', refreshKey(wanted)) as Refresh | undefined;
}

export async function putRefresh(transaction: Transaction, refresh: Refresh): Promise<void> {
  await transaction.put('refresh', refreshKey(refresh), refresh as unknown as Document);
}

export async function removeRefreshes(transaction: Transaction, objectId: string): Promise<void> {
  for (const refresh of refreshesOf(transaction, objectId)) await transaction.remove('refresh', refreshKey(refresh));
}

/** Adds a refresh at the end of the queue. */
export async function addRefresh(
  transaction: Transaction,
  refresh: Pick<Refresh, 'objectId' | 'refreshId' | 'first' | 'trigger' | 'dueAt' | 'startTimeMs'>,
): Promise<Refresh> {
  const order = allRefreshes(transaction).reduce((last, { order: other }) => Math.max(last, other), 0) + 1;
  const added: Refresh = { ...refresh, order, state: 'PENDING' };
  await putRefresh(transaction, added);
  return added;
}

function refreshKey({ objectId, refreshId }: Pick<Refresh, 'objectId' | 'refreshId'>): string {
  return `${objectId} ${refreshId}`;
}
