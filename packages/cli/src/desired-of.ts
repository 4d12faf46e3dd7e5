import {
  kindOf,
  nameOf,
  type Catalog,
  type CatalogAge,
  type Consent,
  type Desired,
  type PlanMode,
  type ReadContext,
  type Recorded,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import {
  absentFunctions,
  listDestinations,
  readCatalog,
  type CatalogScope,
  type ReadCatalogRequest,
} from '@dpo/databricks';
import { observe } from '@dpo/engine';
import {
  desire,
  functionsToRead,
  keepReadOnly,
  namedDestinations,
  nameResources,
  readOnlyLookups,
  searchOf,
  tablesToName,
  tablesToRead,
} from '@dpo/monitoring';
import { answersTo } from './answers.ts';
import { anomalyKnowledge } from './anomaly-knowledge.ts';
import type { Project } from './project.ts';
import { keptCatalog } from './kept-catalog.ts';
import type { Session } from './session.ts';
import type { SnapshotChoice } from './snapshot-file.ts';

export interface DesiredRequest {
  readonly project: Project;
  readonly session: Pick<Session, 'client' | 'target' | 'warehouseId' | 'providers'> &
    Partial<Pick<Session, 'userName'>>;
  readonly mode: PlanMode;
  readonly recorded: Recorded;
  /** Deletes that are allowed by number say that a search may find less than it did (W020). */
  readonly consent?: Consent;
  /** Count the values of slices again. */
  readonly recount?: boolean;
  /** The catalog may be taken from there. */
  readonly snapshot?: SnapshotChoice | undefined;
}

/** What is wanted, and of when the catalog is if it was not read now. */
export interface DatedDesired {
  readonly desired: Desired;
  readonly snapshot?: CatalogAge;
}

export interface WantedRequest extends Omit<DesiredRequest, 'mode'> {
  readonly alsoRead?: readonly string[];
  /** Lists of schemas that have been read already. */
  readonly lists?: CatalogScope['lists'];
  /** False: values of slices are not counted, which scans tables. */
  readonly count?: false;
}

/** What is wanted, as far as the mode needs to know it. */
export async function desiredOf(request: DesiredRequest, context: ReadContext): Promise<Desired> {
  return (await datedDesired(request, context)).desired;
}

/** The same with the age of the catalog. */
export async function datedDesired(request: DesiredRequest, context: ReadContext): Promise<DatedDesired> {
  const { project, session, mode } = request;
  const { loaded, owner } = project;
  const { target, warehouseId } = session;
  // What changed outside is seen without knowing what is wanted.
  if (mode === 'refresh-only')
    return { desired: { owner, target, resources: [], skipped: [], undecided: [], problems: [] } };
  if (mode === 'destroy') {
    // Nothing is wanted any more: what is wrong with the settings must not keep anything.
    const wanted = { tables: tablesToName(loaded), warehouseId, tagPrefixNeeded: false };
    const { findings } = await readCatalog(session.client, wanted, context);
    const blind = request.recorded.lineage === undefined;
    const named = nameResources({ loaded, findings, owner, target, blind });
    return { desired: keepReadOnly(loaded, named, request.recorded.resources.keys()) };
  }
  return wantedOf(request, context);
}

/** What is wanted by the settings, and what of the catalog it was made of. `alsoRead`: full names of tables in lower case. */
export async function wantedOf(
  request: WantedRequest,
  context: ReadContext,
): Promise<DatedDesired & { readonly catalog: Catalog }> {
  const { project, session, recorded, consent, recount } = request;
  const { loaded, owner, development } = project;
  const { target, warehouseId } = session;
  const monitors = [...recorded.resources].filter(([address]) => kindOf(address) === 'monitor');
  const managed = new Map(monitors.map(([address, { id }]) => [nameOf(address), id]));
  const { alsoRead = [], lists, snapshot: choice } = request;
  const wanted = catalogRequest({ loaded, session, managed: [...managed.keys()], alsoRead, lists });
  const listed = new Set(Object.keys(loaded.config.monitored_tables).map((key) => key.toLowerCase()));
  const { catalog, snapshot, problems } = await keptCatalog({ session, wanted, choice, listed }, context);
  const knownSlices = new Map(monitors.map(([address, entry]) => [nameOf(address), entry]));
  const counting = { recount: recount === true, ...(request.count === false ? { count: false as const } : {}) };
  const answers = await answersTo({ loaded, session, catalog, knownSlices, ...counting }, context);
  const allowShrink = consent?.allowDeletes !== undefined;
  const absent = await absentFunctions(session.client, functionsToRead(loaded, catalog.findings), context);
  const anomalies = await anomalyKnowledge({ project, session, recorded, catalog }, context);
  // Only an admin may see more of them than their names and ids, which is enough; nobody asks without a name to look up.
  const named = loaded.config.mode === 'bulk_provision_only' ? [] : namedDestinations(loaded);
  const destinations =
    named.length === 0 ? undefined : await context.limit(() => listDestinations(session.client, context.signal));
  const lookups = readOnlyLookups(loaded, catalog);
  const existing = await observe({ lookups, providers: session.providers, context, emit: () => {} });
  const desired = desire({
    loaded,
    ...catalog,
    ...answers,
    knownSlices,
    existing,
    ...(anomalies === undefined ? {} : { anomalies }),
    managed,
    recorded: recorded.resources,
    ...(destinations === undefined ? {} : { destinations }),
    host: project.local ? undefined : target.host,
    allowShrink,
    owner,
    target,
    warehouseId,
    runner: session.userName,
    absentFunctions: absent,
    ...(development === undefined ? {} : { development }),
  });
  const kept = keepReadOnly(loaded, desired, recorded.resources.keys());
  return {
    desired: { ...kept, problems: [...kept.problems, ...problems] },
    catalog,
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}

export interface CatalogOfRequest {
  readonly loaded: LoadedConfig;
  readonly session: Pick<Session, 'client' | 'warehouseId'>;
  /** Full names of tables that have a monitor already. */
  readonly managed: readonly string[];
  readonly alsoRead?: readonly string[];
  readonly lists?: CatalogScope['lists'] | undefined;
}

/** What a config has to know of the catalogs: what it lists, and what it looks for. */
export async function catalogOf(request: CatalogOfRequest, context: ReadContext): Promise<Catalog> {
  return readCatalog(request.session.client, catalogRequest(request), context);
}

function catalogRequest({ loaded, session, managed, alsoRead = [], lists }: CatalogOfRequest): ReadCatalogRequest {
  const search = searchOf(loaded);
  return {
    tables: [...new Set([...tablesToRead(loaded), ...alsoRead])],
    ...(search === undefined ? {} : { search, managed }),
    warehouseId: session.warehouseId,
    tagPrefixNeeded: true,
    ...(lists === undefined ? {} : { lists }),
  };
}
