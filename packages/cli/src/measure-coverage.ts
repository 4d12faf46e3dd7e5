import {
  addressOf,
  kindOf,
  kinds,
  type Address,
  type Coverage,
  type Desired,
  type Emit,
  type Lookup,
  type Problem,
  type Recorded,
} from '@dpo/core';
import { listScope, readHistories } from '@dpo/databricks';
import { discover, observe } from '@dpo/engine';
import { coverageOf, eligibleTables, monitorsMet, scopeOf, staleDays, type EligibleTable } from '@dpo/monitoring';
import { systemClock } from './clock.ts';
import { wantedOf } from './desired-of.ts';
import { placesOf } from './orphan-search.ts';
import { refuseOtherState } from './own-state.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';
import type { SnapshotChoice } from './snapshot-file.ts';

export interface MeasureRequest {
  readonly project: Project;
  readonly session: Session;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** What is read to find the wanted tables may be taken from there; whether they are monitored is always read. */
  readonly snapshot?: SnapshotChoice | undefined;
}

export interface Measured {
  readonly coverage: Coverage;
  /** What kept us from looking for orphans everywhere, as warnings. */
  readonly problems: readonly Problem[];
}

const dayMs = 86_400_000;

/**
 * Reads which tables could have a monitor and which have one. Writes nothing. The list of monitors of the service is not
 * needed (U132): one request for each eligible table, one a page for the refreshes of each of our monitors.
 */
export async function measureCoverage(request: MeasureRequest): Promise<Measured> {
  const { project, session, emit, signal, snapshot } = request;
  const { loaded } = project;
  const { providers } = session;
  const context = session.context(signal);
  const recorded = await project.store.read();
  refuseOtherState(recorded, { project, session });
  const { lists, ...scope } = await listScope(session.client, scopeOf(loaded), context);
  const {
    desired,
    catalog,
    snapshot: kept,
  } = await wantedOf({ project, session, recorded, lists, snapshot, count: false }, context);
  const eligible = eligibleTables(loaded, scope.schemas, catalog);
  const live = await observe({ lookups: lookupsOf({ eligible, desired, recorded }), providers, context, emit });
  const places = placesOf({ project, recorded, desired });
  const { found, failed } = await discover({ places, live, providers, context, kinds: ['monitor'] });
  const met = monitorsMet({ desired, recorded, live, discovered: found });
  const now = systemClock.now();
  const tableIds = met.wanted.map(({ id }) => id);
  const histories = await readHistories(session.client, { tableIds, since: now - staleDays(loaded) * dayMs }, context);
  return {
    coverage: coverageOf({
      loaded,
      catalog,
      ...(kept === undefined ? {} : { snapshot: kept }),
      scope,
      desired,
      recorded,
      eligible,
      live,
      met,
      histories,
      now,
    }),
    problems: [
      ...desired.problems.filter(({ code }) => code === 'CATALOG.SNAPSHOT'),
      ...failed.map((problem): Problem => ({ ...problem, severity: 'warning' })),
    ],
  };
}

interface Monitored {
  readonly eligible: readonly EligibleTable[];
  readonly desired: Desired;
  readonly recorded: Recorded;
}

/** By the id that a table has now; by the recorded one only where nothing else tells it. */
function lookupsOf({ eligible, desired, recorded }: Monitored): ReadonlyMap<Address, Lookup> {
  const lookups = new Map<Address, Lookup>();
  const covers = (address: Address): boolean => ['monitor', 'anomaly'].includes(kindOf(address));
  for (const [address, known] of recorded.resources)
    if (covers(address)) lookups.set(address, kinds[kindOf(address)].lookup(address, undefined, known));
  for (const { address, spec } of desired.resources)
    if (covers(address)) lookups.set(address, kinds[kindOf(address)].lookup(address, spec, undefined));
  for (const { name, tableId } of eligible) {
    const address = addressOf('monitor', name);
    lookups.set(address, { by: 'id', address, id: tableId });
  }
  return lookups;
}
