import { describe, expect, test } from '@jest/globals';
import { renderTable } from '../src/index.ts';
import { widthOf } from '../src/measure.ts';
import { expectGolden, linesOf, narrow } from './golden.ts';

const columns = ['column_name', 'count', 'avg', 'note'];
const rows = [
  ['distance', '10000', 712.25, 'x'.repeat(90)],
  ['größe 漢字', '7', null, 'NULL'],
  ['esc\x1b[31m', '-12', 1e-9, 'two\nlines'],
] as const;

describe('renderTable', () => {
  test('columns are aligned, numbers to the right, NULL is told from the text', () => {
    expectGolden(renderTable(columns, rows, narrow), 'table-80');
    for (const line of linesOf(renderTable(columns, rows, narrow))) expect(widthOf(line)).toBeLessThanOrEqual(80);
  });

  test('the full style cuts nothing', () => {
    expect(renderTable(columns, rows, { ...narrow, full: true })).toContain('x'.repeat(90));
  });

  test('no rows still have their columns', () => {
    expect(renderTable(['a', 'b'], [], narrow)).toBe('a  b\n─  ─\n(0 rows)\n');
  });

  test('no columns have a count', () => {
    expect(renderTable([], [], narrow)).toBe('(0 rows)\n');
  });

  test('many columns are cut at the width', () => {
    const names = Array.from({ length: 60 }, (_, index) => `column_${index}`);
    for (const line of linesOf(renderTable(names, [names], narrow))) expect(widthOf(line)).toBeLessThanOrEqual(80);
  });
});
