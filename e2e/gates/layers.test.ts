import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** Faults planted one at a time into a copy of the sources, and the rule that has to find each. */
const plants: readonly {
  readonly name: string;
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
}[] = [
  {
    name: 'a sibling import',
    rule: 'layer-render',
    files: { 'packages/render/src/planted.ts': "export { createLimit } from '@dpo/engine';\n" },
  },
  {
    name: 'an import of ours in the embedded workspace',
    rule: 'layer-local-workspace',
    files: { 'packages/local-workspace/src/planted.ts': "export { hashText } from '@dpo/core';\n" },
  },
  {
    name: 'a cycle',
    rule: 'no-cycles',
    files: {
      'packages/core/src/planted-a.ts': "import { b } from './planted-b.ts';\nexport const a = (): unknown => b;\n",
      'packages/core/src/planted-b.ts': "import { a } from './planted-a.ts';\nexport const b = (): unknown => a;\n",
    },
  },
  {
    name: 'a file read in core',
    rule: 'core-is-pure',
    files: { 'packages/core/src/planted.ts': "export { readFileSync } from 'node:fs';\n" },
  },
  {
    name: 'HTTP outside its package',
    rule: 'imports-undici',
    files: { 'packages/engine/src/planted.ts': "export { fetch } from 'undici';\n" },
  },
  {
    name: 'an import past the public entry',
    rule: 'only-public-entry',
    files: { 'packages/engine/src/planted.ts': "export { hashText } from '../../core/src/hash.ts';\n" },
  },
];

describe('the layers gate', () => {
  let copy: string;
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'dpo-layers-'));
    await cp(join(root, '.dependency-cruiser.mjs'), join(copy, '.dependency-cruiser.mjs'));
    await cp(join(root, 'package.json'), join(copy, 'package.json'));
    const isSource = (path: string): boolean =>
      !/\/(node_modules|dist|test|generated)(\/|$)/u.test(path.slice(root.length));
    await cp(join(root, 'packages'), join(copy, 'packages'), { recursive: true, filter: isSource });
    // The libraries are those of the repository; our own packages are those of the copy.
    for (const name of ['config', 'cli']) {
      const generated = `packages/${name}/src/generated`;
      // oxlint-disable-next-line no-await-in-loop
      await cp(join(root, generated), join(copy, generated), { recursive: true });
    }
    await linkLibraries(copy);
  });
  afterAll(async () => rm(copy, { recursive: true, force: true }));

  const cruise = async (): Promise<string> => {
    const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const packages = await readdir(join(copy, 'packages'));
    const folders = packages.map((name) => `packages/${name}/src`);
    const args = [depcruise, '--config', '.dependency-cruiser.mjs', ...folders];
    return run(process.execPath, args, { cwd: copy }).then(
      ({ stdout }) => stdout,
      (failed: { stdout: string; stderr: string }) => `failed ${failed.stdout}${failed.stderr}`,
    );
  };

  test('passes on the sources as they are', async () => {
    expect(await cruise()).toContain('no dependency violations found');
  }, 60_000);

  test.each(plants)(
    'D018 fails on $name',
    async ({ rule, files }) => {
      const paths = Object.keys(files).map((path) => join(copy, path));
      await Promise.all(Object.entries(files).map(([path, text]) => writeFile(join(copy, path), text)));
      const said = await cruise();
      await Promise.all(paths.map((path) => rm(path)));
      expect(said).toContain('failed');
      expect(said).toContain(rule);
    },
    60_000,
  );
});

async function linkLibraries(copy: string): Promise<void> {
  const modules = join(copy, 'node_modules');
  await mkdir(join(modules, '@dpo'), { recursive: true });
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@dpo' && name !== 'dpo' && name !== '.bin')
      await symlink(join(root, 'node_modules', name), join(modules, name));
  }
  for (const name of await readdir(join(copy, 'packages'))) {
    if (name !== 'cli') await symlink(join(copy, 'packages', name), join(modules, '@dpo', name));
  }
}
