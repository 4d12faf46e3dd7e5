import type { Problem } from '@dpo/core';

/** What a config may say to get out of the text that it stands in. */
export const hostileTexts: readonly string[] = [
  'a\n::set-output name=x::y',
  'a\r\n::error file=b,line=1::c',
  'a%0A::warning::b',
  '::stop-commands::x',
  'x,line=1::y',
  '\u001B[31mred\u001B[0m',
  '\u009B2J\u2028\u202Eabc\u0000\u0007',
  '"}],"results":[{"',
  '[click](https://example.com) {0} {name}',
  '\uD800 half',
];

/** A problem that says it everywhere. */
export function hostileProblem(text: string): Problem {
  return {
    code: 'CONFIG.VALUE',
    severity: 'error',
    message: `'${text}' is wrong`,
    hint: `not ${text}`,
    place: { file: `${text}.yaml`, start: { line: 1, column: 2 }, end: { line: 1, column: 4 }, path: text },
    snippet: { line: 1, text },
  };
}
