import { SqlError } from './statement-engine.ts';
import type { Token } from './lexer.ts';
import { symbolToken, wordToken } from './tokens.ts';

/** Stands for the schema of the macros: the translator does not look into the arguments of a qualified function. */
export const macroPrefix = '__sql_';

/** Keeps a DuckDB function out of the hands of the translator. */
export const nativePrefix = '__duck_';

/** Stands for a function of Unity Catalog; the names follow in hexadecimal digits. */
export const catalogPrefix = '__udf_';

/** Marks a `try_cast` of the user: the translator turns every CAST into TRY_CAST; see repair-translation.ts. */
export const tryCastMarker = '__try';

type Arguments = readonly (readonly Token[])[];

export function macroCall(macro: string, args: Arguments): readonly Token[] {
  return callTokens(macroPrefix + macro, args);
}

export function nativeCall(name: string, args: Arguments): readonly Token[] {
  return callTokens(nativePrefix + name, args);
}

export function callTokens(name: string, args: Arguments): readonly Token[] {
  return [wordToken(name), symbolToken('('), ...joined(args), symbolToken(')')];
}

/** A cast that gives NULL where the value does not fit: the marker survives the translator. */
export function tryCastTokens(value: readonly Token[], type: readonly Token[]): readonly Token[] {
  return callTokens('TRY_CAST', [[...callTokens(tryCastMarker, [value]), wordToken('AS'), ...type]]);
}

export function joined(args: Arguments): readonly Token[] {
  return args.flatMap((argument, index) => (index === 0 ? argument : [symbolToken(','), ...argument]));
}

/** A function of a schema as one word that every stage passes on. */
export function catalogFunction(schema: string, name: string): string {
  const hex = (text: string): string => Buffer.from(text).toString('hex');
  return `${catalogPrefix}${hex(schema)}_${hex(name)}`;
}

/** Schema and name of such a word, in any case. */
export function readCatalogFunction(word: string): readonly [schema: string, name: string] | undefined {
  const match = /^__udf_([0-9a-f]+)_([0-9a-f]+)$/i.exec(word);
  if (match === null) return undefined;
  const text = (hex: string): string => Buffer.from(hex, 'hex').toString();
  return [text(match[1] ?? ''), text(match[2] ?? '')];
}

export function unresolvedRoutine(name: string): SqlError {
  const message = `Cannot resolve routine \`${name}\` on search path [\`system\`.\`builtin\`, \`system\`.\`session\`]. Verify the spelling of \`${name}\`, check that the routine exists, and confirm you have \`USE\` privilege on the catalog and schema, and EXECUTE on the routine.`;
  return new SqlError('UNRESOLVED_ROUTINE', '42883', message);
}
