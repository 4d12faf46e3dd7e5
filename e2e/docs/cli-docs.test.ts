import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const script = fileURLToPath(new URL('../../packages/cli/scripts/generate-cli-docs.js', import.meta.url));

describe('docs/cli.md', () => {
  test('fits the commands; if not, run node packages/cli/scripts/generate-cli-docs.js', () => {
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('explains the exit statuses', async () => {
    const text = await readFile(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    for (const status of [0, 1, 2, 3, 4, 130]) expect(text).toMatch(new RegExp(`^\\| ${String(status)} \\| `, 'mu'));
  });
});
