import { describe, expect, test } from '@jest/globals';
import type { Problem } from '@dpo/core';
import { renderGithub, visible } from '../src/index.ts';
import { hostileProblem, hostileTexts } from './hostile.ts';

const options = { pathOf: (file: string): string => `configs/${file}` };
const at = (...[line = 1, column = 1, endLine, endColumn]: readonly number[]): Pick<Problem, 'place'> => ({
  place: {
    file: 'dpo.yaml',
    start: { line, column },
    ...(endLine !== undefined && endColumn !== undefined && { end: { line: endLine, column: endColumn } }),
  },
});
const base = { code: 'CONFIG.TYPE', severity: 'error', message: "'x' is 1" } as const;

const cases: readonly (readonly [what: string, problem: Problem, line: string])[] = [
  [
    'an error with a range',
    { ...base, ...at(2, 15, 2, 17), hint: 'put it in quotes' },
    "::error file=configs/dpo.yaml,line=2,endLine=2,col=15,endColumn=17,title=CONFIG.TYPE::'x' is 1%0Ahint: put it in quotes",
  ],
  [
    'a warning at a point',
    { ...base, severity: 'warning', ...at(2, 15) },
    "::warning file=configs/dpo.yaml,line=2,col=15,title=CONFIG.TYPE::'x' is 1",
  ],
  [
    'a note over several lines, without columns',
    { ...base, severity: 'note', ...at(2, 15, 4, 1) },
    "::notice file=configs/dpo.yaml,line=2,endLine=4,title=CONFIG.TYPE::'x' is 1",
  ],
  ['a problem without a place', base, "::error title=CONFIG.TYPE::'x' is 1"],
  [
    'a tag and an address',
    { ...base, place: { tag: 'prod.ml.a#monitor_group' }, address: 'monitor:prod.ml.a' },
    "::error title=CONFIG.TYPE::'x' is 1%0Atag prod.ml.a#monitor_group%0Amonitor:prod.ml.a",
  ],
];

describe('C23 problems as workflow commands of GitHub', () => {
  test.each(cases)('%s', (_what, problem, line) => {
    expect(renderGithub([problem], options)).toBe(`${line}\n`);
  });

  test('no problems are no text', () => {
    expect(renderGithub([], options)).toBe('');
  });

  test.each(hostileTexts)('nothing in %j ends a command or starts another', (text) => {
    const said = renderGithub([hostileProblem(text)], options);
    const command = /^::error (?<properties>[^\n\r]*?)::(?<data>[^\n\r]*)\n$/u.exec(said)?.groups;
    const properties = (command?.['properties'] ?? '').split(',').map((pair) => pair.split('=')[0]);
    expect(properties).toEqual(['file', 'line', 'endLine', 'col', 'endColumn', 'title']);
    expect(said).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}](?!$)/u);
    const decoded = (name: string): string =>
      (command?.[name] ?? '').replaceAll(/%(?<hex>..)/gu, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
    expect(decoded('data')).toBe(`'${visible(text)}' is wrong\nhint: not ${visible(text)}`);
    expect(decoded('properties').startsWith(`file=configs/${visible(text)}.yaml,line=1,`)).toBe(true);
  });
});
