import { SqlError } from './statement-engine.ts';

/** Letters of a Java date pattern, by how often they stand there, in the notation of strftime. */
const letters: Readonly<Record<string, readonly string[]>> = {
  y: ['%Y', '%y', '%Y', '%Y'],
  u: ['%Y', '%y', '%Y', '%Y'],
  M: ['%-m', '%m', '%b', '%B'],
  L: ['%-m', '%m', '%b', '%B'],
  d: ['%-d', '%d'],
  D: ['%-j', '%-j', '%j'],
  H: ['%-H', '%H'],
  h: ['%-I', '%I'],
  m: ['%-M', '%M'],
  s: ['%-S', '%S'],
  S: ['%g', '%g', '%g', '%f', '%f', '%f'],
  a: ['%p'],
  E: ['%a', '%a', '%a', '%A'],
  X: ['Z', 'Z', 'Z'],
};

/** `dd.MM.yyyy` becomes `%d.%m.%Y`. Throws for letters that Spark refuses or DuckDB cannot print. */
export function datePattern(pattern: string): string {
  let text = '';
  for (const [piece, quoted, letter] of pattern.matchAll(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g)) {
    if (quoted !== undefined) text += quoted === '' ? "'" : quoted.replaceAll("''", "'").replaceAll('%', '%%');
    else if (letter === undefined) text += piece.replaceAll('%', '%%');
    else text += formatOf(letter, piece.length, pattern);
  }
  return text;
}

function formatOf(letter: string, count: number, pattern: string): string {
  const formats = Object.hasOwn(letters, letter) ? letters[letter] : undefined;
  const format = formats?.[count - 1];
  if (format !== undefined) return format;
  const message = `Unrecognized datetime pattern: ${pattern}. Illegal pattern character found in datetime pattern: ${letter}.`;
  throw new SqlError('INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER', '22007', message);
}
