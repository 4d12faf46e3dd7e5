import type { CommandContext } from './command.ts';
import { findColumn, readAssignment, readColumnList } from './find-column.ts';
import { parseError } from '../sql-errors.ts';
import type { Token } from '../lexer.ts';
import { nameToken, splitAt, symbolToken } from '../tokens.ts';

/** `WHEN ... THEN ...` of a MERGE. */
export interface MergeClause {
  readonly when: 'matched' | 'not matched' | 'not matched by source';
  readonly condition: readonly Token[];
  readonly action: 'update' | 'delete' | 'insert';
  /** What columns become; a missing one stays, or is NULL in a new row. */
  readonly values: ReadonlyMap<string, readonly Token[]>;
}

interface Sides {
  readonly columns: readonly string[];
  /** Alias of the source, and its columns for UPDATE SET * and INSERT *. */
  readonly source: string;
  readonly sourceColumns: () => Promise<readonly string[]>;
}

export async function readMergeClauses({ cursor }: CommandContext, sides: Sides): Promise<readonly MergeClause[]> {
  const clauses: MergeClause[] = [];
  while (cursor.take('WHEN')) {
    const when = readWhen(cursor);
    const condition = cursor.take('AND') ? cursor.until('THEN') : [];
    cursor.expect('THEN');
    clauses.push({ when, condition, ...(await readAction(cursor, sides)) });
  }
  if (clauses.length === 0) throw cursor.fault();
  cursor.expectEnd();
  return clauses;
}

function readWhen(cursor: CommandContext['cursor']): MergeClause['when'] {
  if (cursor.take('MATCHED')) return 'matched';
  cursor.expect('NOT', 'MATCHED');
  if (cursor.take('BY', 'SOURCE')) return 'not matched by source';
  cursor.take('BY', 'TARGET');
  return 'not matched';
}

async function readAction(
  cursor: CommandContext['cursor'],
  sides: Sides,
): Promise<Pick<MergeClause, 'action' | 'values'>> {
  if (cursor.take('DELETE')) return { action: 'delete', values: new Map() };
  if (cursor.take('UPDATE')) {
    cursor.expect('SET');
    if (cursor.takeSymbol('*')) return { action: 'update', values: await everyColumn(sides) };
    const assignments = splitAt(cursor.until('WHEN'), ',').map((tokens) => readAssignment(tokens, sides.columns));
    const entries = assignments.map((assignment) => {
      if (assignment === undefined) throw cursor.fault();
      return [assignment.column, assignment.expression] as const;
    });
    return { action: 'update', values: new Map(entries) };
  }
  cursor.expect('INSERT');
  if (cursor.takeSymbol('*')) return { action: 'insert', values: await everyColumn(sides) };
  cursor.expectSymbol('(');
  const names = readColumnList(cursor.untilClosing(), sides.columns);
  cursor.expect('VALUES');
  cursor.expectSymbol('(');
  const values = splitAt(cursor.untilClosing(), ',');
  if (values.length !== names.length) throw parseError('INSERT of a MERGE needs as many values as columns');
  return { action: 'insert', values: new Map(names.map((name, index) => [name, values[index] ?? []])) };
}

/** Each column of the target takes that of the source with its name. */
async function everyColumn({ columns, source, sourceColumns }: Sides): Promise<MergeClause['values']> {
  const known = await sourceColumns();
  return new Map(
    columns.map((column) => [
      column,
      [{ ...nameToken(source), spaced: true }, symbolToken('.'), nameToken(findColumn(column, known))],
    ]),
  );
}
