import { noResult, stringTable } from './command.ts';
import type { Command } from './command.ts';
import { requireModifiable } from './rights.ts';
import { runBound } from '../parameters.ts';
import { prepareConnection } from '../run-query.ts';
import { requireTable, resolveTableName } from '../session.ts';
import { unsupported } from '../sql-errors.ts';
import { SqlError } from '../statement-engine.ts';

/** OPTIMIZE and VACUUM lay out files, of which there are none here. */
export const optimizeTable: Command = async ({ session, cursor }) => {
  requireModifiable(session, resolveTableName(session, cursor.dottedName()));
  cursor.rest();
  return noResult;
};

/** ANALYZE TABLE, REFRESH TABLE: statistics and caches that nothing reads. */
export const analyzeTable: Command = async ({ session, cursor }) => {
  cursor.take('TABLE');
  requireTable(session, resolveTableName(session, cursor.dottedName()));
  cursor.rest();
  return noResult;
};

/** EXPLAIN [EXTENDED | FORMATTED | COST] query: the plan of DuckDB, which runs it. */
export const explain: Command = async ({ session, cursor, queries }) => {
  ['EXTENDED', 'FORMATTED', 'CODEGEN', 'COST'].some((word) => cursor.take(word));
  const query = await queries.prepare(session, cursor.rest(), 'once');
  return session.storage.query(async (connection) => {
    await prepareConnection(connection, session);
    const reader = await runBound(connection, { ...query, sql: `EXPLAIN ${query.sql}` });
    const plan = reader.getRows().map((row) => String(row[1] ?? ''));
    return stringTable(['plan'], [[`== Physical Plan ==\n${plan.join('\n')}`]]);
  });
};

/** Settings of a session that a warehouse knows, with the only value they have here. */
const settings: Readonly<Record<string, string | undefined>> = {
  ansi_mode: 'true',
  'spark.sql.ansi.enabled': 'true',
  timezone: 'utc',
  'spark.sql.session.timezone': 'utc',
  use_cached_result: undefined,
  statement_timeout: undefined,
  max_file_partition_bytes: undefined,
  read_only_external_metastore: undefined,
};

/** SET name = value, SET TIME ZONE zone: accepted where it changes nothing. A statement has no session to set anything in. */
export const setOption: Command = async ({ cursor }) => {
  const zone = cursor.take('TIME', 'ZONE');
  const name = zone ? 'timezone' : cursor.dottedName().join('.').toLowerCase();
  if (!zone) cursor.takeSymbol('=');
  const value = cursor
    .rest()
    .map((token) => token.value)
    .join('')
    .toLowerCase();
  requireSetting(name);
  const only = settings[name];
  const same = only === undefined || value === '' || value === only || (only === 'utc' && value === 'etc/utc');
  if (!same) throw unsupported(`${name} = ${value}; it is always ${only}`);
  return value === '' ? stringTable(['key', 'value'], [[name, only ?? '']]) : noResult;
};

/** RESET [name] */
export const resetOption: Command = async ({ cursor }) => {
  const name = cursor.peek() === undefined ? undefined : cursor.dottedName().join('.').toLowerCase();
  cursor.expectEnd();
  if (name !== undefined) requireSetting(name);
  return noResult;
};

function requireSetting(name: string): void {
  if (Object.hasOwn(settings, name)) return;
  throw new SqlError('CONFIG_NOT_AVAILABLE', '42K0I', `Configuration ${name} is not available.`);
}
