import { isDpoError, isOneOf, type MetricColumns, type Principal, type Problem, type SettledColumns } from '@dpo/core';
import { tableGrantStatement } from '../api/grant-hints.ts';
import { getSchema } from '../api/schemas.ts';
import type { StatementContext } from '../api/statements.ts';
import { getTable } from '../api/tables.ts';
import { apiCodeOf } from '../client/api-error.ts';
import type { Client } from '../client/client.ts';
import { unreadableTables } from './unreadable-tables.ts';

export interface SettleRequest {
  readonly tables: readonly string[];
  /** As `readMetricColumns` gave them. */
  readonly columnsOf: MetricColumns;
  readonly warehouseId: string;
  /** Who asks. */
  readonly runner: Principal | undefined;
}

/** So many at once; the client paces them. */
const batchSize = 16;

/**
 * Tells what `readMetricColumns` cannot: of a table without columns whether it is not there or hidden, of one with columns
 * whether its rows may be read (W023).
 * Requests: one for each schema with a missing table, none more if it belongs to the runner, else one for each missing table;
 * one statement for those that are there, and for each that may not be read as often as halving takes.
 */
export async function settleMetricColumns(
  client: Client,
  request: SettleRequest,
  context: StatementContext,
): Promise<SettledColumns> {
  const { columnsOf, warehouseId, runner } = request;
  const there = request.tables.filter((name) => typeof columnsOf(name) !== 'string');
  const missing = await settleMissing(client, request, context.signal);
  try {
    const denied = await unreadableTables(client, { tables: there, warehouseId }, context);
    return settled(missing, denied, runner);
  } catch (error) {
    if (!isDpoError(error)) throw error;
    return { ...settled(missing, [], runner), failed: [...missing.failed, ...error.problems.slice(0, 1)] };
  }
}

interface Missing {
  readonly columnsOf: MetricColumns;
  readonly hidden: readonly string[];
  readonly failed: readonly Problem[];
}

/** The first half: 404 is not there, 403 is hidden, anything else says nothing (W020). */
export async function settleMissing(
  client: Client,
  { tables, columnsOf, runner }: Pick<SettleRequest, 'tables' | 'columnsOf' | 'runner'>,
  signal?: AbortSignal,
): Promise<Missing> {
  const missing = tables.filter((name) => columnsOf(name) === 'absent');
  const doubtful = await inSchemasOfOthers(client, { missing, runner }, signal);
  const hidden: string[] = [];
  const unknown: string[] = [];
  const failed: Problem[] = [];
  for (let start = 0; start < doubtful.length; start += batchSize) {
    const batch = doubtful.slice(start, start + batchSize).map(async (name) => {
      try {
        // Where it has come since, the next plan sees it.
        if ((await getTable(client, name, signal)).browseOnly) hidden.push(name);
      } catch (error) {
        if (apiCodeOf(error) === 'API.NOT_FOUND') return;
        if (apiCodeOf(error) === 'API.FORBIDDEN') return void hidden.push(name);
        if (!isDpoError(error)) throw error;
        unknown.push(name);
        if (failed.length === 0) failed.push(...error.problems.slice(0, 1));
      }
    });
    // oxlint-disable-next-line no-await-in-loop
    await Promise.all(batch);
  }
  return { columnsOf: over(over(columnsOf, hidden, 'denied'), unknown, 'unknown'), hidden, failed };
}

interface Doubt {
  readonly missing: readonly string[];
  readonly runner: Principal | undefined;
}

/** Nothing in a schema is hidden from its owner, so that what is missing there is not there. */
async function inSchemasOfOthers(
  client: Client,
  { missing, runner }: Doubt,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  if (runner === undefined) return missing;
  const owned = new Set<string>();
  for (const schema of new Set(missing.map(schemaOf))) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      const { owner } = await getSchema(client, schema, signal);
      if (owner !== undefined && isOneOf(runner, owner)) owned.add(schema);
    } catch (error) {
      if (apiCodeOf(error) === undefined) throw error;
    }
  }
  return missing.filter((name) => !owned.has(schemaOf(name)));
}

function settled(
  { columnsOf, hidden, failed }: Missing,
  denied: readonly string[],
  runner?: Principal,
): SettledColumns {
  const all = [...hidden, ...denied];
  return {
    columnsOf: over(columnsOf, denied, 'denied'),
    denied: all.map((name) => ({ name, hint: tableGrantStatement(name, runner?.userName) })),
    failed,
  };
}

/** The same, with another answer for some. */
export function over(columnsOf: MetricColumns, names: readonly string[], answer: 'denied' | 'unknown'): MetricColumns {
  if (names.length === 0) return columnsOf;
  const those = new Set(names.map((name) => name.toLowerCase()));
  return (name) => (those.has(name.toLowerCase()) ? answer : columnsOf(name));
}

function schemaOf(name: string): string {
  return name.toLowerCase().split('.').slice(0, 2).join('.');
}
