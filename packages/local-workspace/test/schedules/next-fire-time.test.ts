import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { nextFireTime } from '../../src/schedules/next-fire-time.ts';
import { parseQuartz } from '../../src/schedules/quartz-expression.ts';
import { findTimeZone } from '../../src/schedules/time-zone.ts';

/** The next times that Quartz 2.5.2 gives: expression, zone, start, what follows; all in UTC. */
const recorded = [
  ['0 0 8 * * ?', 'UTC', '2026-03-04 09:00:00', '2026-03-05 08:00:00, 2026-03-06 08:00:00, 2026-03-07 08:00:00'],
  [
    '44 19 */1 * * ?',
    'Europe/Amsterdam',
    '2026-03-04 09:00:00',
    '2026-03-04 09:19:44, 2026-03-04 10:19:44, 2026-03-04 11:19:44',
  ],
  ['0 0 9 10 1 ?', 'UTC', '2026-03-04 09:00:00', '2027-01-10 09:00:00, 2028-01-10 09:00:00, 2029-01-10 09:00:00'],
  [
    '0 0/15 9-17 ? * 2-6',
    'UTC',
    '2026-03-06 17:40:00',
    '2026-03-06 17:45:00, 2026-03-09 09:00:00, 2026-03-09 09:15:00',
  ],
  ['0 0 22-2 * * ?', 'UTC', '2026-03-04 23:00:00', '2026-03-05 00:00:00, 2026-03-05 01:00:00, 2026-03-05 02:00:00'],
  ['0 0 8 ? * FRI-MON', 'UTC', '2026-03-04 09:00:00', '2026-03-06 08:00:00, 2026-03-07 08:00:00, 2026-03-08 08:00:00'],
  ['0 0 8 ? * 1', 'UTC', '2026-03-04 09:00:00', '2026-03-08 08:00:00, 2026-03-15 08:00:00, 2026-03-22 08:00:00'],
  ['0 0 8 ? * L', 'UTC', '2026-03-04 09:00:00', '2026-03-07 08:00:00, 2026-03-14 08:00:00, 2026-03-21 08:00:00'],
  ['0 0 8 L * ?', 'UTC', '2028-02-04 09:00:00', '2028-02-29 08:00:00, 2028-03-31 08:00:00, 2028-04-30 08:00:00'],
  ['0 0 8 L-3 * ?', 'UTC', '2026-01-31 09:00:00', '2026-02-25 08:00:00, 2026-03-28 08:00:00, 2026-04-27 08:00:00'],
  ['0 0 12 LW * ?', 'UTC', '2026-01-01 00:00:00', '2026-01-30 12:00:00, 2026-02-27 12:00:00, 2026-03-31 12:00:00'],
  ['0 0 12 1W * ?', 'UTC', '2026-01-10 00:00:00', '2026-02-02 12:00:00, 2026-03-02 12:00:00, 2026-04-01 12:00:00'],
  ['0 0 12 15W * ?', 'UTC', '2026-02-01 00:00:00', '2026-02-16 12:00:00, 2026-03-16 12:00:00, 2026-04-15 12:00:00'],
  ['0 0 12 31W * ?', 'UTC', '2026-01-01 00:00:00', '2026-01-30 12:00:00, 2026-03-31 12:00:00, 2026-05-29 12:00:00'],
  ['0 0 12 L-1W * ?', 'UTC', '2026-01-01 00:00:00', '2026-01-30 12:00:00, 2026-02-27 12:00:00, 2026-03-30 12:00:00'],
  ['0 0 8 ? * 6L', 'UTC', '2026-03-04 09:00:00', '2026-03-27 08:00:00, 2026-04-24 08:00:00, 2026-05-29 08:00:00'],
  ['0 0 8 ? * FRI#3', 'UTC', '2026-03-04 09:00:00', '2026-03-20 08:00:00, 2026-04-17 08:00:00, 2026-05-15 08:00:00'],
  ['0 0 8 ? * 2#5', 'UTC', '2026-03-04 09:00:00', '2026-03-30 08:00:00, 2026-06-29 08:00:00, 2026-08-31 08:00:00'],
  ['0 0 8 1,15,L * ?', 'UTC', '2026-02-04 09:00:00', '2026-02-15 08:00:00, 2026-02-28 08:00:00, 2026-03-01 08:00:00'],
  ['0 0 0 29 2 ?', 'UTC', '2026-03-04 09:00:00', '2028-02-29 00:00:00, 2032-02-29 00:00:00, 2036-02-29 00:00:00'],
  ['0 0 0 30 2 ?', 'UTC', '2026-03-04 09:00:00', 'none'],
  [
    '0 0 8 1 JAN,jul ? 2030/2',
    'UTC',
    '2026-03-04 09:00:00',
    '2030-01-01 08:00:00, 2030-07-01 08:00:00, 2032-01-01 08:00:00',
  ],
  ['0 0 8 * * ? 2026', 'UTC', '2026-12-30 09:00:00', '2026-12-31 08:00:00, none'],
  ['*/20 * * * * ?', 'UTC', '2026-03-04 09:00:05.500', '2026-03-04 09:00:20, 2026-03-04 09:00:40, 2026-03-04 09:01:00'],
  ['0 /20 * * * ?', 'UTC', '2026-03-04 09:00:00', '2026-03-04 09:20:00, 2026-03-04 09:40:00, 2026-03-04 10:00:00'],
  ['0 0 5 ? * *', 'GMT+10', '2026-03-04 09:00:00', '2026-03-04 19:00:00, 2026-03-05 19:00:00, 2026-03-06 19:00:00'],
  [
    '0 30 2 * * ?',
    'America/New_York',
    '2026-03-07 12:00:00',
    '2026-03-09 06:30:00, 2026-03-10 06:30:00, 2026-03-11 06:30:00',
  ],
  [
    '0 30 1 * * ?',
    'America/New_York',
    '2026-10-31 12:00:00',
    '2026-11-01 06:30:00, 2026-11-02 06:30:00, 2026-11-03 06:30:00',
  ],
  [
    '0 30 * * * ?',
    'America/New_York',
    '2026-11-01 04:00:00',
    '2026-11-01 04:30:00, 2026-11-01 06:30:00, 2026-11-01 07:30:00',
  ],
  [
    '0 0 * * * ?',
    'Europe/Berlin',
    '2026-03-29 00:30:00',
    '2026-03-29 01:00:00, 2026-03-29 02:00:00, 2026-03-29 03:00:00',
  ],
  [
    '0 45 1 * * ?',
    'Australia/Lord_Howe',
    '2026-04-04 00:00:00',
    '2026-04-04 15:15:00, 2026-04-05 15:15:00, 2026-04-06 15:15:00',
  ],
  [
    '0 0/10 2 ? * *',
    'Australia/Lord_Howe',
    '2026-10-03 00:00:00',
    '2026-10-03 15:30:00, 2026-10-03 15:40:00, 2026-10-03 15:50:00',
  ],
] as const;

