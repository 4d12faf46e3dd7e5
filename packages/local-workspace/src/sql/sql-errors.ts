import { faultMarker } from './functions/macro.ts';
import { UnityError } from '../unity/unity-error.ts';
import { SqlError } from './statement-engine.ts';

function backticked(fullName: readonly string[]): string {
  return fullName.map((part) => `\`${part}\``).join('.');
}

export function parseError(message: string): SqlError {
  return new SqlError('PARSE_SYNTAX_ERROR', '42601', message);
}

export function unsupported(message: string): SqlError {
  return new SqlError('UNSUPPORTED_FEATURE', '0A000', message);
}

export function tableNotFound(name: readonly string[]): SqlError {
  const message = `The table or view ${backticked(name)} cannot be found. Verify the spelling and correctness of the schema and catalog.`;
  return new SqlError('TABLE_OR_VIEW_NOT_FOUND', '42P01', message);
}

export function tableExists(name: readonly string[]): SqlError {
  const message = `Cannot create table or view ${backticked(name)} because it already exists.`;
  return new SqlError('TABLE_OR_VIEW_ALREADY_EXISTS', '42P07', message);
}

export function schemaNotFound(name: readonly string[]): SqlError {
  const message = `The schema ${backticked(name)} cannot be found. Verify the spelling and correctness of the schema and catalog.`;
  return new SqlError('SCHEMA_NOT_FOUND', '42704', message);
}

export function catalogNotFound(name: string): SqlError {
  return new SqlError('NO_SUCH_CATALOG_EXCEPTION', '42704', `Catalog '${name}' was not found.`);
}

export function columnNotFound(name: string, columns: readonly string[]): SqlError {
  const message = `A column, variable, or function parameter with name ${backticked([name])} cannot be resolved.`;
  if (columns.length === 0) return new SqlError('UNRESOLVED_COLUMN.WITHOUT_SUGGESTION', '42703', message);
  const suggestion = columns.map((column) => backticked([column])).join(', ');
  return new SqlError(
    'UNRESOLVED_COLUMN.WITH_SUGGESTION',
    '42703',
    `${message} Did you mean one of the following? [${suggestion}].`,
  );
}

export function columnExists(name: string): SqlError {
  return new SqlError('COLUMN_ALREADY_EXISTS', '42711', `The column ${backticked([name])} already exists.`);
}

export function schemaExists(name: readonly string[]): SqlError {
  return new SqlError(
    'SCHEMA_ALREADY_EXISTS',
    '42P06',
    `Cannot create schema ${backticked(name)} because it already exists.`,
  );
}

export function schemaNotEmpty(name: readonly string[]): SqlError {
  const message = `Cannot drop a schema ${backticked(name)} because it contains objects. Use DROP SCHEMA ... CASCADE.`;
  return new SqlError('SCHEMA_NOT_EMPTY', '2BP01', message);
}

export function expectView(name: readonly string[]): SqlError {
  const message = `The table ${backticked(name)} does not support the operation, which needs a view.`;
  return new SqlError('EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE', '42809', message);
}

export function expectTable(name: readonly string[]): SqlError {
  const message = `The view ${backticked(name)} does not support the operation, which needs a table.`;
  return new SqlError('EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE', '42809', message);
}

export function wrongCommand(
  name: readonly string[],
  use: { readonly operation: string; readonly found: string; readonly instead: string },
): SqlError {
  const message = `The operation ${use.operation} requires a ${use.operation.split(' ').slice(1).join(' ')}. But ${backticked(name)} is a ${use.found}. Use ${use.instead} instead.`;
  return new SqlError('WRONG_COMMAND_FOR_OBJECT_TYPE', '42809', message);
}

/** What a materialized view does not allow (corrections 8). */
export function materializedOnly(
  name: { readonly catalog: string; readonly schema: string; readonly name: string },
  operation: string,
): SqlError {
  const message = `The materialized view operation ${operation} is not allowed on ${backticked([name.catalog, name.schema, name.name])}. Use CREATE OR REPLACE MATERIALIZED VIEW or REFRESH MATERIALIZED VIEW.`;
  return new SqlError('MATERIALIZED_VIEW_OPERATION_NOT_ALLOWED', '56038', message);
}

