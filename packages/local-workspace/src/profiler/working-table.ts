import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteIdentifier } from '../sql/quote.ts';
import { cellSql, timeSql } from './cell-sql.ts';
import { columnFamily, type ColumnFamily } from './column-family.ts';
import { findColumn, requireColumn } from './find-column.ts';
import { createGrouping, type Grouping } from './grouping.ts';
import type { ProfiledTable, ProfileRequest } from './profile-request.ts';
import { probabilityOf, type Probability } from './probability.ts';
import { limitSlices, tableSlices } from './slices.ts';
import { lookBackStart, timestampLiteral, windowGranularities, windowStartSql } from './time-windows.ts';

export interface WorkingColumn {
  readonly name: string;
  readonly typeText: string;
  readonly family: ColumnFamily;
  /** Name of the values in the working table. */
  readonly cell: string;
}

/** A copy of one table for one refresh, so that a view is evaluated once and every metric sees the same rows. */
export interface WorkingTable {
  readonly logType: 'INPUT' | 'BASELINE';
  /** Temporary table of this connection. */
  readonly name: string;
  readonly columns: readonly WorkingColumn[];
  readonly grouping: Grouping;
  /** Shape of the column `__p`, the model's probabilities; undefined without them. */
  readonly probability?: Probability['shape'];
}

export const inputTable = '__dpo_profile_input';
export const baselineTable = '__dpo_profile_baseline';

export async function createInputTable(request: ProfileRequest): Promise<WorkingTable> {
  const { connection, profile, table, now } = request;
  const types = await storedTypes(connection, table);
  const slices = await tableSlices(request, table);
  const source = [
    ...valueSql(table, types),
    ...originalSql(request, table),
    ...slices.flatMap((slice) => (slice === undefined ? [] : [slice.sql])),
  ];
  const model = profile.kind === 'inference_log' ? '__m' : undefined;
  if (profile.kind === 'inference_log') source.push(modelSql(requireColumn(table, profile.modelIdColumn).name));
  const probability = probabilityOf(profile, table);
  if (probability !== undefined) source.push(probability.sql);
  const granularities = windowGranularities(profile);
  const windows = granularities.map((_, index) => `__w${index}`);
  let selection = `SELECT ${source.join(', ')} FROM ${table.from}`;
  if (profile.kind !== 'snapshot') {
    const time = requireColumn(table, profile.timestampColumn);
    const starts = granularities.map((text, index) => `${windowStartSql('__t', text, now)} AS __w${index}`);
    const timed = `SELECT ${[...source, `${timeSql(time, storedType(types, time.name))} AS __t`].join(', ')} FROM ${table.from}`;
    selection = `SELECT ${['*', ...starts].join(', ')} FROM (${timed}) WHERE __t >= ${timestampLiteral(lookBackStart(now))}`;
  }
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${inputTable} AS ${selection}`);
  await limitSlices(connection, inputTable, slices);
  const names = slices.map((slice) => slice?.name);
  const grouping = createGrouping({ windows, slices: names, ...(model === undefined ? {} : { model }) });
  const shape = probability === undefined ? {} : { probability: probability.shape };
  return { logType: 'INPUT', name: inputTable, columns: workingColumns(table), grouping, ...shape };
}

/**
 * The baseline has no windows. Only columns that the monitored table has as well are profiled, and only slices that
 * the input shows. It may lack the model id and then describes all models together.
 */
export async function createBaselineTable(request: ProfileRequest, baseline: ProfiledTable): Promise<WorkingTable> {
  const { connection, profile } = request;
  const columns = baseline.columns.filter((column) => findColumn(request.table, column.name) !== undefined);
  const table = { from: baseline.from, columns };
  const slices = await tableSlices(request, table);
  const source = [
    ...valueSql(table, await storedTypes(connection, table)),
    ...originalSql(request, table),
    ...slices.flatMap((slice) => (slice === undefined ? [] : [slice.sql])),
  ];
  const modelColumn = profile.kind === 'inference_log' ? findColumn(table, profile.modelIdColumn) : undefined;
  if (modelColumn !== undefined) source.push(modelSql(modelColumn.name));
  const probability = probabilityOf(profile, table);
  if (probability !== undefined) source.push(probability.sql);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${baselineTable} AS SELECT ${source.join(', ')} FROM ${table.from}`,
  );
  for (const slice of slices) {
    if (slice === undefined) continue;
    const known = `SELECT DISTINCT ${slice.name} FROM ${inputTable} WHERE ${slice.name} IS NOT NULL`;
    await connection.run(`UPDATE ${baselineTable} SET ${slice.name} = NULL WHERE ${slice.name} NOT IN (${known})`);
  }
  const names = slices.map((slice) => slice?.name);
  const grouping = createGrouping({
    windows: [],
    slices: names,
    ...(modelColumn === undefined ? {} : { model: '__m' }),
  });
  const shape = probability === undefined ? {} : { probability: probability.shape };
  return { logType: 'BASELINE', name: baselineTable, columns: workingColumns(table), grouping, ...shape };
}

/** Name of the stored values of a column in the working table. */
export function originalCell(cell: string): string {
  return `${cell}_original`;
}

function workingColumns(table: ProfiledTable): readonly WorkingColumn[] {
  return table.columns.map(({ name, typeText }, index) => ({
    name,
    typeText,
    family: columnFamily(typeText),
    cell: `__c${index}`,
  }));
}

function valueSql(table: ProfiledTable, types: ReadonlyMap<string, string>): readonly string[] {
  const values = table.columns.map(
    (column, index) => `${cellSql(column, storedType(types, column.name))} AS __c${index}`,
  );
  return values.length === 0 ? ['true AS __row'] : values;
}

/** Aggregate metrics read values as they are stored; without such metrics they are not kept. */
function originalSql({ customMetrics }: ProfileRequest, table: ProfiledTable): readonly string[] {
  if (!customMetrics.some(({ kind }) => kind === 'aggregate')) return [];
  return table.columns.map(({ name }, index) => `${quoteIdentifier(name)} AS ${originalCell(`__c${index}`)}`);
}

function modelSql(name: string): string {
  return `CAST(${quoteIdentifier(name)} AS VARCHAR) AS __m`;
}

async function storedTypes(connection: DuckDBConnection, table: ProfiledTable): Promise<ReadonlyMap<string, string>> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${table.from}`);
  return new Map(described.getRows().map((row) => [String(row[0]).toLowerCase(), String(row[1])]));
}

function storedType(types: ReadonlyMap<string, string>, name: string): string {
  return types.get(name.toLowerCase()) ?? '';
}
