import { columnNotFound, parseError, unsupported } from './sql-errors.ts';

/** A node of the tree that DuckDB's `json_serialize_sql` answers. */
type Node = Readonly<Record<string, unknown>>;

export interface ExpressionFacts {
  /** Names that the expression reads, in lower case. */
  readonly names: ReadonlySet<string>;
  /** It may have another value for the same row: it asks for the time, the caller or a random number. */
  readonly isVolatile: boolean;
}

/** Macros by the names that they have here, and functions of DuckDB. With an argument `unix_timestamp` does not vary. */
const volatileFunctions: ReadonlySet<string> = new Set([
  'now',
  'current_date',
  'unix_timestamp',
  'current_user',
  'is_member',
  'rand',
  'randn',
  'random',
  'uuid',
  'gen_random_uuid',
]);

/** What makes more than one value of a row, and is no part of an expression. */
const refusedClasses: Readonly<Record<string, string>> = {
  SUBQUERY: 'a subquery',
  WINDOW: 'a window function',
  STAR: 'a star',
  PARAMETER: 'a parameter',
  DEFAULT: 'DEFAULT',
};
const refusedFunctions: ReadonlySet<string> = new Set(['unnest', 'unlist', 'generate_subscripts']);

/**
 * Requires that a statement is `SELECT <one expression> FROM <one relation>` and nothing more, and that it reads no other
 * names than `known`. Throws the error of a warehouse otherwise.
 */
export function inspectExpression(tree: unknown, known: readonly string[]): ExpressionFacts {
  const select = onlySelect(tree);
  const nodes = [...nodesOf(select['select_list'])];
  const parameters = new Set(nodes.filter((node) => node['class'] === 'LAMBDA').flatMap((node) => lambdaNames(node)));
  const allowed = new Set(known.map((name) => name.toLowerCase()));
  const names = new Set<string>();
  for (const node of nodes) {
    refuseNode(node);
    const name = columnName(node);
    if (name === undefined || parameters.has(name.toLowerCase())) continue;
    if (!allowed.has(name.toLowerCase())) throw columnNotFound(name, known);
    names.add(name.toLowerCase());
  }
  const isVolatile = nodes.some((node) => volatileFunctions.has(String(node['function_name']).toLowerCase()));
  return { names, isVolatile };
}

function onlySelect(tree: unknown): Node {
  const statements = isNode(tree) ? tree['statements'] : undefined;
  const statement: unknown = Array.isArray(statements) && statements.length === 1 ? statements[0] : undefined;
  const select = isNode(statement) ? statement['node'] : undefined;
  if (!isNode(select) || !isPlain(select)) throw parseError('one expression is allowed');
  return select;
}

function isPlain(select: Node): boolean {
  const list = select['select_list'];
  const empty = ['modifiers', 'group_expressions', 'group_sets'].every((name) => {
    const value = select[name];
    return Array.isArray(value) && value.length === 0;
  });
  const absent = ['where_clause', 'having', 'qualify', 'sample'].every((name) => select[name] === null);
  return select['type'] === 'SELECT_NODE' && Array.isArray(list) && list.length === 1 && empty && absent;
}

function refuseNode(node: Node): void {
  const found = refusedClasses[String(node['class'])];
  if (found !== undefined) throw unsupported(`one expression is allowed, without ${found}`);
  const called = String(node['function_name']).toLowerCase();
  if (refusedFunctions.has(called)) throw unsupported(`one expression is allowed, without the generator ${called}`);
}

function columnName(node: Node): string | undefined {
  const parts: unknown = node['class'] === 'COLUMN_REF' ? node['column_names'] : undefined;
  return Array.isArray(parts) ? String(parts[0]) : undefined;
}

/** `x -> …` and `(x, y) -> …`: names that the expression brings along. */
function lambdaNames(lambda: Node): readonly string[] {
  return [...nodesOf(lambda['lhs'])].flatMap((node) => columnName(node)?.toLowerCase() ?? []);
}

function* nodesOf(tree: unknown): Generator<Node> {
  const waiting: unknown[] = [tree];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) waiting.push(...value);
    else if (isNode(value)) {
      yield value;
      waiting.push(...Object.values(value).filter((item) => typeof item === 'object'));
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