export function insertArity(name: readonly string[], columns: readonly string[], data: readonly string[]): SqlError {
  const few = data.length < columns.length;
  const list = (names: readonly string[]): string => names.map((column) => backticked([column])).join(', ');
  const message = `Cannot write to ${backticked(name)}, the reason is ${few ? 'not enough' : 'too many'} data columns:\nTable columns: ${list(columns)}.\nData columns: ${list(data)}.`;
  return new SqlError(`INSERT_COLUMN_ARITY_MISMATCH.${few ? 'NOT_ENOUGH' : 'TOO_MANY'}_DATA_COLUMNS`, '21S01', message);
}

export function catalogNotEmpty(name: string): SqlError {
  return new SqlError('CATALOG_NOT_EMPTY', '2BP01', `Catalog '${name}' is not empty. Use DROP CATALOG ... CASCADE.`);
}

export function routineExists(name: readonly string[]): SqlError {
  return new SqlError(
    'ROUTINE_ALREADY_EXISTS',
    '42723',
    `Cannot create the routine ${backticked(name)} because a routine of that name already exists.`,
  );
}

export function unsupportedType(name: string): SqlError {
  return new SqlError('UNSUPPORTED_DATATYPE', '0A000', `Unsupported data type "${name.toUpperCase()}".`);
}

export function viewArity(names: number, columns: number): SqlError {
  const few = columns < names;
  const message = `Cannot create view, the reason is ${few ? 'not enough' : 'too many'} data columns: ${names} names and ${columns} columns.`;
  return new SqlError(
    `CREATE_VIEW_COLUMN_ARITY_MISMATCH.${few ? 'NOT_ENOUGH' : 'TOO_MANY'}_DATA_COLUMNS`,
    '21S01',
    message,
  );
}

export function catalogExists(name: string): SqlError {
  return new SqlError('CATALOG_ALREADY_EXISTS', '42710', `Catalog '${name}' already exists`);
}

interface Rule {
  readonly pattern: RegExp;
  readonly fault: (match: RegExpExecArray, message: string) => SqlError;
}

function plain(errorClass: string, sqlState: string): Rule['fault'] {
  return (_match, message) => new SqlError(errorClass, sqlState, firstLine(message));
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/^[A-Za-z ]+ Error: /, '');
}

function candidates(message: string): readonly string[] {
  const line = /Candidate bindings: (.*)/.exec(message)?.[1] ?? '';
  return [...line.matchAll(/"([^"]+)"/g)].map((found) => found[1] ?? '');
}

function unresolvedColumn(match: RegExpExecArray, message: string): SqlError {
  return columnNotFound(match[1] ?? '', candidates(message));
}

