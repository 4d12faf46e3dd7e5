import {
  compareText,
  ownerText,
  type Catalog,
  type CatalogAge,
  type Coverage,
  type Desired,
  type Live,
  type Problem,
  type Recorded,
  type RefreshHistory,
  type ScopeSchema,
  type UnreadableItem,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import type { EligibleTable } from './eligible-tables.ts';
import { monitorOf, tableOf, type MetMonitors } from './monitors-met.ts';
import { freshnessOf, staleDays } from './freshness.ts';
import { uncoveredReasons } from './uncovered-reason.ts';
import { watchedTables } from './watched-tables.ts';

export interface CoverageRequest {
  readonly loaded: LoadedConfig;
  readonly catalog: Pick<Catalog, 'found' | 'contrary'>;
  readonly scope: {
    readonly catalogs: readonly string[];
    readonly schemas: readonly ScopeSchema[];
    readonly leftOut: number;
  };
  readonly desired: Desired;
  readonly recorded: Recorded;
  readonly eligible: readonly EligibleTable[];
  /**
   * One observation for the monitor of each eligible table, and for each monitor and each anomaly detection that the config or
   * the state names.
   */
  readonly live: Live;
  readonly met: MetMonitors;
  /** By id of the table, of each monitor in `met.wanted`. */
  readonly histories: ReadonlyMap<string, RefreshHistory>;
  /** Set if `catalog` is not of now. */
  readonly snapshot?: CatalogAge;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Which of the eligible tables are monitored, and how well (U126 to U133). */
export function coverageOf(request: CoverageRequest): Coverage {
  const { loaded, scope, desired, eligible, met, now } = request;
  const classes = classesOf(request);
  const freshness = freshnessOf(request);
  const inScope = new Set(eligible.map(({ name }) => name));
  const others = met.others.map((object) => ({ table: tableOf(object), owner: object.marker?.owner ?? null }));
  const orphans = met.orphans.map((object) => ({
    table: tableOf(object),
    recorded: request.recorded.resources.has(object.lookup.address),
  }));
  const schemas = scope.schemas.flatMap(({ catalog, schema, read }) =>
    read.status === 'unreadable' ? [{ schema: `${catalog}.${schema}`.toLowerCase(), ...itemOf(read.problem) }] : [],
  );
  const covered = classes.monitored + classes.bySchema.length;
  return {
    timestamp: new Date(now).toISOString(),
    ...(request.snapshot === undefined ? {} : { catalog: request.snapshot }),
    owner: ownerText(desired.owner),
    catalogs: scope.catalogs,
    coverage: eligible.length === 0 ? 1 : covered / eligible.length,
    stale_after_days: staleDays(loaded),
    complete: schemas.length === 0,
    summary: {
      eligible: eligible.length,
      monitored: classes.monitored,
      by_schema: classes.bySchema.length,
      unmonitored: classes.unmonitored.length,
      unknown: classes.unknown.length,
      others: others.length,
      stale: freshness.stale.length,
      never_refreshed: freshness.never_refreshed.length,
      history_unavailable: freshness.history_unavailable.length,
      orphans: orphans.length,
      outside: met.wanted.filter((object) => !inScope.has(tableOf(object))).length,
      schemas: scope.schemas.length,
      schemas_left_out: scope.leftOut,
    },
    unmonitored: classes.unmonitored,
    by_schema: classes.bySchema,
    ...freshness,
    orphans,
    others,
    unknown: classes.unknown,
    unknown_schemas: schemas,
  };
}

interface Classes {
  readonly monitored: number;
  readonly bySchema: Coverage['by_schema'];
  readonly unmonitored: Coverage['unmonitored'];
  readonly unknown: Coverage['unknown'];
}

/** Each eligible table in exactly one of them: what could not be read stays in the denominator (T37). */
function classesOf({ eligible, live, ...rest }: CoverageRequest): Classes {
  const reasonOf = uncoveredReasons(rest);
  const isWatched = watchedTables(live);
  const bySchema: Coverage['by_schema'][number][] = [];
  const unmonitored: Coverage['unmonitored'][number][] = [];
  const unknown: Coverage['unknown'][number][] = [];
  for (const { name: table, schema, owner = null } of eligible.toSorted((a, b) => compareText(a.name, b.name))) {
    const seen = live.get(monitorOf(table));
    if (seen === undefined) throw new TypeError(`no observation of the monitor of ${table}`);
    if (seen.status === 'unreadable') unknown.push({ table, ...itemOf(seen.problem) });
    else if (seen.status === 'absent' && isWatched(table, schema)) bySchema.push({ table, schema });
    else if (seen.status === 'absent') unmonitored.push({ table, schema, owner, ...reasonOf(table) });
  }
  const monitored = eligible.length - bySchema.length - unmonitored.length - unknown.length;
  return { monitored, bySchema, unmonitored, unknown };
}

function itemOf({ code, message, hint }: Problem): UnreadableItem {
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}
