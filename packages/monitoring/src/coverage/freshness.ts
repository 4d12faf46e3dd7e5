import { nameOf, type Coverage, type Live, type PresentObject, type Problem, type RefreshHistory } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import type { EligibleTable } from './eligible-tables.ts';
import { tableOf, type MetMonitors } from './monitors-met.ts';

const dayMs = 86_400_000;

/** U040: how old the last success may be. */
export function staleDays({ config }: LoadedConfig): number {
  return config.stale_monitor_days ?? 30;
}

export interface FreshnessRequest {
  readonly loaded: LoadedConfig;
  readonly eligible: readonly EligibleTable[];
  readonly live: Live;
  readonly met: MetMonitors;
  readonly histories: ReadonlyMap<string, RefreshHistory>;
  readonly now: number;
}

type Freshness = Pick<Coverage, 'stale' | 'never_refreshed' | 'history_unavailable'>;

/** How the refreshes of our monitors stand; what was never refreshed and what cannot be told are two things (U128). */
export function freshnessOf({ loaded, eligible, live, met, histories, now }: FreshnessRequest): Freshness {
  const stale: Coverage['stale'][number][] = [];
  const never: Coverage['never_refreshed'][number][] = [];
  const unavailable: Coverage['history_unavailable'][number][] = [];
  const limit = staleDays(loaded);
  const judge = (object: PresentObject): void => {
    const table = tableOf(object);
    const history = histories.get(object.id);
    if (history === undefined) throw new TypeError(`no history of the monitor of ${table}`);
    if (history.status === 'unreadable') unavailable.push({ table, ...toldOf(history.problem) });
    else if (history.succeededAt === undefined) never.push({ table, last_state: history.lastState ?? null });
    else if (now - history.succeededAt > limit * dayMs) {
      const days = Math.floor((now - history.succeededAt) / dayMs);
      stale.push({ table, days, last_refresh: new Date(history.succeededAt).toISOString() });
    }
  };
  for (const object of met.wanted) judge(object);
  const counted = new Set(eligible.map(({ name }) => name));
  for (const [address, seen] of live) {
    const table = nameOf(address);
    // An eligible table of which nothing is known is told as such.
    if (seen.status === 'unreadable' && !counted.has(table)) unavailable.push({ table, ...toldOf(seen.problem) });
  }
  const inOrder = (a: { readonly table: string }, b: { readonly table: string }): number =>
    a.table < b.table ? -1 : 1;
  return { stale, never_refreshed: never, history_unavailable: unavailable.toSorted(inOrder) };
}

function toldOf({ code, message, hint }: Problem): Omit<Coverage['history_unavailable'][number], 'table'> {
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}
