import { describe, expect, test } from '@jest/globals';
import type { Json } from '@dpo/core';
import { dashboardDifference } from '../src/dashboard-difference.ts';
import type { Line } from '../src/line.ts';

const widget = (name: string, title?: string): Json => ({
  position: { x: 0 },
  widget: { name, ...(title === undefined ? {} : { spec: { frame: { title } } }) },
});
const page = (name: string, title: string, layout: readonly Json[]): Json => ({ name, displayName: title, layout });
const dataset = (name: string, title: string, lines: readonly string[]): Json => ({
  name,
  displayName: title,
  queryLines: lines.map((line) => `${line}\n`),
});
const textOf = (line: Line): string => line.map(({ text }) => text).join('');
const linesOf = (before: Json, after: Json): readonly string[] => {
  const said = dashboardDifference(JSON.stringify(before), JSON.stringify(after), false);
  return said === undefined ? [] : [said.title, ...said.below].map(textOf);
};
const base = {
  pages: [page('p', 'Drift', [widget('a', 'Trend'), widget('b', 'Top')])],
  datasets: [dataset('d', 'Rows', ['SELECT 1', 'FROM t']), dataset('e', 'Days', ['SELECT 2', 'FROM t'])],
};

describe('D014 what differs between two contents of a dashboard', () => {
  test.each<[string, Json, readonly string[]]>([
    [
      'a page that comes',
      { ...base, pages: [...base.pages, page('q', 'Quality', [widget('c')])] },
      ['1 page differs', '+ page Quality  1 widget'],
    ],
    ['a page that goes', { ...base, pages: [] }, ['1 page differs', '- page Drift  2 widgets']],
    [
      'widgets that come, go and change',
      { ...base, pages: [page('p', 'Drift', [widget('a', 'Mine'), widget('c', 'New')])] },
      ['1 page differs', '~ page Drift  + New  - Top  ~ Mine'],
    ],
    [
      'a page of another name',
      { ...base, pages: [page('p', 'Drifts', [widget('a', 'Trend'), widget('b', 'Top')])] },
      ['1 page differs', '~ page Drifts  layout'],
    ],
    [
      'a query',
      {
        ...base,
        datasets: [dataset('d', 'Rows', ['SELECT 3', 'FROM t']), dataset('e', 'Days', ['SELECT 2', 'FROM t'])],
      },
      ['1 dataset differs', '~ dataset Rows', '@@ -1,2 +1,2 @@', '-SELECT 1', '+SELECT 3', ' FROM t'],
    ],
    [
      'queries that change alike',
      {
        ...base,
        datasets: [
          dataset('d', 'Rows', ['SELECT 1', 'FROM t', 'WHERE x']),
          dataset('e', 'Days', ['SELECT 2', 'FROM t', 'WHERE x']),
        ],
      },
      ['2 datasets differ', '~ 2 datasets Rows, Days', '@@ -1,2 +1,3 @@', ' SELECT 1', ' FROM t', '+WHERE x'],
    ],
    ['something else', { ...base, uiSettings: { theme: 'dark' } }, ['', '~ uiSettings']],
  ])('%s', (_name, after, expected) => {
    expect(linesOf(base, after)).toEqual(expected);
  });

  test('what is no content is not looked into', () => {
    expect(dashboardDifference('no JSON', JSON.stringify(base), false)).toBeUndefined();
    expect(dashboardDifference(undefined, JSON.stringify(base), false)).toBeUndefined();
  });
});
