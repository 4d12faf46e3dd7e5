import type { DuckDBConnection } from '@duckdb/node-api';
import { changeData, changedRows } from './change-data.ts';
import { countTable } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { readAlias } from './data-commands.ts';
import { readMergeClauses } from './merge-clauses.ts';
import type { MergeClause } from './merge-clauses.ts';
import { requireModifiable } from './rights.ts';
import { quotedTable } from './table-name.ts';
import { quoteIdentifier } from '../quote.ts';
import { runBound } from '../parameters.ts';
import { describeQuery } from '../run-query.ts';
import { fullNameOf, partsOf, resolveTableName } from '../session.ts';
import type { ObjectName } from '../session.ts';
import { SqlError } from '../statement-engine.ts';
import type { Token } from '../lexer.ts';
import { isSymbol, nameToken, nameTokens, symbolToken, wordToken } from '../tokens.ts';

interface Merge {
  readonly name: ObjectName;
  readonly columns: readonly string[];
  readonly target: string;
  readonly source: string;
  /** A table or a query in brackets. */
  readonly sourceTokens: readonly Token[];
  readonly condition: readonly Token[];
  readonly clauses: readonly MergeClause[];
}

/**
 * MERGE INTO table USING source ON condition WHEN ... The plan of the merge is a query that joins both and says for each
 * row which clause applies and what the columns become; so names, functions and the guard work as in any query.
 */
export const mergeInto: Command = async (context) => {
  const merge = await readMerge(context);
  const { session, queries } = context;
  const query = await queries.prepare({ ...session, modified: fullNameOf(merge.name) }, planTokens(merge), 'once');
  const counts = await changeData(context, {
    name: merge.name,
    operation: 'MERGE',
    async apply(connection) {
      await connection.run('DROP TABLE IF EXISTS temp."__merge"');
      await runBound(connection, { ...query, sql: `CREATE TEMP TABLE "__merge" AS ${query.sql}` });
      await refuseTwice(connection);
      const result = await applyPlan(connection, merge);
      await connection.run('DROP TABLE temp."__merge"');
      return result;
    },
  });
  return countTable(counts);
};

async function readMerge(context: CommandContext): Promise<Merge> {
  const { session, cursor } = context;
  const name = resolveTableName(session, cursor.dottedName());
  const columns = requireModifiable(session, name).columns.map((column) => column.name);
  const target = readAlias(context) ?? name.name;
  cursor.expect('USING');
  const bracketed = isSymbol(cursor.peek(), '(') && cursor.takeSymbol('(');
  const query = bracketed ? cursor.untilClosing() : undefined;
  const parts = bracketed ? [] : cursor.dottedName();
  const sourceTokens =
    query === undefined
      ? nameTokens(partsOf(resolveTableName(session, parts)))
      : [symbolToken('('), ...query, symbolToken(')')];
  const source = readAlias(context) ?? parts.at(-1) ?? '__source';
  cursor.expect('ON');
  const condition = cursor.until('WHEN');
  const sourceColumns = async () => describeSource(context, sourceTokens);
  const clauses = await readMergeClauses(context, { columns, source, sourceColumns });
  return { name, columns, target, source, sourceTokens, condition, clauses };
}

async function describeSource(
  { session, queries }: CommandContext,
  source: readonly Token[],
): Promise<readonly string[]> {
  const all = [wordToken('SELECT'), symbolToken('*'), wordToken('FROM'), ...source];
  const query = await queries.prepare(session, all, 'once');
  const columns = await session.storage.query(async (connection) => describeQuery(connection, query));
  return columns.map((column) => column.name);
}

