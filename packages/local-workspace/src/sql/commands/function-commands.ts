import type { FunctionObject } from '../../unity/objects.ts';
import type { Document } from '../../storage/storage.ts';
import { dropGrants } from '../../access/grants.ts';
import { schemaSecurable } from '../../access/securable.ts';
import { change, noResult } from './command.ts';
import type { Command, CommandContext } from './command.ts';
import { quotedTable } from './table-name.ts';
import { unresolvedRoutine } from '../call-tokens.ts';
import { compileFunction } from '../compile-function.ts';
import type { Parameter } from '../compile-function.ts';
import { readType } from '../read-type.ts';
import { findFunction, functionName } from '../resolve-functions.ts';
import { fullNameOf, requireSchema } from '../session.ts';
import type { ObjectName } from '../session.ts';
import { columnTypeText } from '../spark-type.ts';
import type { SparkType } from '../spark-type.ts';
import { routineExists, unsupported } from '../sql-errors.ts';
import { sliceFrom } from '../statement-source.ts';

/** CREATE [OR REPLACE] FUNCTION name (a INT) RETURNS INT RETURN expression: a DuckDB macro beside its document. */
export function createFunction(orReplace: boolean): Command {
  return async (context) => {
    const { session, source, cursor, queries } = context;
    const ifNotExists = cursor.take('IF', 'NOT', 'EXISTS');
    const name = functionName(session, cursor.dottedName());
    cursor.expectSymbol('(');
    const parameters = readParameters(context);
    const { returns, comment } = readClauses(context);
    cursor.expect('RETURN');
    const body = cursor.rest();
    requireSchema(session, name);
    const schema = schemaSecurable({ catalog: name.catalog, name: name.schema });
    session.access.require(session.caller, 'CREATE_FUNCTION', schema);
    const existing = findFunction(session, name);
    if (existing !== undefined && ifNotExists) return noResult;
    if (existing !== undefined && !orReplace) throw routineExists([name.catalog, name.schema, name.name]);
    if (existing !== undefined) session.access.requireManage(session.caller, securableOf(name));
    const compiled = await compileFunction(session, queries, { name, parameters, body, returns });
    return change(session, async (transaction) => {
      const type = await compiled.install(transaction);
      const document: FunctionObject = {
        ...name,
        functionId: existing?.functionId ?? session.ids.uuid(),
        parameters: parameters.map((parameter) => ({ name: parameter.name, typeText: columnTypeText(parameter.type) })),
        returnType: columnTypeText(type),
        definition: sliceFrom(source, body),
        owner: existing?.owner ?? session.caller.userName,
        ...(comment === undefined ? {} : { comment }),
        createdAt: existing?.createdAt ?? session.now,
        updatedAt: session.now,
      };
      await transaction.put('function', fullNameOf(name), document as unknown as Document);
    });
  };
}

function securableOf(name: ObjectName) {
  return { type: 'function', name: fullNameOf(name) } as const;
}

function readParameters({ cursor }: CommandContext): readonly Parameter[] {
  if (cursor.takeSymbol(')')) return [];
  const parameters: Parameter[] = [];
  do {
    parameters.push({ name: cursor.name(), type: readType(cursor) });
    if (cursor.take('DEFAULT')) throw unsupported('a parameter with a DEFAULT');
    if (cursor.take('COMMENT')) cursor.string();
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return parameters;
}

function readClauses({ cursor }: CommandContext): {
  readonly returns: SparkType | undefined;
  readonly comment: string | undefined;
} {
  let returns: SparkType | undefined;
  let comment: string | undefined;
  for (;;) {
    if (cursor.take('RETURNS', 'TABLE')) throw unsupported('a function that returns a table');
    if (cursor.take('RETURNS')) returns = readType(cursor);
    else if (cursor.take('COMMENT')) comment = cursor.string();
    else if (cursor.take('LANGUAGE')) {
      if (!cursor.take('SQL')) throw unsupported('a function in another language than SQL');
    } else if (!characteristics.some((words) => cursor.take(...words))) return { returns, comment };
  }
}

const characteristics = [
  ['NOT', 'DETERMINISTIC'],
  ['DETERMINISTIC'],
  ['CONTAINS', 'SQL'],
  ['READS', 'SQL', 'DATA'],
  ['SQL', 'SECURITY', 'DEFINER'],
] as const;

/** DROP FUNCTION [IF EXISTS] name */
export const dropFunction: Command = async ({ session, cursor }) => {
  const ifExists = cursor.take('IF', 'EXISTS');
  const name = functionName(session, cursor.dottedName());
  cursor.expectEnd();
  if (findFunction(session, name) === undefined) {
    if (ifExists) return noResult;
    throw unresolvedRoutine(fullNameOf(name));
  }
  session.access.requireManage(session.caller, securableOf(name));
  return change(session, async (transaction) => {
    await transaction.connection.run(`DROP MACRO IF EXISTS ${quotedTable(name)}`);
    await transaction.remove('function', fullNameOf(name));
    await dropGrants(transaction, securableOf(name));
  });
};