function times(expression: string, zoneId: string, options: { readonly after: Date; readonly count: number }): Date[] {
  const zone = findTimeZone(zoneId);
  if (zone === undefined) throw new Error(`no zone ${zoneId}`);
  const parsed = parseQuartz(expression);
  const found: Date[] = [];
  for (let after: Date | undefined = options.after; found.length < options.count;) {
    after = nextFireTime(parsed, zone, after);
    if (after === undefined) break;
    found.push(after);
  }
  return found;
}

const textOf = (date: Date): string => date.toISOString().slice(0, 19).replace('T', ' ');

describe('next fire time of a Quartz expression', () => {
  test.each(recorded)('%s in %s after %s', (...[expression, zone, start, expected]) => {
    const found = times(expression, zone, { after: new Date(`${start.replace(' ', 'T')}Z`), count: 3 }).map(textOf);
    expect((found.length < 3 ? [...found, 'none'] : found).join(', ')).toBe(expected);
  });

  const numbers = (min: number, max: number): fc.Arbitrary<string> =>
    fc.oneof(
      fc.constant('*'),
      fc.integer({ min, max }).map(String),
      fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map(([from, to]) => `${from}-${to}`),
      fc.tuple(fc.integer({ min, max }), fc.integer({ min: 1, max })).map(([from, step]) => `${from}/${step}`),
    );
  const after = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) }).map((at) => new Date(at));

  test('is the first second whose fields match', () => {
    const expressions = fc.record({ minute: numbers(0, 59), hour: numbers(0, 23), weekday: numbers(1, 7) });
    fc.assert(
      fc.property(expressions, after, ({ minute, hour, weekday }, start) => {
        const expression = parseQuartz(`0 ${minute} ${hour} ? * ${weekday}`);
        const next = times(`0 ${minute} ${hour} ? * ${weekday}`, 'UTC', { after: start, count: 1 })[0];
        const days = expression.days.kind === 'weekdays' ? expression.days.weekdays : new Set<number>();
        let scan = Math.floor(start.getTime() / 60_000) * 60_000 + 60_000;
        const matches = (at: Date): boolean =>
          expression.minutes.has(at.getUTCMinutes()) &&
          expression.hours.has(at.getUTCHours()) &&
          days.has(at.getUTCDay() + 1);
        while (!matches(new Date(scan))) scan += 60_000;
        expect(next?.getTime()).toBe(scan);
      }),
      { numRuns: 60 },
    );
  });

  test('is later than the one before and has the local time of the expression, also where clocks are changed', () => {
    const zones = fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata');
    fc.assert(
      fc.property(numbers(0, 59), numbers(0, 23), fc.tuple(zones, after), (minute, hour, [zone, start]) => {
        const expression = parseQuartz(`30 ${minute} ${hour} * * ?`);
        const found = times(`30 ${minute} ${hour} * * ?`, zone, { after: start, count: 5 });
        expect(found).toHaveLength(5);
        for (const [index, at] of found.entries()) {
          expect(at.getTime()).toBeGreaterThan((found[index - 1] ?? start).getTime());
          const local = new Date(at.getTime() + (findTimeZone(zone)?.offsetAt(at.getTime()) ?? 0));
          expect(expression.minutes.has(local.getUTCMinutes())).toBe(true);
          expect(expression.hours.has(local.getUTCHours())).toBe(true);
          expect(local.getUTCSeconds()).toBe(30);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('Quartz expression', () => {
  test.each([
    ['five fields', '0 8 * * ?', '6 or 7 fields are needed but 5 given'],
    ['eight fields', '0 0 8 * * ? * *', '6 or 7 fields are needed but 8 given'],
    ['both day fields', '0 0 8 * * *', "exactly one of day of month and day of week must be '?'"],
    ['no day field', '0 0 8 ? * ?', "exactly one of day of month and day of week must be '?'"],
    ['? elsewhere', '0 0 ? * * ?', "hour: '?' is not between 0 and 23"],
    ['minute 60', '0 60 8 * * ?', "minute: '60' is not between 0 and 59"],
    ['hour 24', '0 0 24 * * ?', "hour: '24' is not between 0 and 23"],
    ['day 0', '0 0 8 0 * ?', "day of month: '0' is not between 1 and 31"],
    ['month 13', '0 0 8 ? 13 *', "month: '13' is not between 1 and 12"],
    ['weekday 0', '0 0 8 ? * 0', "day of week: '0' is not between 1 and 7"],
    ['weekday 8', '0 0 8 ? * 8', "day of week: '8' is not between 1 and 7"],
    ['a sixth Friday', '0 0 8 ? * 6#6', "day of week after #: '6' is not between 1 and 5"],
    ['special weekdays in a list', '0 0 8 ? * 6L,2', "day of week: '6L' is not between 1 and 7"],
    ['a step beyond the field', '0 0/60 8 * * ?', "minute: '60' is not a usable step"],
    ['too far from the last day', '0 0 8 L-31 * ?', "day of month: 'L-31' is more than 30 days before the last"],
    ['a word and a number', '0 0 8 ? * SUN-6', "day of week: 'SUN-6' mixes a word and a number"],
    ['an unknown word', '0 0 8 ? FOO MON', "month: 'FOO' is not between 1 and 12"],
    ['years that run backwards', '0 0 8 * * ? 2030-2025', 'year: 2030-2025 runs backwards'],
    ['an open range', '0 0 8 1- * ?', "day of month: '' is not between 1 and 31"],
    ['two steps', '0 0/5/5 8 * * ?', "minute: '0/5/5' has two steps"],
    ['an empty text', '', '6 or 7 fields are needed but 1 given'],
  ])('with %s is refused', (_name, text, message) => {
    expect(() => parseQuartz(text)).toThrow(message);
  });
});

describe('time zone', () => {
  test.each(['Mars/Olympus', 'GMT+24', 'GMT+1:60', '', 'UTC+'])("'%s' is none", (id) => {
    expect(findTimeZone(id)).toBeUndefined();
  });
});
