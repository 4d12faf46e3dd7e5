import { kindOf, nameOf, type Consent, type Desired, type PlanMode, type ReadContext, type Recorded } from '@dpo/core';
import { absentFunctions, listDestinations, readCatalog } from '@dpo/databricks';
import {
  desire,
  functionsToRead,
  namedDestinations,
  nameResources,
  searchOf,
  tablesToName,
  tablesToRead,
} from '@dpo/monitoring';
import type { Project } from './project.ts';
import type { Session } from './session.ts';

export interface DesiredRequest {
  readonly project: Project;
  readonly session: Session;
  readonly mode: PlanMode;
  readonly recorded: Recorded;
  /** Deletes that are allowed by number say that a search may find less than it did (W020). */
  readonly consent?: Consent;
}

/** What is wanted, as far as the mode needs to know it. */
export async function desiredOf(request: DesiredRequest, context: ReadContext): Promise<Desired> {
  const { project, session, mode } = request;
  const { loaded, owner, development } = project;
  const { target, warehouseId } = session;
  // What changed outside is seen without knowing what is wanted.
  if (mode === 'refresh-only') return { owner, target, resources: [], skipped: [], undecided: [], problems: [] };
  if (mode === 'destroy') {
    // Nothing is wanted any more: what is wrong with the settings must not keep anything.
    const wanted = { tables: tablesToName(loaded), warehouseId, tagPrefixNeeded: false };
    const { findings } = await readCatalog(session.client, wanted, context);
    return nameResources({ loaded, findings, owner, target, blind: request.recorded.lineage === undefined });
  }
  const search = searchOf(loaded);
  const monitors = [...request.recorded.resources].filter(([address]) => kindOf(address) === 'monitor');
  const managed = new Map(monitors.map(([address, { id }]) => [nameOf(address), id]));
  const wanted = {
    tables: tablesToRead(loaded),
    ...(search === undefined ? {} : { search, managed: [...managed.keys()] }),
    warehouseId,
    tagPrefixNeeded: true,
  };
  const catalog = await readCatalog(session.client, wanted, context);
  const allowShrink = request.consent?.allowDeletes !== undefined;
  const absent = await absentFunctions(session.client, functionsToRead(loaded, catalog.findings), context);
  // Only an admin may see more of them than their names and ids, which is enough; nobody asks without a name to look up.
  const named = loaded.config.mode === 'bulk_provision_only' ? [] : namedDestinations(loaded);
  const destinations =
    named.length === 0 ? undefined : await context.limit(() => listDestinations(session.client, context.signal));
  return desire({
    loaded,
    ...catalog,
    managed,
    recorded: request.recorded.resources,
    ...(destinations === undefined ? {} : { destinations }),
    host: project.local ? undefined : target.host,
    allowShrink,
    owner,
    target,
    warehouseId,
    absentFunctions: absent,
    ...(development === undefined ? {} : { development }),
  });
}
