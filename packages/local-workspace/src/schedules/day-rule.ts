import { fieldNumber, fieldValues, QuartzFault } from './quartz-field.ts';
import type { QuartzField } from './quartz-field.ts';

/** Which days of a month a schedule fires on; day of week counts 1 to 7 from Sunday. */
export type DayRule =
  | { readonly kind: 'days'; readonly days: ReadonlySet<number> }
  | { readonly kind: 'any_of'; readonly rules: readonly DayRule[] }
  /** `L`, `L-3`, `LW`: counted back from the last day. */
  | { readonly kind: 'last_day'; readonly before: number; readonly weekday: boolean }
  /** `15W`: the Monday to Friday nearest to the day, in the same month. */
  | { readonly kind: 'nearest_weekday'; readonly day: number }
  | { readonly kind: 'weekdays'; readonly weekdays: ReadonlySet<number> }
  /** `6L`: the last Friday. */
  | { readonly kind: 'last_weekday'; readonly weekday: number }
  /** `6#3`: the third Friday. */
  | { readonly kind: 'nth_weekday'; readonly weekday: number; readonly nth: number };

const dayOfMonth: QuartzField = { name: 'day of month', min: 1, max: 31 };
const dayOfWeek: QuartzField = {
  name: 'day of week',
  min: 1,
  max: 7,
  words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};

/** Of the two day fields one must be `?`: Quartz can follow only one of them ("CronTrigger Tutorial"). */
export function readDayRule(month: string, week: string): DayRule {
  if ((month === '?') === (week === '?')) {
    throw new QuartzFault("exactly one of day of month and day of week must be '?'");
  }
  return month === '?' ? readWeek(week) : readMonth(month);
}

/** Lists may hold special forms, as in `1,L`: Quartz 2.5 takes them, though its tutorial does not tell. */
function readMonth(text: string): DayRule {
  const parts = text.split(',');
  return parts.length === 1 ? readMonthPart(text) : { kind: 'any_of', rules: parts.map(readMonthPart) };
}

function readMonthPart(text: string): DayRule {
  const last = /^L(?:-(\d{1,2}))?(W)?$/.exec(text);
  if (last !== null) {
    const before = Number(last[1] ?? 0);
    if (before > 30) throw new QuartzFault(`day of month: '${text}' is more than 30 days before the last`);
    return { kind: 'last_day', before, weekday: last[2] !== undefined };
  }
  const nearest = /^(\d{1,2})W$/.exec(text);
  if (nearest !== null) return { kind: 'nearest_weekday', day: fieldNumber(nearest[1] ?? '', dayOfMonth) };
  return { kind: 'days', days: fieldValues(text, dayOfMonth) };
}

/** Special forms stand alone: Quartz refuses them in lists of weekdays. */
function readWeek(text: string): DayRule {
  if (text === 'L') return { kind: 'weekdays', weekdays: new Set([dayOfWeek.max]) };
  const last = /^(\w{1,3})L$/.exec(text);
  if (last !== null) return { kind: 'last_weekday', weekday: fieldNumber(last[1] ?? '', dayOfWeek) };
  const nth = /^(\w+)#(\d)$/.exec(text);
  if (nth !== null) {
    const count = fieldNumber(nth[2] ?? '', { name: 'day of week after #', min: 1, max: 5 });
    return { kind: 'nth_weekday', weekday: fieldNumber(nth[1] ?? '', dayOfWeek), nth: count };
  }
  return { kind: 'weekdays', weekdays: fieldValues(text, dayOfWeek) };
}

/** The days of a month, in order; month counts from 1. */
export function daysOfMonth(rule: DayRule, year: number, month: number): readonly number[] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const weekdayOf = (day: number): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
  const all = Array.from({ length }, (_unused, index) => index + 1);
  switch (rule.kind) {
    case 'any_of': {
      const days = new Set(rule.rules.flatMap((part) => daysOfMonth(part, year, month)));
      return all.filter((day) => days.has(day));
    }
    case 'days':
      return all.filter((day) => rule.days.has(day));
    case 'weekdays':
      return all.filter((day) => rule.weekdays.has(weekdayOf(day)));
    case 'last_weekday':
      return all.filter((day) => weekdayOf(day) === rule.weekday).slice(-1);
    case 'nth_weekday':
      return all.filter((day) => weekdayOf(day) === rule.weekday).slice(rule.nth - 1, rule.nth);
    case 'last_day': {
      const day = length - rule.before;
      if (day < 1) return [];
      return [rule.weekday ? nearestWeekday(day, length, weekdayOf) : day];
    }
    case 'nearest_weekday':
      return rule.day > length ? [] : [nearestWeekday(rule.day, length, weekdayOf)];
  }
}

function nearestWeekday(day: number, length: number, weekdayOf: (day: number) => number): number {
  const weekday = weekdayOf(day);
  if (weekday === dayOfWeek.max) return day === 1 ? day + 2 : day - 1;
  if (weekday === dayOfWeek.min) return day === length ? day - 2 : day + 1;
  return day;
}
