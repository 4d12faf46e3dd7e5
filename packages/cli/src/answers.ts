import type { Catalog, CatalogFindings, ColumnTags, ReadContext, ValueCounts } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { countValues, readColumnTags, readMoreTables } from '@dpo/databricks';
import { questionsOf, type KnownSlices } from '@dpo/monitoring';
import type { Session } from './session.ts';

export interface AnswersRequest {
  readonly loaded: LoadedConfig;
  readonly session: Pick<Session, 'client' | 'warehouseId'>;
  readonly catalog: Catalog;
  readonly knownSlices: ReadonlyMap<string, KnownSlices>;
  readonly recount: boolean;
  /** False: nothing is counted, which scans tables. */
  readonly count?: false;
}

/** What tags and tables of others say about the tables of the catalog; what takes a warehouse is missing without one. */
export interface Answers {
  readonly findings: CatalogFindings;
  readonly counted?: ValueCounts;
  readonly columnTags?: ColumnTags;
}

/** Asks what the catalog alone does not tell, in bulk and only where a table depends on it. */
export async function answersTo(request: AnswersRequest, context: ReadContext): Promise<Answers> {
  const { loaded, session, catalog, knownSlices, recount } = request;
  const { client, warehouseId } = session;
  const { baselines, counts, tagged } = questionsOf({ loaded, catalog, known: knownSlices, recount });
  const more = await readMoreTables(client, { tables: baselines, warehouseId }, context);
  const findings = more.size === 0 ? catalog.findings : new Map([...catalog.findings, ...more]);
  if (warehouseId === undefined) return { findings };
  const [columnTags, counted] = await Promise.all([
    readColumnTags(client, { tables: tagged, warehouseId }, context),
    countValues(client, { requests: request.count === false ? [] : counts, warehouseId }, context),
  ]);
  return { findings, columnTags, counted };
}
