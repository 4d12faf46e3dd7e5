import type { DuckDBConnection } from '@duckdb/node-api';
import type { DuckDBName } from './qualify-names.ts';
import { quoteLiteral } from './quote.ts';
import { functionSchema } from './sql-functions.ts';
import { parseError, tableNotFound } from './sql-errors.ts';
import { SqlError } from './statement-engine.ts';

/** The only functions that may stand where a table does. DuckDB has many more, and most of them read files. */
const tableFunctions: ReadonlySet<string> = new Set(['range', 'generate_series', 'unnest', 'generate_subscripts']);

/** Scalar functions that show or change the host, the database or the state of a connection. */
const refusedFunctions: ReadonlySet<string> = new Set([
  'getenv',
  'getvariable',
  'current_setting',
  'set_config',
  'nextval',
  'currval',
  'setseed',
  'sleep_ms',
  'write_log',
  'current_database',
  'current_schema',
  'current_schemas',
  'current_catalog',
  'current_query',
  'in_search_path',
  'txid_current',
  'current_transaction_id',
  'current_query_id',
  'current_connection_id',
  'version',
  'query',
  'query_table',
  'parse_duckdb_log_message',
  'add_parquet_key',
  'json_execute_serialized_sql',
  'json_serialize_plan',
]);

/**
 * Lets a translated query pass only when DuckDB's own parser finds in it nothing but one query over the given tables and
 * harmless functions. DuckDB would read a file for a table called '/etc/passwd.csv' and the network for a URL; whatever the
 * lexer or the translator got wrong ends here.
 */
export async function guardQuery(
  connection: DuckDBConnection,
  query: { readonly sql: string; readonly tables: readonly DuckDBName[] },
): Promise<void> {
  const reader = await connection.runAndReadAll(`SELECT json_serialize_sql(${quoteLiteral(query.sql)})`);
  const tree: unknown = JSON.parse(String(reader.getRows()[0]?.[0]));
  if (!isNode(tree)) throw parseError('the statement cannot be read');
  if (tree['error'] !== false) throw parseError(String(tree['error_message']));
  if (!Array.isArray(tree['statements']) || tree['statements'].length !== 1)
    throw parseError('one statement is allowed');
  const allowed = new Set(query.tables.map((table) => keyOf(table)));
  const expressions = new Set<string>();
  visit(tree, (node) => collectExpressions(node, expressions));
  visit(tree, (node) => inspect(node, allowed, expressions));
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own stack, because a UNION of many branches nests as deep as it has branches. */
function visit(tree: Node, look: (node: Node) => void): void {
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) {
      for (const item of value) waiting.push(item);
    } else if (isNode(value)) {
      look(value);
      for (const item of Object.values(value)) if (typeof item === 'object') waiting.push(item);
    }
  }
}

function keyOf(name: readonly string[]): string {
  return JSON.stringify(name.filter((part) => part !== '').map((part) => part.toLowerCase()));
}

/** Names in WITH: `cte_map: { map: [{ key, value }] }`. */
function collectExpressions(node: Node, expressions: Set<string>): void {
  const map = isNode(node['cte_map']) ? node['cte_map']['map'] : undefined;
  if (!Array.isArray(map)) return;
  for (const entry of map) if (isNode(entry)) expressions.add(keyOf([String(entry['key'])]));
}

function inspect(node: Node, allowed: ReadonlySet<string>, expressions: ReadonlySet<string>): void {
  if (node['type'] === 'BASE_TABLE') {
    const name = [node['catalog_name'], node['schema_name'], node['table_name']].map(String);
    const key = keyOf(name);
    const known = allowed.has(key) || expressions.has(key);
    if (!known) throw tableNotFound(name.filter((part) => part !== ''));
  }
  if (node['type'] === 'TABLE_FUNCTION') {
    const name = isNode(node['function']) ? String(node['function']['function_name']).toLowerCase() : '';
    if (!tableFunctions.has(name)) throw refused(name, 'table function');
  }
  if (node['type'] === 'SHOW_REF') throw parseError('SHOW and DESCRIBE are no queries');
  if ('function_name' in node) inspectFunction(node);
}

function inspectFunction(node: Node): void {
  const name = String(node['function_name']).toLowerCase();
  const schema = String(node['schema']).toLowerCase();
  const database = String(node['catalog']);
  // The parser itself writes some operators as functions of system.main or pg_catalog.
  const known = ['', 'system'].includes(database) && ['', 'main', 'pg_catalog', functionSchema].includes(schema);
  if (!known || refusedFunctions.has(name) || /^(?:pg_|duckdb_|pragma_|read_)/.test(name))
    throw refused(name, 'function');
}

function refused(name: string, kind: string): SqlError {
  const message = `Cannot resolve routine \`${name}\`: the embedded workspace has no such ${kind}.`;
  return new SqlError('UNRESOLVED_ROUTINE', '42883', message);
}
