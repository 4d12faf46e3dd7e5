import type { DuckDBName } from './duckdb-name.ts';
import { qualifyColumns } from './qualify-columns.ts';
import type { ObjectName, Session } from './session.ts';
import { duckdbSchema, fullNameOf, informationSchema, resolveTableName } from './session.ts';
import type { InformationName } from './information/information-port.ts';
import { requireInformationView } from './information/information-views.ts';
import { requireReadable } from './readable.ts';
import { parseError } from './sql-errors.ts';
import { endOfVersion } from './time-travel.ts';
import type { Token } from './lexer.ts';
import { isName, isSymbol, isWord, nameTokens, symbolToken } from './tokens.ts';

export interface QualifiedQuery {
  readonly tokens: readonly Token[];
  /** Every table that the query may read; the guard refuses a translation that reads others. */
  readonly tables: readonly DuckDBName[];
  /** Full names of the tables and views of Unity Catalog among them. */
  readonly reads: readonly string[];
  readonly informationViews: readonly InformationName[];
}

interface Walk {
  readonly session: Session;
  readonly tokens: readonly Token[];
  readonly output: Token[];
  /** Names in the query, in lower case and joined with dots, and what stands for them. */
  readonly references: Map<string, DuckDBName>;
  readonly tables: DuckDBName[];
  readonly reads: Set<string>;
  readonly informationViews: InformationName[];
}

type Scope = ReadonlySet<string>;

/** Where the walk is within one SELECT: a comma starts a table in `from`, not elsewhere. */
type Clause = 'from' | 'condition' | 'other';

/**
 * Replaces the names of tables by those of DuckDB: `prod.ml.churn` by `` `prod.ml`.`churn` ``. Names of common table
 * expressions stay. Throws TABLE_OR_VIEW_NOT_FOUND for a table that Unity Catalog does not know.
 */
export function qualifyNames(session: Session, tokens: readonly Token[]): QualifiedQuery {
  const walk: Walk = {
    session,
    tokens,
    output: [],
    references: new Map(),
    tables: [],
    reads: new Set(),
    informationViews: [],
  };
  const end = walkQuery(walk, 0, new Set());
  if (end < tokens.length) throw unexpected(tokens, end);
  return {
    tokens: qualifyColumns(walk.output, walk.references),
    tables: walk.tables,
    reads: [...walk.reads],
    informationViews: walk.informationViews,
  };
}

/** True for the first word of a query in brackets. */
export function startsQuery(token: Token | undefined): boolean {
  return isWord(token, 'SELECT', 'WITH', 'VALUES', 'FROM');
}

/** Copies from `start` to the bracket that closes the query or to the end, and answers that index. */
function walkQuery(walk: Walk, start: number, outer: Scope): number {
  const { index, scope } = isWord(walk.tokens[start], 'WITH')
    ? walkWith(walk, start, outer)
    : { index: start, scope: outer };
  return walkClauses(walk, index, { scope, clause: 'other', expected: false });
}

function walkWith(walk: Walk, start: number, outer: Scope): { readonly index: number; readonly scope: Scope } {
  const { tokens, output } = walk;
  let scope = outer;
  let index = copy(walk, start);
  const recursive = isWord(tokens[index], 'RECURSIVE');
  if (recursive) index = copy(walk, index);
  for (;;) {
    const name = tokens[index];
    if (!isName(name)) throw unexpected(tokens, index);
    // DuckDB reads a file for an unknown name that looks like one, also when the expression is out of scope.
    if (/[^\p{L}\p{N}_ -]/u.test(name.value))
      throw parseError(`invalid name of a common table expression: '${name.value}'`);
    index = copy(walk, index);
    if (isSymbol(tokens[index], '(')) index = walkExpression(walk, index, scope);
    if (isWord(tokens[index], 'AS')) index = copy(walk, index);
    if (!isSymbol(tokens[index], '(')) throw unexpected(tokens, index);
    const inner = new Set([...scope, name.value.toLowerCase()]);
    output.push(tokens[index] ?? symbolToken('('));
    index = walkQuery(walk, index + 1, recursive ? inner : scope);
    index = copyClosing(walk, index);
    scope = inner;
    if (!isSymbol(tokens[index], ',')) return { index, scope };
    index = copy(walk, index);
  }
}

interface Position {
  readonly scope: Scope;
  readonly clause: Clause;
  /** True where the next token starts a table. */
  readonly expected: boolean;
}

function walkClauses(walk: Walk, start: number, position: Position): number {
  const { tokens, output } = walk;
  const { scope } = position;
  let { clause, expected } = position;
  let index = start;
  while (index < tokens.length && !isSymbol(tokens[index], ')')) {
    const token = tokens[index];
    if (isSymbol(token, '(')) {
      index =
        expected && !startsQuery(tokens[index + 1]) ? walkJoin(walk, index, scope) : walkExpression(walk, index, scope);
      expected = false;
    } else if (isWord(token, 'LATERAL') && isWord(tokens[index + 1], 'VIEW')) {
      // The comma in `AS a, b` behind a lateral view starts no table.
      clause = 'other';
      index = copy(walk, index);
    } else if (expected && isWord(token, 'LATERAL')) index = copy(walk, index);
    else if (expected && isWord(token, 'VALUES')) {
      index = walkValues(walk, index, scope);
      expected = false;
    } else if (expected && isName(token)) {
      index = walkTable(walk, index, scope);
      expected = false;
    } else if (expected) throw unexpected(tokens, index);
    else {
      const next = clauseAfter(tokens, index, clause);
      clause = next.clause;
      expected = next.expected;
      output.push(...tokens.slice(index, index + 1));
      index += 1;
    }
  }
  if (expected) throw parseError('Syntax error at or near end of input: a table is missing');
  return index;
}

