import type { Problem, ReadContext } from '@dpo/core';
import { schemaGrantHint } from '../api/grant-hints.ts';
import { listTables, type Table } from '../api/tables.ts';
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
    await readAll(schemas, context, async (schema, inner) => [schema, await listOf(client, schema, inner)] as const),
  );
}

async function listOf(client: Client, fullName: string, context: ReadContext): Promise<SchemaList> {
  const [catalog = '', schema = ''] = fullName.split('.');
  const tried = await tryRead(() => listTables(client, { catalog, schema, properties: true }, context.signal));
  if (tried.status === 'failed') {
    const { problem } = tried;
    const hint = problem.code === 'API.FORBIDDEN' ? { hint: schemaGrantHint(fullName) } : {};
    return { status: 'unreadable', problem: { ...problem, ...hint } };
  }
  const tables = tried.status === 'absent' ? [] : tried.value;
  return { status: 'listed', tables: new Map(tables.map((table) => [table.fullName.toLowerCase(), table])) };
}
