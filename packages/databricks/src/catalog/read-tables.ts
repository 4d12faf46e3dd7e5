import { fail, isDpoError, type CatalogTable, type Problem, type ReadContext } from '@dpo/core';
import { getTable, type Table } from '../api/tables.ts';
import { apiCodeOf, isSignInFailure } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { tableGrantHint } from '../api/grant-hints.ts';
import { readAll } from './read-all.ts';
import { readTags, type TagsByTable } from './read-tags.ts';

export type TableRead =
  | { readonly status: 'present'; readonly table: CatalogTable }
  | { readonly status: 'absent' }
  | { readonly status: 'unreadable'; readonly problem: Problem };

/** One entry for every name as it was asked for; names that differ in case only share what was read. */
export type CatalogRead = ReadonlyMap<string, TableRead>;

export interface CatalogRequest {
  /** Full names, `catalog.schema.table`, in any case. */
  readonly tables: readonly string[];
  readonly warehouseId?: string | undefined;
  /** False: nothing depends on tags; they are not read and every table has none. */
  readonly tagPrefixNeeded: boolean;
  /** It is no failure if none of them can be read: others were. */
  readonly mayBeUnreadable?: boolean;
}

/** A table without its tags, which come from elsewhere. */
export type Read =
  | { readonly status: 'present'; readonly table: Table }
  | { readonly status: 'absent' }
  | { readonly status: 'unreadable'; readonly problem: Problem };

/**
 * Reads the listed tables: one request each, then tags with one statement a catalog, or without a warehouse with one
 * listing a table. What cannot be read is `unreadable` (W002); only a 404 is `absent`. Throws when nothing at all can be
 * read (U144), when tags cannot be read, for settings would change unnoticed (T26), and when the credentials are refused.
 */
export async function readCatalogTables(
  client: Client,
  request: CatalogRequest,
  context: ReadContext,
): Promise<CatalogRead> {
  const keys = [...new Set(request.tables.map((name) => name.toLowerCase()))];
  const read = new Map(
    await readAll(keys, context, async (key, inner) => [key, await readTable(client, key, inner)] as const),
  );
  if (request.mayBeUnreadable !== true) refuseUnreadable([...read.values()]);
  const present = keys.filter((key) => read.get(key)?.status === 'present');
  const tags: TagsByTable = request.tagPrefixNeeded
    ? await readTags(client, { tables: present, warehouseId: request.warehouseId }, context)
    : new Map();
  return new Map(
    request.tables.map((name) => {
      const key = name.toLowerCase();
      return [name, withTags(read.get(key) ?? { status: 'absent' }, { tags: tags.get(key) ?? {} })];
    }),
  );
}

/** A part of the catalog may be unreadable; if all of it is, nothing can be planned. */
export function refuseUnreadable(read: readonly Read[]): void {
  const problems = read.flatMap((one) => (one.status === 'unreadable' ? [one.problem] : []));
  const [first] = problems;
  if (first === undefined || problems.length < read.length) return;
  fail({
    code: 'CATALOG.UNREADABLE',
    message: `none of the tables can be read (${String(read.length)} asked for): ${first.message}`,
    ...(first.hint === undefined ? {} : { hint: first.hint }),
  });
}

/** One request; what cannot be read is told with what is missing. */
export async function readTable(client: Client, name: string, context: ReadContext): Promise<Read> {
  try {
    const table = await getTable(client, name, context.signal);
    if (table.columns === undefined && table.browseOnly) return { status: 'unreadable', problem: columnsHidden(name) };
    return { status: 'present', table };
  } catch (error) {
    const code = apiCodeOf(error);
    if (code === 'API.NOT_FOUND') return { status: 'absent' };
    const [problem] = isDpoError(error) ? error.problems : [];
    if (problem === undefined || isSignInFailure(error)) throw error;
    return {
      status: 'unreadable',
      problem: code === 'API.FORBIDDEN' ? { ...problem, hint: tableGrantHint(name) } : problem,
    };
  }
}

function columnsHidden(name: string): Problem {
  return {
    code: 'API.FORBIDDEN',
    severity: 'error',
    message: `the columns of ${name} are hidden: it may only be browsed`,
    hint: tableGrantHint(name),
  };
}

export function withTags(read: Read, tags: Pick<CatalogTable, 'tags' | 'inherited'>): TableRead {
  if (read.status !== 'present') return read;
  const { fullName, tableId, tableType, changeDataFeed, sizeInBytes, columns = [] } = read.table;
  const spelt = columns.map((column) => ({ name: column.name, type: column.typeText.toLowerCase() }));
  const feed = changeDataFeed === undefined ? {} : { changeDataFeed };
  const size = sizeInBytes === undefined ? {} : { sizeInBytes };
  return { status: 'present', table: { fullName, tableId, tableType, columns: spelt, ...tags, ...feed, ...size } };
}
