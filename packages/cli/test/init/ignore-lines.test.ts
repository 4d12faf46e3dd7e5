import { describe, expect, test } from '@jest/globals';
import { ignoredByGit, missingLines } from '../../src/init/ignore-lines.ts';

const comment = '# dpo: the embedded workspace, the state, saved plans';
const all = `${comment}\n.dpo/\nstate/\n*.plan.json\n`;

describe('the lines of a .gitignore', () => {
  test.each([
    ['no file', '', all],
    ['other lines', 'node_modules/\n', `node_modules/\n\n${all}`],
    ['a last line without an end', 'node_modules/', `node_modules/\n\n${all}`],
    ['CRLF', 'node_modules/\r\n', `node_modules/\r\n\r\n${all.replaceAll('\n', '\r\n')}`],
    ['some of them', '.dpo\n/state/*\n', `.dpo\n/state/*\n\n${comment}\n*.plan.json\n`],
    ['all of them in other spellings', '/.dpo/\r\nstate\r\n *.plan.json \r\n', '/.dpo/\r\nstate\r\n *.plan.json \r\n'],
    ['a commented one', '# state/\n', `# state/\n\n${all}`],
    ['a folder that only begins so', 'state-of-the-art/\n', `state-of-the-art/\n\n${all}`],
  ])('after %s only what is missing is added', (_, before, after) => {
    expect(before + missingLines(before)).toBe(after);
  });

  test('a second time adds nothing', () => {
    for (const before of ['', 'a', 'a\r\n', '\uFEFF.dpo/\n']) {
      const once = before + missingLines(before);
      expect(missingLines(once)).toBe('');
      expect(ignoredByGit.every((line) => once.split(/\r?\n/).some((there) => there.endsWith(line)))).toBe(true);
    }
  });
});
