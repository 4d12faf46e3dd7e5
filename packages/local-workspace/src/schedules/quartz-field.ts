/** A text that is not a Quartz cron expression. */
export class QuartzFault extends Error {
  override readonly name = 'QuartzFault';
}

/** One of the seven fields: its range and the words that stand for numbers. */
export interface QuartzField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** The first word stands for `min`. */
  readonly words?: readonly string[];
  /** A range whose end is before its start goes round, as in `22-2` or `FRI-MON`; years do not. */
  readonly wraps?: boolean;
}

/** The numbers of `*`, `5`, `5,10`, `MON-FRI`, `22-2`, `0/15`, `/15`, `10-40/5`, in upper case. A step of 0 counts as none. */
export function fieldValues(text: string, field: QuartzField): ReadonlySet<number> {
  return new Set(text.split(',').flatMap((part) => partValues(part, field)));
}

/** A number or word within the range of the field. */
export function fieldNumber(text: string, field: QuartzField): number {
  const word = field.words?.indexOf(text) ?? -1;
  const number = word >= 0 ? word + field.min : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= field.min && number <= field.max) return number;
  throw new QuartzFault(`${field.name}: '${text}' is not between ${field.min} and ${field.max}`);
}

function partValues(part: string, field: QuartzField): readonly number[] {
  const [range = '', stepText, ...more] = part.split('/');
  if (more.length > 0) throw new QuartzFault(`${field.name}: '${part}' has two steps`);
  const step = stepText === undefined ? 0 : stepOf(stepText, field);
  if (range === '*' || (range === '' && stepText !== undefined)) return numbers(field, [field.min, field.max], step);
  const [from = '', to, ...rest] = range.split('-');
  if (rest.length > 0) throw new QuartzFault(`${field.name}: '${range}' is not a range`);
  const start = fieldNumber(from, field);
  if (to !== undefined && isWord(from) !== isWord(to)) {
    throw new QuartzFault(`${field.name}: '${range}' mixes a word and a number`);
  }
  if (to !== undefined) return numbers(field, [start, fieldNumber(to, field)], step);
  return step === 0 ? [start] : numbers(field, [start, field.max], step);
}

/** Quartz refuses a step that leaves the field at once, such as 60 minutes (`CronExpression.checkIncrementRange`). */
function stepOf(text: string, field: QuartzField): number {
  const step = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(step) || step > field.max) throw new QuartzFault(`${field.name}: '${text}' is not a usable step`);
  return step;
}

function numbers(field: QuartzField, ends: readonly [number, number], step: number): readonly number[] {
  const [start, end] = ends;
  const size = field.max - field.min + 1;
  if (end < start && field.wraps === false) throw new QuartzFault(`${field.name}: ${start}-${end} runs backwards`);
  const last = end < start ? end + size : end;
  const found: number[] = [];
  for (let next = start; next <= last; next += Math.max(step, 1)) found.push(((next - field.min) % size) + field.min);
  return found;
}

function isWord(text: string): boolean {
  return /^[A-Z]/.test(text);
}
