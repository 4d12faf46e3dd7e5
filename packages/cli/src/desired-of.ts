import type { Desired, PlanMode, ReadContext } from '@dpo/core';
import { readCatalogTables } from '@dpo/databricks';
import { desire, nameResources, tablesToName, tablesToRead } from '@dpo/monitoring';
import type { Project } from './project.ts';
import type { Session } from './session.ts';

export interface DesiredRequest {
  readonly project: Project;
  readonly session: Session;
  readonly mode: PlanMode;
}

/** What is wanted, as far as the mode needs to know it. */
export async function desiredOf({ project, session, mode }: DesiredRequest, context: ReadContext): Promise<Desired> {
  const { loaded, owner, development } = project;
  const { target, warehouseId } = session;
  // What changed outside is seen without knowing what is wanted.
  if (mode === 'refresh-only') return { owner, target, resources: [], skipped: [], undecided: [], problems: [] };
  const destroying = mode === 'destroy';
  const tables = destroying ? tablesToName(loaded) : tablesToRead(loaded);
  const wanted = { tables, warehouseId, tagPrefixNeeded: !destroying };
  const findings = await readCatalogTables(session.client, wanted, context);
  // In a destroy nothing is wanted any more: what is wrong with the settings must not keep anything.
  return destroying
    ? nameResources({ loaded, findings, owner, target })
    : desire({ loaded, findings, owner, target, warehouseId, ...(development === undefined ? {} : { development }) });
}
