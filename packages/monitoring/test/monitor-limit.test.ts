import { describe, expect, test } from '@jest/globals';
import { desireOf, tableOf } from './support.ts';

const names = ['a', 'b', 'c', 'd'].map((name) => `prod.ml.${name}`);
const tables = names.map((fullName) => tableOf({ fullName }));
const entries = (more: Readonly<Record<string, string>> = {}): string =>
  `monitored_tables:\n${names.map((name) => `  ${name}: {profile_type: SNAPSHOT${more[name] ?? ''}}\n`).join('')}`;
const monitors = (text: string, managed: readonly string[] = []): readonly (readonly string[])[] => {
  const desired = desireOf(text, tables, { managed: new Map(managed.map((name) => [name, `id-of-${name}`])) });
  const limited = desired.skipped.filter(({ code }) => code === 'PLAN.MONITOR_LIMIT');
  return [
    desired.resources.flatMap(({ address }) => (address.startsWith('monitor:') ? [address.slice(16)] : [])),
    limited.map(({ address, reason }) => `${address.slice(16)} ${reason}`),
    desired.problems
      .filter(({ code }) => code === 'PLAN.MONITOR_LIMIT')
      .map(({ severity, message }) => `${severity} ${message}`),
  ];
};

describe('U060 W011 T11 the budget of monitors', () => {
  test('leaves out new tables with the lowest priority, by name among equals, and says which', () => {
    expect(monitors(`monitor_limit: 2\n${entries({ 'prod.ml.d': ', priority: 1' })}`)).toEqual([
      ['a', 'd'],
      ['b beyond the limit of 2 monitors, with priority 99', 'c beyond the limit of 2 monitors, with priority 99'],
      [
        'warning the project may have 2 monitors, and at least 4 are there or asked for; left out: prod.ml.b, prod.ml.c',
      ],
    ]);
  });

  test('never takes a monitor from a table that has one, whatever its priority', () => {
    const [kept, skipped] = monitors(`monitor_limit: 2\n${entries({ 'prod.ml.a': ', priority: 1' })}`, [
      'prod.ml.c',
      'prod.ml.d',
    ]);
    expect(kept).toEqual(['c', 'd']);
    expect(skipped).toHaveLength(2);
  });

  test('counts what the state has and the config does not want any more: it is there until it is deleted', () => {
    const [kept] = monitors(`monitor_limit: 3\n${entries()}`, ['prod.ml.old', 'prod.ml.older']);
    expect(kept).toEqual(['a']);
  });

  test('null is no limit, and 100 is the usual one', () => {
    expect(monitors(`monitor_limit: null\n${entries()}`)).toEqual([['a', 'b', 'c', 'd'], [], []]);
    const managed = Array.from({ length: 99 }, (_, index) => `prod.other.t${String(index)}`);
    expect(monitors(entries(), managed)[0]).toEqual(['a']);
    expect(monitors(`monitor_limit: null\n${entries()}`, managed)[0]).toHaveLength(4);
  });

  test('an output schema that only left out tables need is not made', () => {
    const text = `monitor_limit: 1\n${entries({ 'prod.ml.a': ', output_schema_name: first', 'prod.ml.b': ', output_schema_name: second' })}`;
    const schemas = desireOf(text, tables).resources.filter(({ address }) => address.startsWith('schema:'));
    expect(schemas.map(({ address }) => address)).toEqual(['schema:prod.first']);
  });
});