/** SELECT row number, clause and new values FROM target FULL JOIN source, of those rows to which a clause applies. */
function planTokens(merge: Merge): readonly Token[] {
  const { name, columns, target, source, sourceTokens, condition, clauses } = merge;
  const words = (text: string): readonly Token[] => text.split(' ').map((word) => wordToken(word));
  const present = [...dotted(source, '__present')];
  const row = [...dotted(target, 'rowid')];
  const state = {
    matched: [...row, ...words('IS NOT NULL AND'), ...present, ...words('IS NOT NULL')],
    'not matched': [...row, ...words('IS NULL')],
    'not matched by source': [...present, ...words('IS NULL')],
  };
  const choice = clauses.flatMap((clause, index) => [
    wordToken('WHEN'),
    ...state[clause.when],
    ...(clause.condition.length === 0
      ? []
      : [wordToken('AND'), symbolToken('('), ...clause.condition, symbolToken(')')]),
    wordToken('THEN'),
    numberToken(index),
  ]);
  const values = columns.flatMap((column, place) => {
    const branches = clauses.flatMap((clause, index) => {
      const value = clause.values.get(column);
      return value === undefined ? [] : [wordToken('WHEN'), numberToken(index), wordToken('THEN'), ...value];
    });
    const fallback = [wordToken('ELSE'), ...dotted(target, column), wordToken('END')];
    const chosen =
      branches.length === 0
        ? dotted(target, column)
        : [wordToken('CASE'), ...dotted('__plan', '__clause'), ...branches, ...fallback];
    return [symbolToken(','), ...chosen, wordToken('AS'), nameOf(`__value${place}`)];
  });
  return [
    wordToken('SELECT'),
    ...row,
    wordToken('AS'),
    nameOf('__row'),
    symbolToken(','),
    ...dotted('__plan', '__clause'),
    wordToken('AS'),
    nameOf('__clause'),
    ...values,
    wordToken('FROM'),
    ...nameTokens(partsOf(name)),
    wordToken('AS'),
    nameOf(target),
    ...words('FULL OUTER JOIN'),
    symbolToken('('),
    wordToken('SELECT'),
    symbolToken('*'),
    symbolToken(','),
    wordToken('TRUE'),
    wordToken('AS'),
    nameOf('__present'),
    wordToken('FROM'),
    ...sourceTokens,
    symbolToken(')'),
    wordToken('AS'),
    nameOf(source),
    wordToken('ON'),
    symbolToken('('),
    ...condition,
    symbolToken(')'),
    ...words('CROSS JOIN LATERAL'),
    symbolToken('('),
    wordToken('SELECT'),
    wordToken('CASE'),
    ...choice,
    wordToken('END'),
    wordToken('AS'),
    nameOf('__clause'),
    symbolToken(')'),
    wordToken('AS'),
    nameOf('__plan'),
    wordToken('WHERE'),
    ...dotted('__plan', '__clause'),
    ...words('IS NOT NULL'),
  ];
}

function nameOf(name: string): Token {
  return { ...nameToken(name), spaced: true };
}

function dotted(table: string, column: string): readonly Token[] {
  return [
    nameOf(table),
    symbolToken('.'),
    column === 'rowid' ? { ...wordToken('rowid'), spaced: false } : nameToken(column),
  ];
}

function numberToken(value: number): Token {
  return { ...wordToken(String(value)), kind: 'number' };
}

async function refuseTwice(connection: DuckDBConnection): Promise<void> {
  const twice = 'SELECT 1 FROM temp."__merge" WHERE "__row" IS NOT NULL GROUP BY "__row" HAVING count(*) > 1 LIMIT 1';
  const reader = await connection.runAndReadAll(twice);
  if (reader.currentRowCount === 0) return;
  const message =
    'Cannot perform Merge as multiple source rows matched and attempted to modify the same target row in the Delta table in possibly conflicting ways.';
  throw new SqlError('DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE', '21506', message);
}

async function applyPlan(connection: DuckDBConnection, { name, columns, clauses }: Merge) {
  const table = quotedTable(name);
  const numbersOf = (action: MergeClause['action']): string => {
    const numbers = clauses.flatMap((clause, index) => (clause.action === action ? [index] : []));
    return `"__clause" IN (${[-1, ...numbers].join(', ')})`;
  };
  const run = async (sql: string): Promise<number> => changedRows(connection, { sql, parameters: [] });
  const set = columns.map((column, index) => `${quoteIdentifier(column)} = "__plan"."__value${index}"`).join(', ');
  const updated = await run(
    `UPDATE ${table} AS "__old" SET ${set} FROM temp."__merge" AS "__plan" WHERE "__old".rowid = "__plan"."__row" AND "__plan".${numbersOf('update')}`,
  );
  const deleted = await run(
    `DELETE FROM ${table} WHERE rowid IN (SELECT "__row" FROM temp."__merge" WHERE ${numbersOf('delete')})`,
  );
  const inserted = await run(
    `INSERT INTO ${table} (${columns.map(quoteIdentifier).join(', ')}) SELECT ${columns.map((_, index) => `"__value${index}"`).join(', ')} FROM temp."__merge" WHERE ${numbersOf('insert')}`,
  );
  return {
    num_affected_rows: updated + deleted + inserted,
    num_updated_rows: updated,
    num_deleted_rows: deleted,
    num_inserted_rows: inserted,
  };
}
