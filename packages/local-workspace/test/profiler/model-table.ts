import type { Json } from '@duckdb/node-api';
import type { ProfiledTable, ProfileType } from '../../src/profiler/profile-request.ts';
import { createCursor } from '../../src/sql/cursor.ts';
import { tokenize } from '../../src/sql/lexer.ts';
import { quoteLiteral } from '../../src/sql/quote.ts';
import { readType } from '../../src/sql/read-type.ts';
import { duckdbTypeText } from '../../src/sql/spark-type.ts';
import type { ProfiledWorkspace } from './profiled-workspace.ts';

export interface ModelColumn {
  /** Spark type text. */
  readonly type: string;
  /** Plain values; an object stands for a map. */
  readonly values: readonly Json[];
}

export const classificationProfile = {
  kind: 'inference_log',
  timestampColumn: 'ts',
  granularities: ['1 day'],
  predictionColumn: 'prediction',
  labelColumn: 'label',
  modelIdColumn: 'model',
  problemType: 'classification',
} as const satisfies ProfileType;

/** Makes the table `t`, whose rows are all of one day and one model, and answers how a profile reads it. */
export async function createModelTable(
  workspace: ProfiledWorkspace,
  given: Readonly<Record<string, ModelColumn>>,
): Promise<ProfiledTable> {
  const size = Object.values(given)[0]?.values.length ?? 0;
  const columns = Object.entries({
    ts: { type: 'timestamp', values: Array<Json>(size).fill('2026-07-01') },
    model: { type: 'string', values: Array<Json>(size).fill('v1') },
    ...given,
  });
  const list = columns.map(([name, { type }]) => `${name} ${duckdbTypeText(readType(createCursor(tokenize(type))))}`);
  await workspace.run(`CREATE TABLE t (${list.join(', ')})`);
  const rows = Array.from({ length: size }, (_, row) =>
    columns.map(([, { values }]) => literal(values[row] ?? null)).join(', '),
  );
  await workspace.run(`INSERT INTO t VALUES ${rows.map((row) => `(${row})`).join(', ')}`);
  return {
    from: 't',
    columns: columns.map(([name, { type }]) => ({ name, typeText: type, nullable: true })),
  };
}

/** Numbers are written as text, as DuckDB would read `0.1` as a decimal. */
function literal(value: Json): string {
  if (value === null) return 'NULL';
  if (typeof value !== 'object') return quoteLiteral(String(value));
  return `MAP {${Object.entries(value)
    .map(([key, share]) => `${quoteLiteral(key)}: ${literal(share)}`)
    .join(', ')}}`;
}
