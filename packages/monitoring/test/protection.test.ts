import { describe, expect, test } from '@jest/globals';
import { at, churn, desireOf, monitorIn } from './support.ts';

const entry = (settings: string): string =>
  `monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT${settings === '' ? '' : `, ${settings}`} }\n`;
const defaults = (settings: string): string => `profile_defaults: { ${settings} }\n`;

describe('what the config says about leaving an object alone', () => {
  test.each<[string, string, readonly string[] | undefined]>([
    ['nothing is ignored unless it is said', entry(''), undefined],
    [
      'the table says it, in the words of the config or of the API',
      entry('ignore: [monitor.schedule.cron, monitor.slicing_exprs]'),
      ['schedule.quartz_cron_expression', 'slicing_exprs'],
    ],
    ['the defaults say it', entry('') + defaults('ignore: [monitor.slicing_exprs]'), ['slicing_exprs']],
    [
      'C17 the table goes before the defaults',
      entry('ignore: [monitor.baseline_table_name]') + defaults('ignore: [monitor.slicing_exprs]'),
      ['baseline_table_name'],
    ],
    [
      'an empty list of the table lifts the defaults',
      entry('ignore: []') + defaults('ignore: [monitor.slicing_exprs]'),
      undefined,
    ],
    ['null is not set', entry('ignore: null') + defaults('ignore: [monitor.slicing_exprs]'), ['slicing_exprs']],
    [
      'the same by two names is one',
      entry('ignore: [monitor.schedule, monitor.schedule.timezone]'),
      ['schedule.quartz_cron_expression', 'schedule.timezone_id'],
    ],
  ])('%s', (_name, text, ignore) => {
    expect(monitorIn(desireOf(text)).ignore).toEqual(ignore);
  });

  test.each<[string, string, string | undefined]>([
    ['nothing is said: as the state has it', entry(''), undefined],
    ['the table protects', entry('prevent_destroy: true'), 'true'],
    ['the defaults protect', entry('') + defaults('prevent_destroy: true'), 'true'],
    [
      'C17 the table goes before the defaults',
      entry('prevent_destroy: false') + defaults('prevent_destroy: true'),
      'false',
    ],
    ['null is not set', entry('prevent_destroy: null') + defaults('prevent_destroy: true'), 'true'],
  ])('N004 %s', (_name, text, value) => {
    const found = monitorIn(desireOf(text)).preventDestroy;
    expect(found === undefined ? undefined : String(found.value)).toBe(value);
  });

  test('N004 a protection has the place of its line', () => {
    const text = `monitored_tables:\n  ${churn}:\n    profile_type: SNAPSHOT\n    prevent_destroy: true\n`;
    expect(at(monitorIn(desireOf(text)).preventDestroy?.place ?? { default: true })).toMatch(/^dpo\.yaml:\d+:22$/u);
  });
});
