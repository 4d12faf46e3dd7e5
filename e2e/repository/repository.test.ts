import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function manifest(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(root, path), 'utf8')) as Record<string, unknown>;
}

describe('the repository', () => {
  test('R112 C16 states its licence, and every package the same one', async () => {
    const licence = await readFile(join(root, 'LICENSE'), 'utf8');
    expect(licence).toContain('Apache License');
    expect(licence).toContain('Version 2.0, January 2004');
    for (const name of await readdir(join(root, 'packages'))) {
      expect(await manifest(`packages/${name}/package.json`)).toMatchObject({ license: 'Apache-2.0' });
    }
  });

  test('D018 has the top level that the design names', async () => {
    const names = await readdir(root);
    for (const name of [
      'package.json',
      'tsconfig.json',
      'packages',
      'schemas',
      'examples',
      'state',
      'e2e',
      'README.md',
    ]) {
      expect(names).toContain(name);
    }
  });

  test('R092 D017 ships a suite, and the gates run it with jest', async () => {
    const { scripts } = (await manifest('package.json')) as { scripts: Record<string, string> };
    expect(scripts['test']).toContain('jest');
    expect(scripts['check']).toContain('npm test');
    expect(await readFile(join(root, 'README.md'), 'utf8')).toContain('npm ci && npm test');
    expect(await readFile(join(root, '.ci/run'), 'utf8')).toContain('npm run check');
  });

  test('the command line names what its bundle leaves out in the versions of the packages that own it', async () => {
    const cli = await manifest('packages/cli/package.json');
    const workspace = await manifest('packages/local-workspace/package.json');
    const state = await manifest('packages/state/package.json');
    const { '@duckdb/node-api': engine, '@polyglot-sql/sdk': translator } = workspace['dependencies'] as Record<
      string,
      string
    >;
    expect(cli['dependencies']).toMatchObject({ '@duckdb/node-api': engine, '@polyglot-sql/sdk': translator });
    expect(cli['optionalDependencies']).toEqual(state['optionalDependencies']);
  });

  test('locks every dependency without naming where to fetch it', async () => {
    const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
    expect(lock).not.toMatch(/"resolved": "http/u);
    const { dependencies, devDependencies } = (await manifest('package.json')) as Record<
      string,
      Record<string, string>
    >;
    for (const version of Object.values({ ...dependencies, ...devDependencies })) expect(version).toMatch(/^\d/u);
  });
});
