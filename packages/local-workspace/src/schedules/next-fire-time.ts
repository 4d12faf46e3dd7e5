import { daysOfMonth } from './day-rule.ts';
import type { QuartzExpression } from './quartz-expression.ts';
import { instantOf } from './time-zone.ts';
import type { TimeZone } from './time-zone.ts';

const day = 86_400_000;

/**
 * The first time after `after` at which the schedule fires, or `undefined` when it never does again. Compared with Quartz
 * 2.5.2, also where clocks are changed; left out are its times for `W`, of which it loses the first of a day.
 */
export function nextFireTime(expression: QuartzExpression, zone: TimeZone, after: Date): Date | undefined {
  const start = (Math.floor(after.getTime() / 1000) + 1) * 1000;
  const local = start + zone.offsetAt(start);
  for (const midnight of matchingDays(expression, local)) {
    for (const time of timesOfDay(expression, local - midnight)) {
      const instant = instantOf(zone, midnight + time);
      if (instant !== undefined && instant >= start) return new Date(instant);
    }
  }
  return undefined;
}

/** Local midnights of the days that match, from the day of `local` on. */
function* matchingDays(expression: QuartzExpression, local: number): Generator<number> {
  const from = new Date(local);
  const lastYear = Math.max(...expression.years);
  for (let year = from.getUTCFullYear(); year <= lastYear; year += 1) {
    if (!expression.years.has(year)) continue;
    for (const month of ascending(expression.months)) {
      for (const date of daysOfMonth(expression.days, year, month)) {
        const midnight = Date.UTC(year, month - 1, date);
        if (midnight + day > local) yield midnight;
      }
    }
  }
}

/** Milliseconds since midnight, not before `from`. */
function* timesOfDay(expression: QuartzExpression, from: number): Generator<number> {
  for (const hour of ascending(expression.hours)) {
    if ((hour + 1) * 3_600_000 <= from) continue;
    for (const minute of ascending(expression.minutes)) {
      for (const second of ascending(expression.seconds)) {
        const time = ((hour * 60 + minute) * 60 + second) * 1000;
        if (time >= from) yield time;
      }
    }
  }
}

function ascending(numbers: ReadonlySet<number>): readonly number[] {
  return [...numbers].toSorted((left, right) => left - right);
}
