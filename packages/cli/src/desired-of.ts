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
import { absentFunctions, readCatalog, type CatalogScope } from '@dpo/databricks';
import { desire, functionsToRead, nameResources, searchOf, tablesToName, tablesToRead } from '@dpo/monitoring';
import type { Project } from './project.ts';
import { keptCatalog } from './kept-catalog.ts';
import type { Session } from './session.ts';
import type { SnapshotChoice } from './snapshot-file.ts';

export interface DesiredRequest {
  readonly project: Project;
  readonly session: Session;
  readonly mode: PlanMode;
  readonly recorded: Recorded;
  /** Deletes that are allowed by number say that a search may find less than it did (W020). */
  readonly consent?: Consent;
  /** The catalog may be taken from there. */
  readonly snapshot?: SnapshotChoice | undefined;
}

export interface Resolved {
  readonly desired: Desired;
  readonly catalog: Catalog;
  /** Set if the catalog is from a snapshot. */
  readonly snapshot?: CatalogAge;
}

export interface ResolveRequest extends Omit<DesiredRequest, 'mode'> {
  /** Lists of schemas that have been read already. */
  readonly lists?: CatalogScope['lists'];
}

/** What is wanted, as far as the mode needs to know it. */
export async function desiredOf(request: DesiredRequest, context: ReadContext): Promise<Omit<Resolved, 'catalog'>> {
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
    return { desired: nameResources({ loaded, findings, owner, target, blind }) };
  }
  return resolve(request, context);
}

/** What the config and the catalog ask for, and the catalog. */
export async function resolve(
  { project, session, recorded, consent, lists, snapshot: choice }: ResolveRequest,
  context: ReadContext,
): Promise<Resolved> {
  const { loaded, owner, development } = project;
  const { target, warehouseId } = session;
  const search = searchOf(loaded);
  const monitors = [...recorded.resources].filter(([address]) => kindOf(address) === 'monitor');
  const managed = new Map(monitors.map(([address, { id }]) => [nameOf(address), id]));
  const wanted = {
    tables: tablesToRead(loaded),
    ...(search === undefined ? {} : { search, managed: [...managed.keys()] }),
    warehouseId,
    tagPrefixNeeded: true,
    ...(lists === undefined ? {} : { lists }),
  };
  const listed = new Set(Object.keys(loaded.config.monitored_tables).map((key) => key.toLowerCase()));
  const { catalog, snapshot, problems } = await keptCatalog({ session, wanted, choice, listed }, context);
  const allowShrink = consent?.allowDeletes !== undefined;
  const absent = await absentFunctions(session.client, functionsToRead(loaded, catalog.findings), context);
  const desired = desire({
    loaded,
    ...catalog,
    managed,
    allowShrink,
    owner,
    target,
    warehouseId,
    absentFunctions: absent,
    ...(development === undefined ? {} : { development }),
  });
  return {
    desired: { ...desired, problems: [...desired.problems, ...problems] },
    catalog,
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}