/** First match wins. The texts are those of DuckDB 1.5; the corpus test notices when an upgrade changes them. */
const rules: readonly Rule[] = [
  {
    // Raised by a macro; see `raise`.
    pattern: new RegExp(`${faultMarker} (\\S+) (\\S+) (.*)`, 's'),
    fault: ([, errorClass = '', sqlState = '', text = '']) => new SqlError(errorClass, sqlState, text),
  },
  { pattern: /^Parser Error/, fault: plain('PARSE_SYNTAX_ERROR', '42601') },
  {
    pattern: /^Catalog Error: Table with name "?(.+?)"? does not exist/,
    fault: (match) => tableNotFound([match[1] ?? '']),
  },
  { pattern: /^Catalog Error: .*(?:Function|Macro).* does not exist/, fault: plain('UNRESOLVED_ROUTINE', '42883') },
  { pattern: /^Binder Error: Referenced column "(.+?)" (?:was )?not found/, fault: unresolvedColumn },
  { pattern: /^Binder Error: .*does not have a column named "(.+?)"/, fault: unresolvedColumn },
  { pattern: /^Binder Error: Referenced table "(.+?)" not found/, fault: unresolvedColumn },
  { pattern: /^Binder Error: Referenced update column (.+?) not found/, fault: unresolvedColumn },
  { pattern: /^Binder Error: (?:Could not find key|Cannot extract field)/, fault: plain('FIELD_NOT_FOUND', '42704') },
  { pattern: /^Binder Error: Ambiguous reference/, fault: plain('AMBIGUOUS_REFERENCE', '42704') },
  { pattern: /aggregate function calls cannot be nested/, fault: plain('NESTED_AGGREGATE_FUNCTION', '42607') },
  { pattern: /WHERE clause cannot contain (?:aggregates|window)/, fault: plain('INVALID_WHERE_CONDITION', '42903') },
  { pattern: /More than one row returned by a subquery/, fault: plain('SCALAR_SUBQUERY_TOO_MANY_ROWS', '21000') },
  { pattern: /^Binder Error: ORDER term out of range/, fault: plain('ORDER_BY_POS_OUT_OF_RANGE', '42805') },
  { pattern: /^Binder Error: GROUP BY term out of range/, fault: plain('GROUP_BY_POS_OUT_OF_RANGE', '42805') },
  { pattern: /Contents of view were altered/, fault: plain('INCOMPATIBLE_VIEW_SCHEMA_CHANGE', '51024') },
  {
    pattern: /(?:Column with name|duplicate column name|Duplicate column name) "?(\w+)/,
    fault: (match) => columnExists(match[1] ?? ''),
  },
  {
    pattern: /^Invalid Input Error: (?:invalid perl operator|missing |bad |unexpected |no argument for)/,
    fault: plain('INVALID_PARAMETER_VALUE.PATTERN', '22023'),
  },
  { pattern: /must appear in the GROUP BY clause/, fault: plain('MISSING_AGGREGATION', '42803') },
  { pattern: /^Binder Error: Set operations can only apply/, fault: plain('NUM_COLUMNS_MISMATCH', '42826') },
  {
    pattern:
      /^Binder Error: .*(?:No function matches|Could not choose a best candidate|Cannot mix values|Cannot compare)/,
    fault: plain('DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', '42K09'),
  },
  { pattern: /^Conversion Error: .*out of range for the destination/, fault: plain('CAST_OVERFLOW', '22003') },
  {
    pattern: /^Conversion Error: Could not cast value .* to DECIMAL/,
    fault: plain('NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION', '22003'),
  },
  {
    pattern: /^Conversion Error: Unimplemented type for cast/,
    fault: plain('DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION', '42K09'),
  },
  { pattern: /^Invalid Input Error: Could not parse/, fault: plain('CANNOT_PARSE_TIMESTAMP', '22007') },
  { pattern: /^Conversion Error/, fault: plain('CAST_INVALID_INPUT', '22018') },
  { pattern: /^Out of Range Error/, fault: plain('ARITHMETIC_OVERFLOW', '22003') },
  { pattern: /^Constraint Error: NOT NULL/, fault: plain('DELTA_NOT_NULL_CONSTRAINT_VIOLATED', '23502') },
  { pattern: /^Not implemented Error/, fault: plain('UNSUPPORTED_FEATURE', '0A000') },
];

/** A fault of DuckDB as the Spark error a warehouse raises; a fault of another kind comes back as it is. */
export function toSqlError(fault: unknown): unknown {
  if (fault instanceof SqlError) return fault;
  if (fault instanceof UnityError) return unitySqlError(fault);
  const message = messageOf(fault);
  if (message === undefined) return fault;
  for (const { pattern, fault: make } of rules) {
    const match = pattern.exec(message);
    if (match !== null) return make(match, message);
  }
  const known = /^[A-Z][A-Za-z ]+ Error: /.test(message);
  return known ? new SqlError('INTERNAL_ERROR', 'XX000', firstLine(message)) : fault;
}

function unitySqlError({ code, message }: UnityError): SqlError {
  if (code === 'PERMISSION_DENIED')
    return new SqlError('INSUFFICIENT_PERMISSIONS', '42501', `Insufficient privileges:\n${message}`);
  return new SqlError(code, code.endsWith('ALREADY_EXISTS') ? '42710' : '42704', message);
}

/** The native module makes its errors outside of the realm of a test, so that `instanceof Error` would miss them. */
export function messageOf(fault: unknown): string | undefined {
  const isObject = typeof fault === 'object' && fault !== null && 'message' in fault;
  return isObject && typeof fault.message === 'string' ? fault.message : undefined;
}
