/** DuckDB schema of the macros; stored views call them, so that it is part of the data file. */
export const functionSchema = '__sql';

/**
 * Per Spark function its overloads as DuckDB macros: `(a, b) AS a + b`. Parameters have no types: DuckDB keeps such macros
 * in data files of its newer versions only.
 */
export type Macros = Readonly<Record<string, readonly string[]>>;

/** Head of the text of faults that macros raise; behind it stands the Spark error class. */
export const faultMarker = 'SQL-FAULT';

/** DuckDB text that raises the class, with a message made of DuckDB expressions. */
export function raise(errorClass: string, message: string): string {
  return `error('${faultMarker} ${errorClass} ' || ${message})`;
}

/** Numbers of arguments that the overloads take. */
export function aritiesOf(overloads: readonly string[]): ReadonlySet<number> {
  return new Set(overloads.map((overload) => parametersOf(overload).length));
}

function parametersOf(overload: string): readonly string[] {
  const list = overload.slice(1, overload.indexOf(')'));
  return list === '' ? [] : list.split(',');
}
