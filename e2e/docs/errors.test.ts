import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Its errors are those of Databricks; it imports no package of ours and so can report no problem of dpo. */
const notOurs = 'local-workspace';

async function sources(): Promise<readonly string[]> {
  const packages = (await readdir(join(root, 'packages'))).filter((name) => name !== notOurs);
  const files = await Promise.all(
    packages.map(async (name) => {
      const folder = join(root, 'packages', name, 'src');
      const found = await readdir(folder, { recursive: true });
      // What is generated from the page itself proves nothing.
      const written = found.filter((file) => file.endsWith('.ts') && !file.startsWith('generated'));
      return written.map((file) => join(folder, file));
    }),
  );
  return Promise.all(files.flat().map((file) => readFile(file, 'utf8')));
}

function all(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
}

/** Written out (but where one is only compared with), without a name (USAGE), or put together from area and name. */
function codesIn(text: string): readonly string[] {
  const areas = all(text, /code: `([A-Z]+)\.\$\{/gu);
  const names = areas.length === 0 ? [] : all(text, /\[\s*'([A-Z][A-Z_]+)',/gu);
  return [
    ...all(text, /(?<![!=]== )'([A-Z]{2,}\.[A-Z][A-Z_]+)'/gu),
    ...all(text, /code: '([A-Z]+)'/gu),
    ...areas.flatMap((area) => names.map((name) => `${area}.${name}`)),
  ];
}

interface Row {
  readonly area: string;
  readonly code: string;
  readonly cells: readonly string[];
}

async function documented(): Promise<readonly Row[]> {
  const text = await readFile(join(root, 'docs', 'errors.md'), 'utf8');
  return text.split(/^## /mu).flatMap((section) => {
    const area = /^[A-Z][A-Z and]*/u.exec(section)?.[0] ?? '';
    return section.split('\n').flatMap((line): readonly Row[] => {
      const code = /^\| `([A-Z._]+)` \|/u.exec(line)?.[1];
      if (code === undefined) return [];
      const cells = line.split('|').map((cell) => cell.trim());
      return [{ area, code, cells: cells.slice(2, -1) }];
    });
  });
}

describe('docs/errors.md', () => {
  test('N021 lists exactly the codes that the sources can report', async () => {
    const emitted = new Set((await sources()).flatMap(codesIn));
    const listed = new Set((await documented()).map(({ code }) => code));
    expect(emitted.size).toBeGreaterThan(70);
    expect({
      missing: [...emitted].filter((code) => !listed.has(code)).toSorted(),
      gone: [...listed].filter((code) => !emitted.has(code)).toSorted(),
    }).toEqual({ missing: [], gone: [] });
  });

  test('a code that is put together from parts is found', () => {
    const text = "return ['TYPE', what];\nconst problem = { code: `CONFIG.${code}` };";
    expect(codesIn(text)).toEqual(['CONFIG.TYPE']);
    expect(codesIn("if (problem.code === 'CONFIG.TYPE') return;")).toEqual([]);
  });

  test('lists each code once, under its area, with a meaning, a remedy and an exit status', async () => {
    const rows = await documented();
    expect(new Set(rows.map(({ code }) => code)).size).toBe(rows.length);
    for (const { area, code, cells } of rows) {
      expect(area.split(' and ')).toContain(code.split('.')[0]);
      expect([code, cells]).toEqual([
        code,
        [
          expect.stringMatching(/\S/u),
          expect.stringMatching(/\S/u),
          expect.stringMatching(/^(–|1|3|4|130)(; 3 .+)?$/u),
        ],
      ]);
    }
  });
});
