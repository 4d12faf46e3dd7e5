import type { DiscoverRequest, Problem, ReadContext } from '@dpo/core';
import { listTableNames, listTables } from '../api/tables.ts';
import { listFolders } from '../api/workspace.ts';
import type { Client } from '../client/client.ts';
import { throughLimit } from './through-limit.ts';
import { tryRead, type Tried } from './try-read.ts';

/** Full names of tables that may have a monitor, and what kept us from finding more. */
export interface Candidates {
  readonly tables: readonly string[];
  readonly problems: readonly Problem[];
}

const suffix = '_profile_metrics';

/**
 * Where a monitor may be that nobody knows of. A folder of ours names its table, from the first request on; a metric
 * table only the last part of that name, so that every table called so is one. Requests: one a folder, one a page of
 * each schema, and where metric tables are left unexplained one a catalog for every 10,000 tables.
 */
export async function monitorCandidates(
  client: Client,
  request: DiscoverRequest,
  context: ReadContext,
): Promise<Candidates> {
  const folders = await readEach(request.folders, context, (folder, signal) =>
    listFolders(client, `${folder}/monitors`, signal),
  );
  const written = await readEach(request.schemas, context, (schema, signal) => metricTables(client, schema, signal));
  const leaves = new Set(
    written.values.filter((name) => !request.explained.has(name)).map((name) => leafOf(name).slice(0, -suffix.length)),
  );
  const catalogs = leaves.size === 0 ? [] : request.catalogs;
  const named = await readEach(catalogs, context, (catalog, signal) => listTableNames(client, catalog, signal));
  return {
    tables: [
      ...new Set([
        ...folders.values.flatMap((path) => tableOfFolder(path) ?? []),
        ...named.values.filter((name) => leaves.has(leafOf(name))),
      ]),
    ],
    problems: [...folders.problems, ...written.problems, ...named.problems],
  };
}

async function metricTables(client: Client, fullName: string, signal: AbortSignal): Promise<readonly string[]> {
  const [catalog = '', schema = ''] = fullName.split('.');
  const tables = await listTables(client, { catalog, schema }, signal);
  return tables.map((table) => table.fullName.toLowerCase()).filter((name) => name.endsWith(suffix));
}

function leafOf(fullName: string): string {
  return fullName.slice(fullName.lastIndexOf('.') + 1);
}

/** The folder of a monitor is called like its table, percent-encoded. */
function tableOfFolder(path: string): string | undefined {
  const folder = path.slice(path.lastIndexOf('/') + 1);
  try {
    const name = decodeURIComponent(folder).toLowerCase();
    return /^[^./]+\.[^./]+\.[^./]+$/u.test(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/** The answers of all, each a list; what is not there adds nothing. */
async function readEach(
  items: readonly string[],
  context: ReadContext,
  read: (item: string, signal: AbortSignal) => Promise<readonly string[]>,
): Promise<{ readonly values: readonly string[]; readonly problems: readonly Problem[] }> {
  const values: string[] = [];
  const problems: Problem[] = [];
  const look = (item: string, signal: AbortSignal): Promise<Tried<readonly string[]>> =>
    tryRead(() => read(item, signal));
  for await (const tried of throughLimit(items, context, look)) {
    if (tried.status === 'read') values.push(...tried.value);
    if (tried.status === 'failed') problems.push(tried.problem);
  }
  return { values, problems };
}
