import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPlainFolder, type PlainFolder } from '../support/plain-folder.ts';

interface Example {
  readonly code: string;
  readonly title: string;
  readonly text: string;
}

const page = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8');

/** The configs of docs/errors.md, each with the code that it stands under. */
const examples: readonly Example[] = page.split(/^### /mu).flatMap((section) => {
  const code = /^[A-Z._]+/u.exec(section)?.[0] ?? '';
  return [...section.matchAll(/^(?<title>[^\n]+):\n\n```yaml\n(?<text>.*?)\n```$/gmsu)].map(({ groups = {} }) => ({
    code,
    title: groups['title'] ?? '',
    text: groups['text'] ?? '',
  }));
});

describe('the examples of docs/errors.md', () => {
  let folder: PlainFolder;
  beforeAll(async () => {
    folder = await createPlainFolder();
  });
  afterAll(async () => folder.remove());

  test('are there, a wrong one and a right one for each code', () => {
    expect(examples.length).toBeGreaterThanOrEqual(20);
    const codes = [...new Set(examples.map(({ code }) => code))];
    const titles = codes.map((code) => examples.filter((each) => each.code === code).map(({ title }) => title));
    expect(titles.filter((each) => each.join() !== 'Wrong,Right')).toEqual([]);
  });

  test.each(examples)('N021 N022 $code: $title', async ({ code, title, text }) => {
    await folder.write('dpo.yaml', `${text}\n`);
    const ran = await folder.dpo('validate', '--json');
    const { problems } = JSON.parse(ran.stdout) as { problems: { code: string; severity: string }[] };
    const errors = problems.filter(({ severity }) => severity === 'error').map((problem) => problem.code);
    expect([ran.code, errors]).toEqual(title === 'Wrong' ? [1, [code]] : [0, []]);
  });
});
