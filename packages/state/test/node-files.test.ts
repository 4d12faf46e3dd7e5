import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { nodeFiles } from '../src/node-files.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dpo-files-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const at = (name: string): string => join(directory, name);

describe('nodeFiles', () => {
  test('what is not there reads as such', async () => {
    expect(await nodeFiles.read(at('none'))).toBeUndefined();
    expect(await nodeFiles.list(at('none'))).toEqual([]);
    await nodeFiles.remove(at('none'));
  });

  test('a directory is no text', async () => {
    await expect(nodeFiles.read(directory)).rejects.toThrow('EISDIR');
  });

  test('a new file and a link take only a name that is free', async () => {
    expect(await nodeFiles.writeNew(at('a'), 'one')).toBe('made');
    expect(await nodeFiles.writeNew(at('a'), 'two')).toBe('exists');
    expect(await nodeFiles.link(at('a'), at('b'))).toBe('made');
    expect(await nodeFiles.link(at('a'), at('b'))).toBe('exists');
    expect(await nodeFiles.link(at('none'), at('c'))).toBe('gone');
    expect(await nodeFiles.read(at('b'))).toBe('one');
  });

  test('appending to a new file fails if it exists', async () => {
    const file = await nodeFiles.openAppend(at('a'), 'new');
    await file.append('one\n');
    await file.append('two\n');
    await file.datasync();
    await file.close();
    await expect(nodeFiles.openAppend(at('a'), 'new')).rejects.toThrow('EEXIST');
    const again = await nodeFiles.openAppend(at('a'), 'any');
    await again.append('three\n');
    await again.close();
    expect(await readFile(at('a'), 'utf8')).toBe('one\ntwo\nthree\n');
    expect((await stat(at('a'))).mode & 0o777).toBe(0o600);
  });

  test('makes a directory with its parents, once or again', async () => {
    await nodeFiles.makeDirectory(at('x/y/z'));
    await nodeFiles.makeDirectory(at('x/y/z'));
    expect((await stat(at('x/y/z'))).isDirectory()).toBe(true);
    await nodeFiles.syncDirectory(at('x/y/z'));
  });
});
