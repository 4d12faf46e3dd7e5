import { kindOf, nameOf, type Catalog, type ReadContext, type Recorded } from '@dpo/core';
import { readRecipients, readSchemas } from '@dpo/databricks';
import { anomalyRecipients, schemasToLookInto, searchedCatalogs, tagsOf, type AnomalyKnowledge } from '@dpo/monitoring';
import type { Project } from './project.ts';
import type { Session } from './session.ts';

export interface AnomalyReads {
  readonly project: Pick<Project, 'loaded'>;
  readonly session: Pick<Session, 'client'>;
  readonly recorded: Recorded;
  readonly catalog: Catalog;
}

/** What `anomaly_detection` needs to know of the workspace; undefined, and no request, where the config does not have it. */
export async function anomalyKnowledge(
  { project: { loaded }, session: { client }, recorded, catalog }: AnomalyReads,
  context: ReadContext,
): Promise<AnomalyKnowledge | undefined> {
  if (Object.keys(loaded.config.anomaly_detection ?? {}).length === 0) return undefined;
  const managed = [...recorded.resources.keys()].filter((address) => kindOf(address) === 'anomaly').map(nameOf);
  const tags = tagsOf(catalog);
  const wanted = {
    catalogs: searchedCatalogs(loaded),
    managed,
    lookInto: (listed: readonly string[]) => schemasToLookInto(loaded, listed, tags),
  };
  const schemas = await readSchemas(client, wanted, context);
  const recipients = await readRecipients(client, anomalyRecipients(loaded), context);
  return { schemas, recipients, managed };
}
