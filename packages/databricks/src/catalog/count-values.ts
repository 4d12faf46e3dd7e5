import { qualifiedName, quoteIdentifier, quoteLiteral, type ReadContext, type ValueCounts } from '@dpo/core';
import { executeStatement } from '../api/statements.ts';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';

/** Columns of one table whose values are to be counted, as the catalog spells them. */
export interface CountRequest {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Tables in a statement: some hundred scans at once are what a small warehouse stands. */
const tablesInStatement = 100;
/** Statements beyond those that are needed when all goes well; then what is left is not counted. */
const mostRetries = 20;

/**
 * About how many values the columns have: one statement for up to 100 tables, each read once. A table that cannot be read
 * fails its statement, which is then halved to find it; it is told with the reason and not counted. Rejects only when the
 * warehouse cannot be used at all.
 */
export async function countValues(
  client: Client,
  { requests, warehouseId }: { readonly requests: readonly CountRequest[]; readonly warehouseId: string },
  context: ReadContext,
): Promise<ValueCounts> {
  const counts = new Map<string, ReadonlyMap<string, number>>();
  const uncounted = new Map<string, string>();
  const waiting: (readonly CountRequest[])[] = chunksOf(requests);
  for (let statements = 0, most = waiting.length + mostRetries; waiting.length > 0;) {
    const chunk = waiting.shift() ?? [];
    if (statements >= most) {
      for (const { table } of chunk) uncounted.set(table.toLowerCase(), 'too many tables could not be read');
      continue;
    }
    statements += 1;
    // One at a time: each scans tables.
    // oxlint-disable-next-line no-await-in-loop
    const rows = await rowsOf(client, { chunk, warehouseId }, context);
    if (typeof rows === 'string') {
      const [first] = chunk;
      if (chunk.length === 1 && first !== undefined) uncounted.set(first.table.toLowerCase(), rows);
      else waiting.push(chunk.slice(0, chunk.length / 2), chunk.slice(chunk.length / 2));
      continue;
    }
    for (const [index, values] of rows) take(counts, chunk[Number(index)], values ?? '');
  }
  return { counts, uncounted };
}

type Rows = readonly (readonly (string | null)[])[];

/** The reason, if a table of the chunk cannot be read. */
async function rowsOf(
  client: Client,
  { chunk, warehouseId }: { readonly chunk: readonly CountRequest[]; readonly warehouseId: string },
  context: ReadContext,
): Promise<Rows | string> {
  try {
    const statement = { warehouseId, text: chunk.map(selectOf).join(' UNION ALL '), effect: 'read' } as const;
    return (await executeStatement(client, statement, context)).rows;
  } catch (error) {
    const code = apiCodeOf(error);
    if (code !== 'API.STATEMENT' && code !== 'API.FORBIDDEN') throw error;
    return error instanceof Error ? error.message.replace(/^[A-Z.]+: /u, '') : code;
  }
}

/** https://docs.databricks.com/aws/en/sql/language-manual/functions/approx_count_distinct */
function selectOf({ table, columns }: CountRequest, index: number): string {
  const counts = columns.map((column) => `CAST(approx_count_distinct(${quoteIdentifier(column)}) AS STRING)`);
  return `SELECT ${quoteLiteral(String(index))} AS n, concat_ws(',', ${counts.join(', ')}) AS counts FROM ${qualifiedName(...table.split('.'))}`;
}

function take(
  counts: Map<string, ReadonlyMap<string, number>>,
  request: CountRequest | undefined,
  values: string,
): void {
  if (request === undefined) return;
  const numbers = values.split(',').map(Number);
  const found = request.columns.flatMap((column, index) => {
    const count = numbers[index];
    return count === undefined || !Number.isSafeInteger(count) ? [] : [[column.toLowerCase(), count] as const];
  });
  counts.set(request.table.toLowerCase(), new Map(found));
}

function chunksOf(requests: readonly CountRequest[]): (readonly CountRequest[])[] {
  const count = Math.ceil(requests.length / tablesInStatement);
  return Array.from({ length: count }, (_, index) =>
    requests.slice(index * tablesInStatement, (index + 1) * tablesInStatement),
  );
}