const endOfFrom = [
  'SELECT',
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'QUALIFY',
  'LIMIT',
  'WINDOW',
  'UNION',
  'EXCEPT',
  'INTERSECT',
  'MINUS',
  'SORT',
  'CLUSTER',
  'DISTRIBUTE',
  'PIVOT',
  'UNPIVOT',
];

function clauseAfter(
  tokens: readonly Token[],
  index: number,
  clause: Clause,
): { readonly clause: Clause; readonly expected: boolean } {
  const token = tokens[index];
  if (isSymbol(tokens[index - 1], '.')) return { clause, expected: false };
  if (isWord(token, 'FROM') && !isWord(tokens[index - 1], 'DISTINCT')) return { clause: 'from', expected: true };
  if (isWord(token, 'JOIN')) return { clause: 'from', expected: true };
  if (isWord(token, 'ON', 'USING') && clause === 'from') return { clause: 'condition', expected: false };
  if (isWord(token, ...endOfFrom)) return { clause: 'other', expected: false };
  if (isSymbol(token, ',') && clause !== 'other') return { clause: 'from', expected: true };
  return { clause, expected: false };
}

/** `(` of an expression, an argument list or a subquery; answers the index behind its `)`. */
function walkExpression(walk: Walk, open: number, scope: Scope): number {
  const { tokens, output } = walk;
  const inner = copy(walk, open);
  let first = inner;
  while (isSymbol(tokens[first], '(')) first += 1;
  if (startsQuery(tokens[first])) return copyClosing(walk, walkQuery(walk, inner, scope));
  let index = inner;
  while (index < tokens.length && !isSymbol(tokens[index], ')')) {
    if (isSymbol(tokens[index], '(')) index = walkExpression(walk, index, scope);
    else {
      output.push(...tokens.slice(index, index + 1));
      index += 1;
    }
  }
  return copyClosing(walk, index);
}

/** `FROM (a JOIN b)` */
function walkJoin(walk: Walk, open: number, scope: Scope): number {
  const inner = copy(walk, open);
  return copyClosing(walk, walkClauses(walk, inner, { scope, clause: 'from', expected: true }));
}

/** `FROM VALUES (1), (2) AS t(a)` needs brackets in DuckDB. */
function walkValues(walk: Walk, start: number, scope: Scope): number {
  const { tokens, output } = walk;
  output.push({ ...symbolToken('('), spaced: true });
  let index = copy(walk, start);
  while (isSymbol(tokens[index], '(') || isSymbol(tokens[index], ',')) {
    index = isSymbol(tokens[index], '(') ? walkExpression(walk, index, scope) : copy(walk, index);
  }
  output.push(symbolToken(')'));
  return index;
}

function walkTable(walk: Walk, start: number, scope: Scope): number {
  const { session, tokens, output, references, tables } = walk;
  const { parts, next } = readDottedName(tokens, start);
  const isFunction = isSymbol(tokens[next], '(') && parts.length === 1;
  if (isFunction) return walkExpression(walk, copy(walk, start), scope);
  if (parts.length === 1 && scope.has(parts[0]?.toLowerCase() ?? '')) return copy(walk, start);
  const name = resolveTableName(session, parts);
  const target = duckdbNameOf(walk, name);
  tables.push(target);
  references.set(fullNameOf(name), target);
  references.set(`${name.schema}.${name.name}`, target);
  output.push(...nameTokens(target));
  return endOfVersion(session, tokens, { table: name, next });
}

function duckdbNameOf({ session, reads, informationViews }: Walk, name: ObjectName): DuckDBName {
  if (name.schema !== informationSchema) {
    requireReadable(session, name);
    reads.add(fullNameOf(name));
    return [duckdbSchema(name), name.name];
  }
  requireInformationView(session, name);
  informationViews.push({ catalog: name.catalog, view: name.name });
  return session.information.nameOf(session.caller, name.catalog, name.name);
}

export function readDottedName(
  tokens: readonly Token[],
  start: number,
): { readonly parts: readonly string[]; readonly next: number } {
  const parts: string[] = [];
  let index = start;
  for (;;) {
    const part = tokens[index];
    if (!isName(part)) throw unexpected(tokens, index);
    parts.push(part.value);
    if (!isSymbol(tokens[index + 1], '.')) return { parts, next: index + 1 };
    index += 2;
  }
}

function unexpected(tokens: readonly Token[], index: number): Error {
  return parseError(`Syntax error at or near '${tokens[index]?.text ?? 'end of input'}'`);
}

function copy({ tokens, output }: Walk, index: number): number {
  output.push(...tokens.slice(index, index + 1));
  return index + 1;
}

function copyClosing(walk: Walk, index: number): number {
  if (!isSymbol(walk.tokens[index], ')')) throw parseError("Syntax error at or near end of input: missing ')'");
  return copy(walk, index);
}
