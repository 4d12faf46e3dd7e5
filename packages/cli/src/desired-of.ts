import {
  kindOf,
  nameOf,
  type Catalog,
  type Consent,
  type Desired,
  type PlanMode,
  type ReadContext,
  type Recorded,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { absentFunctions, readCatalog } from '@dpo/databricks';
import { desire, functionsToRead, nameResources, searchOf, tablesToName, tablesToRead } from '@dpo/monitoring';
import { answersTo } from './answers.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';

export interface DesiredRequest {
  readonly project: Project;
  readonly session: Pick<Session, 'client' | 'target' | 'warehouseId'>;
  readonly mode: PlanMode;
  readonly recorded: Recorded;
  /** Deletes that are allowed by number say that a search may find less than it did (W020). */
  readonly consent?: Consent;
  /** Count the values of slices again. */
  readonly recount?: boolean;
}

export interface WantedRequest extends Omit<DesiredRequest, 'mode'> {
  readonly alsoRead?: readonly string[];
}

/** What is wanted, as far as the mode needs to know it. */
export async function desiredOf(request: DesiredRequest, context: ReadContext): Promise<Desired> {
  const { project, session, mode } = request;
  const { loaded, owner } = project;
  const { target, warehouseId } = session;
  // What changed outside is seen without knowing what is wanted.
  if (mode === 'refresh-only') return { owner, target, resources: [], skipped: [], undecided: [], problems: [] };
  if (mode === 'destroy') {
    // Nothing is wanted any more: what is wrong with the settings must not keep anything.
    const wanted = { tables: tablesToName(loaded), warehouseId, tagPrefixNeeded: false };
    const { findings } = await readCatalog(session.client, wanted, context);
    return nameResources({ loaded, findings, owner, target, blind: request.recorded.lineage === undefined });
  }
  return (await wantedOf(request, context)).desired;
}

/** What is wanted by the settings, and what of the catalog it was made of. `alsoRead`: full names of tables in lower case. */
export async function wantedOf(
  { project, session, recorded, consent, recount, alsoRead = [] }: WantedRequest,
  context: ReadContext,
): Promise<{ readonly desired: Desired; readonly catalog: Catalog }> {
  const { loaded, owner, development } = project;
  const { target, warehouseId } = session;
  const monitors = [...recorded.resources].filter(([address]) => kindOf(address) === 'monitor');
  const managed = new Map(monitors.map(([address, { id }]) => [nameOf(address), id]));
  const catalog = await catalogOf({ loaded, session, managed: [...managed.keys()], alsoRead }, context);
  const knownSlices = new Map(monitors.map(([address, entry]) => [nameOf(address), entry]));
  const answers = await answersTo({ loaded, session, catalog, knownSlices, recount: recount === true }, context);
  const allowShrink = consent?.allowDeletes !== undefined;
  const absent = await absentFunctions(session.client, functionsToRead(loaded, catalog.findings), context);
  const desired = desire({
    loaded,
    ...catalog,
    ...answers,
    knownSlices,
    managed,
    allowShrink,
    owner,
    target,
    warehouseId,
    absentFunctions: absent,
    ...(development === undefined ? {} : { development }),
  });
  return { desired, catalog };
}

export interface CatalogOfRequest {
  readonly loaded: LoadedConfig;
  readonly session: Pick<Session, 'client' | 'warehouseId'>;
  /** Full names of tables that have a monitor already. */
  readonly managed: readonly string[];
  readonly alsoRead?: readonly string[];
}

/** What a config has to know of the catalogs: what it lists, and what it looks for. */
export async function catalogOf(
  { loaded, session, managed, alsoRead = [] }: CatalogOfRequest,
  context: ReadContext,
): Promise<Catalog> {
  const search = searchOf(loaded);
  const wanted = {
    tables: [...new Set([...tablesToRead(loaded), ...alsoRead])],
    ...(search === undefined ? {} : { search, managed }),
    warehouseId: session.warehouseId,
    tagPrefixNeeded: true,
  };
  return readCatalog(session.client, wanted, context);
}
