import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findConfigFile, readConfigFile } from '../src/index.ts';

describe('reading a config', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dpo-config-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  test('gives the text', async () => {
    await writeFile(join(folder, 'ok.yaml'), 'catalog_name: größe\n');
    await expect(readConfigFile(join(folder, 'ok.yaml'))).resolves.toBe('catalog_name: größe\n');
  });

  test('a missing file, also below a file, is not found', async () => {
    await writeFile(join(folder, 'file'), '');
    const missing = { problems: [{ code: 'CONFIG.NOT_FOUND', hint: 'name the config with --config FILE' }] };
    await expect(readConfigFile(join(folder, 'no.yaml'))).rejects.toMatchObject(missing);
    await expect(readConfigFile(join(folder, 'file', 'no.yaml'))).rejects.toMatchObject(missing);
  });

  test('a directory and a file that is not UTF-8 cannot be read', async () => {
    await mkdir(join(folder, 'directory'));
    await writeFile(join(folder, 'latin.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]));
    const unreadable = { problems: [{ code: 'CONFIG.UNREADABLE', severity: 'error' }] };
    await expect(readConfigFile(join(folder, 'directory'))).rejects.toMatchObject(unreadable);
    await expect(readConfigFile(join(folder, 'latin.yaml'))).rejects.toMatchObject(unreadable);
  });

  const isRoot = process.getuid?.() === 0;
  (isRoot ? test.skip : test)('a file without permission cannot be read', async () => {
    const path = join(folder, 'secret.yaml');
    await writeFile(path, '');
    await chmod(path, 0);
    await expect(readConfigFile(path)).rejects.toThrow('permission is denied');
  });

  test('C21 without a name it is dpo.yaml, then dpo.yml', async () => {
    const among = (...names: string[]) =>
      findConfigFile('folder', (path) => names.some((name) => path === join('folder', name)));
    await expect(among('dpo.yml', 'dpo.yaml')).resolves.toBe(join('folder', 'dpo.yaml'));
    await expect(among('dpo.yml')).resolves.toBe(join('folder', 'dpo.yml'));
    await expect(among()).rejects.toMatchObject({
      problems: [{ code: 'CONFIG.NOT_FOUND', message: "there is no dpo.yaml or dpo.yml in 'folder'" }],
    });
  });
});
