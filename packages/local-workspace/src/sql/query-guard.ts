import type { DuckDBConnection } from '@duckdb/node-api';
import type { DuckDBName } from './duckdb-name.ts';
import { quoteLiteral } from './quote.ts';
import { allowedFunctions } from './allowed-functions.ts';
import { macros } from './functions/install-functions.ts';
import { functionSchema } from './functions/macro.ts';
import { parseError, tableNotFound } from './sql-errors.ts';
import { SqlError } from './statement-engine.ts';

/** The only functions that may stand where a table does. DuckDB has many more, and most of them read files. */
const tableFunctions: ReadonlySet<string> = new Set(['range', 'generate_series', 'unnest', 'generate_subscripts']);

/**
 * Lets a translated query pass only when DuckDB's own parser finds in it nothing but one query over the given tables and
 * harmless functions. DuckDB would read a file for a table called '/etc/passwd.csv' and the network for a URL; whatever the
 * lexer or the translator got wrong ends here.
 */
export async function guardQuery(
  connection: DuckDBConnection,
  query: {
    readonly sql: string;
    readonly tables: readonly DuckDBName[];
    /** Schema and name of the functions of Unity Catalog that it calls. */
    readonly functions?: readonly DuckDBName[];
  },
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
  const functions = new Set((query.functions ?? []).map((name) => keyOf(name)));
  visit(tree, (node) => {
    inspect(node, allowed, expressions);
    if ('function_name' in node) inspectFunction(node, functions);
  });
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
}

function inspectFunction(node: Node, functions: ReadonlySet<string>): void {
  const name = String(node['function_name']).toLowerCase();
  const schema = String(node['schema']).toLowerCase();
  const database = String(node['catalog']).toLowerCase();
  if (schema === functionSchema && database === '') {
    if (!Object.hasOwn(macros, name)) throw refused(name, 'function');
    return;
  }
  if (functions.has(keyOf([database, schema, name]))) return;
  // The parser itself writes some operators as functions of system.main or pg_catalog.
  const builtIn = ['', 'system'].includes(database) && ['', 'main', 'pg_catalog'].includes(schema);
  if (!builtIn || !allowedFunctions.has(name)) throw refused(name, 'function');
}

function refused(name: string, kind: string): SqlError {
  const message = `Cannot resolve routine \`${name}\`: the embedded workspace has no such ${kind}.`;
  return new SqlError('UNRESOLVED_ROUTINE', '42883', message);
}
