import { describe, expect, test } from '@jest/globals';
import { newCommandLine, switchesIn, type Word } from '../src/new-command.ts';

const switches = switchesIn({ full: { type: 'boolean' }, confirm: { type: 'boolean' }, select: { type: 'option' } });
const words: readonly Word[] = [
  { type: 'arg', input: 'configs/prod.yaml' },
  { type: 'flag', flag: 'full', input: '--full' },
  { type: 'flag', flag: 'confirm', input: '--confirm' },
  { type: 'flag', flag: 'select', input: "group:it's & !x" },
];

describe('a former command in the words of today', () => {
  test('keeps argument and flags, and quotes what a shell would take apart', () => {
    expect(newCommandLine(words.slice(0, 2), { words: 'plan', configFlag: false, switches })).toBe(
      'dpo plan configs/prod.yaml --full',
    );
    const apply = { words: 'apply --auto-approve', configFlag: true, without: ['confirm'], switches };
    expect(newCommandLine(words, apply)).toBe(
      String.raw`dpo apply --auto-approve --config configs/prod.yaml --full --select 'group:it'\''s & !x'`,
    );
  });

  test('U007 keeps the format that was asked for, once', () => {
    const given: readonly Word[] = [
      { type: 'flag', flag: 'json', input: '--json' },
      { type: 'flag', flag: 'format', input: 'json' },
    ];
    expect(newCommandLine(given, { words: 'plan', configFlag: false, switches })).toBe('dpo plan --json --format json');
  });
});
