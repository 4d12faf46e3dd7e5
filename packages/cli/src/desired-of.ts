import { kindOf, nameOf, type Consent, type Desired, type PlanMode, type ReadContext, type Recorded } from '@dpo/core';
import { absentFunctions, readCatalog } from '@dpo/databricks';
import { observe } from '@dpo/engine';
import {
  desire,
  functionsToRead,
  keepReadOnly,
  nameResources,
  readOnlyLookups,
  searchOf,
  tablesToName,
  tablesToRead,
} from '@dpo/monitoring';
import { anomalyKnowledge } from './anomaly-knowledge.ts';
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
    const named = nameResources({ loaded, findings, owner, target, blind: request.recorded.lineage === undefined });
    return keepReadOnly(loaded, named, request.recorded.resources.keys());
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
  const anomalies = await anomalyKnowledge({ ...request, catalog }, context);
  const lookups = readOnlyLookups(loaded, catalog);
  const { providers } = session;
  const existing = await observe({ lookups, providers, context, emit: () => {} });
  const desired = desire({
    loaded,
    ...catalog,
    existing,
    ...(anomalies === undefined ? {} : { anomalies }),
    managed,
    allowShrink,
    owner,
    target,
    warehouseId,
    absentFunctions: absent,
    ...(development === undefined ? {} : { development }),
  });
  return keepReadOnly(loaded, desired, request.recorded.resources.keys());
}
