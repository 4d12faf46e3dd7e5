import type { Problem, ReadContext } from '@dpo/core';
import { schemaGrantHint } from '../api/grant-hints.ts';
import { listTables, type SchemaToList, type Table } from '../api/tables.ts';
import type { Client } from '../client/client.ts';
import { tryRead } from '../providers/try-read.ts';
import { readAll } from './read-all.ts';

/** What the list of one schema says. A schema that is gone has no tables. */
export type SchemaList =
  | { readonly status: 'listed'; readonly tables: ReadonlyMap<string, Table> }
  | { readonly status: 'unreadable'; readonly problem: Problem };

/**
 * Ids, types and properties of all tables of the schemas (`catalog.schema` in lower case), which `information_schema` does not have; one
 * request a page. A list that fails says nothing about its tables; the other lists count all the same (U055).
 */
export async function listSchemaTables(
  client: Client,
  schemas: readonly string[],
  context: ReadContext,
): Promise<ReadonlyMap<string, SchemaList>> {
  return new Map(
    await readAll(schemas, context, async (fullName, inner) => {
      const [catalog = '', schema = ''] = fullName.split('.');
      return [fullName, await listSchema(client, { catalog, schema }, inner)] as const;
    }),
  );
}

/** The same of one schema. */
export async function listSchema(client: Client, list: SchemaToList, context: ReadContext): Promise<SchemaList> {
  const fullName = `${list.catalog}.${list.schema}`;
  const tried = await tryRead(() => listTables(client, { ...list, properties: true }, context.signal));
  if (tried.status === 'failed') {
    const { problem } = tried;
    const hint = problem.code === 'API.FORBIDDEN' ? { hint: schemaGrantHint(fullName) } : {};
    return { status: 'unreadable', problem: { ...problem, ...hint } };
  }
  const tables = tried.status === 'absent' ? [] : tried.value;
  return { status: 'listed', tables: new Map(tables.map((table) => [table.fullName.toLowerCase(), table])) };
}
