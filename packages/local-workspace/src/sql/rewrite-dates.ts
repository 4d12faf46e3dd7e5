import { literalOf, textArgument } from './call.ts';
import type { Call } from './call.ts';
import { macroCall } from './call-tokens.ts';
import { datePattern } from './date-pattern.ts';
import type { Rewrite } from './rewrite-literals.ts';
import { unsupported } from './sql-errors.ts';
import { isWord } from './tokens.ts';

/** Functions with a pattern as their second argument. */
const patternFunctions: ReadonlySet<string> = new Set([
  'date_format',
  'from_unixtime',
  'to_timestamp',
  'to_date',
  'try_to_timestamp',
  'try_to_date',
  'unix_timestamp',
]);

/** Functions with a unit as a bare word before two other arguments. */
const unitFunctions: Readonly<Record<string, string>> = {
  timestampdiff: 'timestampdiff',
  datediff: 'timestampdiff',
  timestampadd: 'timestampadd',
  date_add: 'timestampadd',
};

export function rewriteDateCall({ name, args, content, next }: Call): Rewrite | undefined {
  const [value = [], second] = args;
  if (patternFunctions.has(name) && second !== undefined) {
    const pattern = literalOf(second);
    if (pattern === undefined) throw unsupported(`${name} with a pattern that is no literal`);
    return { replacement: macroCall(name, [value, textArgument(datePattern(pattern))]), next };
  }
  const macro = Object.hasOwn(unitFunctions, name) ? unitFunctions[name] : undefined;
  if (macro === undefined || args.length !== 3) return undefined;
  const unit = content[0];
  const isUnit = unit?.kind === 'string' || isWord(unit, ...units);
  if (unit === undefined || !isUnit) return undefined;
  return { replacement: macroCall(macro, [textArgument(unit.value.toLowerCase()), ...args.slice(1)]), next };
}

const units = ['MICROSECOND', 'MILLISECOND', 'SECOND', 'MINUTE', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'];
