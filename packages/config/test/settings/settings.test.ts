import type { Json } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { problemsIn } from '../support.ts';
import { configWith, instanceOf } from './config-with.ts';
import { settingPaths } from './setting-paths.ts';
import { metricTable, settingsTable } from './settings-table.ts';

interface Setting {
  readonly path: string;
  readonly standard: Json | undefined;
  readonly good: readonly Json[];
  readonly bad: readonly (readonly [value: Json, code: string])[];
}

const split = (text: string, mark: RegExp): readonly string[] => text.split(mark).map((part) => part.trim());

function settingOf(line: string): Setting {
  const [path = '', standard = '', good = '', bad = ''] = split(line, / \| /);
  return {
    path,
    standard: standard === '-' ? undefined : (JSON.parse(standard) as Json),
    good: split(good, /; /).map((text) => JSON.parse(text) as Json),
    bad: split(bad, /; /).map((text) => {
      const at = text.lastIndexOf(' ');
      return [JSON.parse(text.slice(0, at)) as Json, `CONFIG.${text.slice(at + 1)}`];
    }),
  };
}

const linesOf = (table: string): readonly string[] => table.split('\n').filter((line) => line.trim() !== '');
const homesOfMetrics = [
  'profile_defaults.custom_metrics[]',
  'monitored_tables.<table>.custom_metrics[]',
  'objective_functions.<id>.metric',
];
const settings = [
  ...linesOf(settingsTable),
  ...homesOfMetrics.flatMap((home) => linesOf(metricTable).map((line) => `${home}.${line}`)),
].map(settingOf);

describe('every setting of the config language', () => {
  const schema = settingPaths();
  // Shapes of their own: their entries are in the table.
  const lists = ['profile_defaults.custom_metrics', 'monitored_tables.<table>.custom_metrics'];

  test('N022 has a line in the table, and the table no other', () => {
    const tested = settings.map(({ path }) => path);
    expect(tested.toSorted()).toEqual([...schema.keys()].filter((path) => !lists.includes(path)).toSorted());
  });

  test('is described and has an example', () => {
    const bare = [...schema].filter(
      ([, node]) => typeof node['description'] !== 'string' || !Array.isArray(node['examples']),
    );
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test.each(settings.map((setting) => [setting.path, setting] as const))(
    '%s has the default of section K',
    (path, setting) => {
      expect(schema.get(path)?.['default']).toEqual(setting.standard);
    },
  );

  test.each(settings.flatMap(({ path, good }) => good.map((value) => [path, JSON.stringify(value), value] as const)))(
    '%s takes %s',
    (path, _text, value) => {
      const errors = problemsIn(configWith(path, value)).filter(({ severity }) => severity === 'error');
      expect(errors).toEqual([]);
    },
  );

  test.each(
    settings.flatMap(({ path, bad }) =>
      bad.map(([value, code]) => [path, JSON.stringify(value), value, code] as const),
    ),
  )('U011 %s refuses %s where it stands', (...[path, , value, code]) => {
    const text = configWith(path, value);
    const found = problemsIn(text).filter((problem) => problem.code === code);
    const places = found.flatMap(({ place }) => (place !== undefined && 'start' in place ? [place] : []));
    const inside = places.filter((place) => (place.path ?? '').startsWith(instanceOf(path)));
    expect(inside).not.toEqual([]);
    if (typeof value === 'object' && value !== null) return;
    const marked = inside.map(({ start }) => text.split('\n')[start.line - 1]?.slice(start.column - 1));
    expect(marked.map((line) => line?.replace(/,$/u, ''))).toContain(JSON.stringify(value));
  });
});
