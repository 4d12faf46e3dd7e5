import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const script = fileURLToPath(new URL('../../packages/config/scripts/generate-docs.js', import.meta.url));

async function text(path: string): Promise<string> {
  return readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
}

describe('docs/configuration.md', () => {
  test('fits the schema; if not, run node packages/config/scripts/generate-docs.js', () => {
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('has a row for every key of the schema', async () => {
    const schema = JSON.parse(await text('schemas/config.schema.json')) as {
      readonly properties: object;
      readonly $defs: Readonly<Record<'table' | 'profile' | 'target', { readonly properties: object }>>;
    };
    const { table, profile, target } = schema.$defs;
    const keys = [schema, table, profile, target].flatMap(({ properties }) => Object.keys(properties));
    const page = await text('docs/configuration.md');
    expect(keys.filter((key) => !page.includes(`\n| \`${key}\` |`))).toEqual([]);
  });

  test('each cell stands in its column', async () => {
    const lines = (await text('docs/configuration.md')).split('\n');
    const cellsOf = (line: string): number => line.replaceAll('\\|', '').split('|').length;
    const wrong = lines.filter((line, index) => {
      const above = lines[index - 1] ?? '';
      return line.startsWith('|') && above.startsWith('|') && cellsOf(line) !== cellsOf(above);
    });
    expect(wrong).toEqual([]);
  });
});
