import { readDayRule } from './day-rule.ts';
import type { DayRule } from './day-rule.ts';
import { fieldValues, QuartzFault } from './quartz-field.ts';

/** A schedule as a Quartz cron expression says it, without time zone. */
export interface QuartzExpression {
  readonly seconds: ReadonlySet<number>;
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: DayRule;
  /** 1 to 12. */
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/**
 * Reads 6 or 7 fields: second, minute, hour, day of month, month, day of week, year. The grammar is that of the "CronTrigger
 * Tutorial" of Quartz and, where it is silent, of its class `CronExpression`. Throws `QuartzFault`.
 */
export function parseQuartz(text: string): QuartzExpression {
  const fields = text.trim().toUpperCase().split(/\s+/);
  if (fields.length < 6 || fields.length > 7)
    throw new QuartzFault(`6 or 7 fields are needed but ${fields.length} given`);
  const [seconds = '', minutes = '', hours = '', monthDay = '', months = '', weekDay = '', years = '*'] = fields;
  return {
    seconds: fieldValues(seconds, { name: 'second', min: 0, max: 59 }),
    minutes: fieldValues(minutes, { name: 'minute', min: 0, max: 59 }),
    hours: fieldValues(hours, { name: 'hour', min: 0, max: 23 }),
    days: readDayRule(monthDay, weekDay),
    months: fieldValues(months, { name: 'month', min: 1, max: 12, words: monthNames }),
    years: fieldValues(years, { name: 'year', min: 1970, max: 2099, wraps: false }),
  };
}
