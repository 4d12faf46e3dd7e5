import { describe, expect, test } from '@jest/globals';
import { renderExplanation, renderExplanations, type Explanation } from '../src/index.ts';
import { expectGoldens, linesOf, narrow } from './golden.ts';

const full: Explanation = {
  code: 'CONFIG.TYPE',
  area: 'CONFIG',
  subject: 'the config file',
  meaning: 'A value has the wrong type: text for a list, a number for text. It is told with its place.',
  remedy: 'Write the type that the message expects.',
  exit: '1; 3 in a run',
  note: 'All of these come before the first request.',
  causes: ['An id of digits is a number in YAML: quote it.', '`yes` is a text.'],
  examples: [{ title: 'Wrong', language: 'yaml', text: 'warehouse_id: 1\nmonitored_tables:\n  prod.ml.a: {}' }],
};
const short: Explanation = {
  code: 'PLAN.KEPT',
  area: 'PLAN',
  subject: 'plans',
  meaning: 'Something rests on it.',
  remedy: 'Clear that first.',
  exit: '–',
  causes: [],
  examples: [],
};

describe('an explanation', () => {
  test('N021 says meaning, causes, remedy, exit status and examples', () => {
    expectGoldens((style) => renderExplanation(full, style), 'explanation');
  });

  test('leaves out what there is none of, and says that a command goes on', () => {
    expect(renderExplanation(short, narrow)).toBe(
      [
        'PLAN.KEPT  plans',
        '',
        '  meaning      Something rests on it.',
        '  what to do   Clear that first.',
        '  exit status  none: it does not end a command',
        '',
      ].join('\n'),
    );
  });

  test('an example is never broken', () => {
    const { text } = full.examples[0] ?? { text: '' };
    for (const line of text.split('\n')) expect(renderExplanation(full, { ...narrow, width: 40 })).toContain(line);
  });
});

test('N021 a list has one line for each code, with the first sentence, under its area', () => {
  expect(linesOf(renderExplanations([full, short], { ...narrow, width: Infinity }))).toEqual([
    'CONFIG  the config file',
    '  CONFIG.TYPE  A value has the wrong type: text for a list, a number for text.',
    '',
    'PLAN  plans',
    '  PLAN.KEPT    Something rests on it.',
  ]);
  const lines = linesOf(renderExplanations([full, short], { ...narrow, width: 40 }));
  expect(lines).toHaveLength(5);
  expect(lines[1]).toBe('  CONFIG.TYPE  A value has the wrong ty…');
});
