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

export function rewriteDateCall(call: Call): Rewrite | undefined {
  const { name, args, content, next } = call;
  const [value = [], second] = args;
  const part = rewritePart(call);
  if (part !== undefined) return part;
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

/** `EXTRACT(MONTH FROM d)` and `date_part('month', d)` are functions of their own. */
function rewritePart({ name, args, content, next, rewrite }: Call): Rewrite | undefined {
  const isExtract = name === 'extract' && isWord(content[1], 'FROM');
  const isPart = (name === 'date_part' || name === 'datepart') && content[0]?.kind === 'string' && args.length === 2;
  const given = (isExtract || isPart ? (content[0]?.value ?? '') : '').toLowerCase();
  const part = Object.hasOwn(partNames, given) ? partNames[given] : undefined;
  if (part === undefined) return undefined;
  return { replacement: macroCall(part, [isExtract ? rewrite(content.slice(2)) : (args[1] ?? [])]), next };
}

const partNames: Readonly<Record<string, string>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  week: 'weekofyear',
  day: 'day',
  dayofweek: 'dayofweek',
  dow: 'dayofweek',
  doy: 'dayofyear',
  hour: 'hour',
  minute: 'minute',
};
