import type { DuckDBConnection } from '@duckdb/node-api';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { applyAction } from './delta-actions.ts';
import type { DeltaFile, DeltaState } from './delta-actions.ts';
import { deltaFields } from './delta-type.ts';
import type { DeltaField } from './delta-type.ts';

/** A Delta table as its log describes the latest version. */
export interface DeltaSnapshot {
  readonly version: number;
  readonly fields: readonly DeltaField[];
  readonly partitionColumns: readonly string[];
  readonly files: readonly DeltaFile[];
}

/** Reads the latest checkpoint and the commits after it. Throws where rows could be wrong otherwise. */
export async function readDeltaLog(connection: DuckDBConnection, folder: string): Promise<DeltaSnapshot> {
  const log = join(folder, '_delta_log');
  const names = await readdir(log);
  const checkpoint = latestCheckpoint(names);
  const state: DeltaState = { files: new Map(), metadata: undefined };
  if (checkpoint !== undefined) {
    const paths = checkpoint.names.map((name) => join(log, name));
    for (const action of await checkpointActions(connection, paths)) applyAction(state, action);
  }
  const first = (checkpoint?.version ?? -1) + 1;
  const commits = names.flatMap((name) => /^(\d{20})\.json$/.exec(name)?.[1] ?? []).toSorted();
  let version = first - 1;
  for (const commit of commits.filter((number) => Number(number) >= first)) {
    version += 1;
    if (Number(commit) !== version) throw new Error(`commit ${version} is missing in the Delta log`);
    const lines = (await readFile(join(log, `${commit}.json`), 'utf8')).split('\n');
    for (const line of lines.filter((text) => text.trim() !== ''))
      applyAction(state, JSON.parse(line) as object as never);
  }
  const { metadata, files } = state;
  if (metadata === undefined) throw new Error('the Delta log holds no metadata of the table');
  const { partitionColumns } = metadata;
  return { version, partitionColumns, fields: deltaFields(metadata.schemaString), files: [...files.values()] };
}

/** The newest checkpoint whose parts are all there. */
function latestCheckpoint(
  names: readonly string[],
): { readonly version: number; readonly names: readonly string[] } | undefined {
  const parts = names.flatMap((name) => {
    const match = /^(\d{20})\.checkpoint(?:\.\d{10}\.(\d{10}))?\.parquet$/.exec(name);
    return match === null ? [] : [{ name, version: Number(match[1]), of: Number(match[2] ?? 1) }];
  });
  const complete = parts.filter(
    ({ version, of }) => parts.filter((part) => part.version === version && part.of === of).length === of,
  );
  const newest = complete.toSorted((left, right) => right.version - left.version)[0];
  if (newest === undefined) return undefined;
  const { version, of } = newest;
  const own = complete.filter((part) => part.version === version && part.of === of);
  return { version, names: own.map(({ name }) => name) };
}

async function checkpointActions(
  connection: DuckDBConnection,
  paths: readonly string[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const source = `read_parquet([${paths.map(quoteLiteral).join(', ')}], union_by_name = true)`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
  const columns = described.getRows().map(([name]) => String(name));
  const asJson = columns.map((name) => `to_json(${quoteIdentifier(name)})`).join(', ');
  const rows = (await connection.runAndReadAll(`SELECT ${asJson} FROM ${source}`)).getRows();
  return rows.map((row) =>
    Object.fromEntries(
      row.map((cell, index) => [columns[index] ?? '', cell === null ? null : (JSON.parse(String(cell)) as unknown)]),
    ),
  );
}
