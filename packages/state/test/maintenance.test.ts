import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ManagedStateStore } from '@dpo/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { closingFiles, type ClosingFiles } from './closing-files.ts';
import { createAll, createWorld, entry, intent, monitor, runNumber, storeOn } from './examples.ts';

let directory: string;
let path: string;
let files: ClosingFiles;
let store: ManagedStateStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dpo-state-'));
  path = join(directory, 'prod.json');
  files = closingFiles();
  store = storeOn(files, createWorld(), { path });
  await createAll(store, runNumber(1), ['a', 'b']);
});

afterEach(async () => {
  await files.closeAll();
  await rm(directory, { recursive: true });
});

async function document(change: (text: string) => string = (text) => text): Promise<string> {
  return change((await store.document()) ?? '');
}

const raise = (text: string): string => text.replace('"serial": 1', '"serial": 2');

describe('the state as a document', () => {
  test('is the file itself', async () => {
    expect(await document()).toBe(await readFile(path, 'utf8'));
  });

  test('holds what an interrupted run did, and nothing is written for it', async () => {
    const session = await store.open(runNumber(2));
    const operation = await session.start(intent('create', 'c'));
    await session.finish(operation, { status: 'done', entry: entry('c') });
    const before = await readFile(path, 'utf8');
    expect(await document()).toContain(monitor('c'));
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  test('pushed with a higher serial it becomes the state, and the one before the backup', async () => {
    const before = await readFile(path, 'utf8');
    const pushed = await document((text) => raise(text).replace('"id":"id-a"', '"id":"other"'));
    await store.replace(runNumber(2), pushed);
    expect(await readFile(path, 'utf8')).toBe(pushed);
    expect(await readFile(`${path}.backup`, 'utf8')).toBe(before);
    expect((await readdir(directory)).filter((name) => name.includes('.lock'))).toEqual([]);
  });

  test('pushed as it is it changes nothing', async () => {
    const before = await readdir(directory);
    await store.replace(runNumber(2), await document());
    expect(await readdir(directory)).toEqual(before);
    expect((await store.read()).serial).toBe(1);
  });

  test('pushed where there is no state it becomes one', async () => {
    const pushed = await document();
    const elsewhere = join(directory, 'new', 'prod.json');
    await storeOn(files, createWorld(), { path: elsewhere }).replace(runNumber(2), pushed);
    expect(await readFile(elsewhere, 'utf8')).toBe(pushed);
  });

  test.each<[string, (text: string) => string, RegExp]>([
    [
      'the same serial',
      (text) => text.replace('"id":"a"', '"id":"x"'),
      /it has serial 1, the state here is at 1 already/,
    ],
    ['another lineage', (text) => raise(text).replace(/"lineage": "[^"]+"/u, '"lineage": "x"'), /it has lineage x/],
    ['half a document', (text) => text.slice(0, 80), /is damaged/],
    ['no state at all', () => '{}', /is not a state of dpo/],
  ])('%s is refused and nothing is written', async (_name, change, message) => {
    const before = await readFile(path, 'utf8');
    const refused = store.replace(runNumber(2), await document(change));
    await expect(refused).rejects.toThrow(/^STATE\.PUSH/u);
    await expect(refused).rejects.toThrow(message);
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(await store.holder()).toBeUndefined();
  });

  test('N016 a push waits for nobody: a state that is held is refused with its holder', async () => {
    const processes = { isAlive: async () => true, startMark: async () => 'mark' };
    const held = storeOn(files, createWorld(), { path, processes });
    const session = await held.open(runNumber(2));
    await expect(held.replace(runNumber(3), await document(raise))).rejects.toThrow(/STATE\.LOCKED/u);
    await session.close();
  });
});

describe('N016 the lock by hand', () => {
  test('says who holds it, and is removed by its id only', async () => {
    const session = await store.open(runNumber(2));
    const holder = await store.holder();
    expect(holder).toMatchObject({ run: runNumber(2).id, operation: 'apply', pid: runNumber(2).pid });
    await expect(store.unlock('another')).rejects.toThrow(/STATE\.UNLOCK.*not another/u);
    await store.unlock(holder?.id ?? '');
    expect(await store.holder()).toBeUndefined();
    await session.close();
  });

  test('a lock that names no holder is neither called free nor removed by an id', async () => {
    await writeFile(`${path}.lock`, '{"id":');
    await expect(store.holder()).rejects.toThrow(/STATE\.LOCKED.*names no holder/u);
    await expect(store.unlock('x')).rejects.toThrow(/STATE\.LOCKED.*names no holder/u);
    expect(await readFile(`${path}.lock`, 'utf8')).toBe('{"id":');
  });

  test('a lock that is not there is said to be so', async () => {
    await expect(store.unlock('x')).rejects.toThrow(/is not locked/u);
  });
});

describe('N017 the history', () => {
  test('has one entry for each operation, oldest first, and leaves half a line out', async () => {
    await writeFile(join(directory, 'prod.history.ndjson'), '{"run":', { flag: 'a' });
    expect(await store.history()).toMatchObject([
      { address: monitor('a'), action: 'create', outcome: 'done' },
      { address: monitor('b'), action: 'create', outcome: 'done' },
    ]);
  });

  test('of a state that never ran is empty', async () => {
    expect(await storeOn(files, createWorld(), { path: join(directory, 'none.json') }).history()).toEqual([]);
  });
});
