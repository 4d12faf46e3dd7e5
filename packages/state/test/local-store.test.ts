import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDpoError, nothingRecorded, type Result } from '@dpo/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Files } from '../src/files.ts';
import { closingFiles, type ClosingFiles } from './closing-files.ts';
import {
  createAll,
  createWorld,
  entry,
  intent,
  monitor,
  runNumber,
  startOfDay,
  storeOn,
  target,
  type World,
} from './examples.ts';

let directory: string;
let path: string;
let world: World;
let files: ClosingFiles;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dpo-state-'));
  path = join(directory, 'state', 'prod.json');
  world = createWorld();
  files = closingFiles();
});

afterEach(async () => {
  await files.closeAll();
  await rm(directory, { recursive: true });
});

const store = (disk: Files = files) => storeOn(disk, world, { path });
const names = async () => (await readdir(join(directory, 'state'))).toSorted();
const unknown: Result = { status: 'failed', code: 'API.OUTCOME_UNKNOWN', unknown: true };
const refused: Result = { status: 'failed', code: 'API.FORBIDDEN', unknown: false };

/** The error a disk without space gives. */
function noSpace(): never {
  throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}

describe('reading', () => {
  test('no state is nothing recorded, and nothing is made', async () => {
    expect(await store().read()).toEqual(nothingRecorded);
    expect(await readdir(directory)).toEqual([]);
  });

  test('neither locks nor writes while a run is at work, and sees what it has done', async () => {
    const session = await store().open(runNumber(1));
    const before = await names();
    expect(await store().read()).toEqual(nothingRecorded);
    const n = await session.start(intent('create', 'a'));
    await session.finish(n, { status: 'done', entry: entry('a') });
    expect((await store().read()).resources.get(monitor('a'))).toEqual(entry('a'));
    expect(await names()).toEqual(['prod.json.journal', ...before].toSorted());
    await session.close();
  });

  test('is right although two runs are saved while it reads', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const second = await store().open(runNumber(2));
    await second.finish(await second.start(intent('create', 'b')), { status: 'done', entry: entry('b') });
    let first = true;
    const slow: Files = {
      ...files,
      read: async (name) => {
        const text = await files.read(name);
        if (first) {
          first = false;
          await second.close();
          await createAll(store(), runNumber(3), ['c']);
        }
        return text;
      },
    };
    expect(await store(slow).read()).toEqual(await store().read());
  });

  test('what cannot be read is a problem, not an empty state', async () => {
    const disk: Files = { ...files, read: async () => noSpace() };
    await expect(store(disk).read()).rejects.toMatchObject({ problems: [{ code: 'STATE.UNREADABLE' }] });
  });
});

describe('a run', () => {
  test('saves what it did beside the config and nowhere else (D006, C22)', async () => {
    await createAll(store(), runNumber(1), ['a']);
    await createAll(store(), runNumber(2), ['b']);
    expect(await names()).toEqual(['prod.history.ndjson', 'prod.json', 'prod.json.backup']);
    const recorded = await store().read();
    expect(recorded).toMatchObject({ serial: 2, owner: 'shop/prod', target, intents: [] });
    expect([...recorded.resources.keys()]).toEqual([monitor('a'), monitor('b')]);
    expect(await readFile(`${path}.backup`, 'utf8')).toContain('"serial": 1');
    for (const name of await names()) expect((await stat(join(directory, 'state', name))).mode & 0o777).toBe(0o600);
  });

  test('without operations leaves bytes and times as they are', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const look = async () =>
      Promise.all(
        (await names()).map(async (name) => [
          name,
          await readFile(join(directory, 'state', name)),
          (await stat(join(directory, 'state', name))).mtimeMs,
        ]),
      );
    const before = await look();
    const session = await store().open(runNumber(2));
    expect(await session.close()).toEqual({ status: 'unchanged' });
    expect(await look()).toEqual(before);
  });

  test('without operations makes no state and no lineage', async () => {
    const session = await store().open(runNumber(1));
    expect(session.recorded).toEqual(nothingRecorded);
    expect(session.lineage).toBe('id-2');
    await session.close();
    expect(await names()).toEqual([]);
  });

  test('whose operations change nothing keeps serial and bytes', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const before = await readFile(path, 'utf8');
    const session = await store().open(runNumber(2));
    await session.finish(await session.start(intent('create', 'b')), refused);
    await session.finish(await session.start(intent('update', 'a')), { status: 'done', entry: entry('a') });
    expect(await session.close()).toEqual({ status: 'unchanged' });
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(await names()).toEqual(['prod.history.ndjson', 'prod.json']);
  });

  test('writes a line of history for each operation, and half a line of before is taken out (N017)', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const history = join(directory, 'state', 'prod.history.ndjson');
    const first = await readFile(history, 'utf8');
    await writeFile(history, `${first}{"run":"run-0","n":1,"at`);
    const session = await store().open(runNumber(2));
    await session.finish(await session.start(intent('delete', 'a')), { status: 'done', entry: null });
    await session.finish(await session.start(intent('create', 'b')), refused);
    await session.finish(await session.start(intent('create', 'c')), unknown);
    await session.start(intent('update', 'd'));
    await session.close();
    const text = await readFile(history, 'utf8');
    expect(text.startsWith(first)).toBe(true);
    const common = { run: 'run-2', at: '2026-03-01T00:00:00.000Z', actor: 'alice', commit: 'c0ffee', plan: 'plan-2' };
    expect(
      text
        .slice(first.length)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { ...common, n: 1, address: monitor('a'), action: 'delete', outcome: 'done' },
      { ...common, n: 2, address: monitor('b'), action: 'create', outcome: 'failed', code: 'API.FORBIDDEN' },
      { ...common, n: 3, address: monitor('c'), action: 'create', outcome: 'unknown', code: 'API.OUTCOME_UNKNOWN' },
      { ...common, n: 4, address: monitor('d'), action: 'update', outcome: 'interrupted' },
    ]);
  });

  test('a replace that stopped after its delete is recorded as such', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const session = await store().open(runNumber(2));
    const n = await session.start(intent('replace', 'a'));
    world.now += 5000;
    await session.stage(n, entry('a'));
    const staged = { ...entry('a'), status: 'replacing:deleted' };
    const open = { address: monitor('a'), action: 'replace', at: startOfDay + 5000, deadlineMs: 30_000 };
    expect(await store().read()).toMatchObject({ resources: new Map([[monitor('a'), staged]]), intents: [open] });
    await session.finish(n, refused);
    await session.close();
    expect(await store().read()).toMatchObject({ resources: new Map([[monitor('a'), staged]]), intents: [] });
  });

  test('a delete that stopped before it had dropped everything keeps the names, killed or refused', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const session = await store().open(runNumber(2));
    const n = await session.start(intent('delete', 'a'));
    const purging = entry('a', {
      status: 'purging',
      out: { profile_metrics_table_name: 'prod.out.a_profile_metrics' },
    });
    await session.stage(n, purging);
    // What a run that was killed here leaves.
    const open = { address: monitor('a'), action: 'delete', at: startOfDay, deadlineMs: 30_000 };
    expect(await store().read()).toMatchObject({ resources: new Map([[monitor('a'), purging]]), intents: [open] });
    await session.finish(n, refused);
    await session.close();
    expect(await store().read()).toMatchObject({ resources: new Map([[monitor('a'), purging]]), intents: [] });
  });

  test('a delete that has dropped everything leaves nothing', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const session = await store().open(runNumber(2));
    const n = await session.start(intent('delete', 'a'));
    await session.stage(n, entry('a', { status: 'purging' }));
    await session.finish(n, { status: 'done', entry: null });
    await session.close();
    expect((await store().read()).resources.size).toBe(0);
  });

  test('calls after the close are refused, a second close gives the same', async () => {
    const session = await store().open(runNumber(1));
    const closing = session.close();
    await expect(session.start(intent('create', 'a'))).rejects.toThrow('closed');
    expect(await session.close()).toBe(await closing);
  });

  test('a state of another workspace, metastore or owner is not opened, and not locked', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const other = { owner: 'shop/dev', target: { ...target, workspaceId: '7', metastoreId: 'm' } };
    const error: unknown = await store()
      .open(runNumber(2, other))
      .catch((reason: unknown) => reason);
    const codes = isDpoError(error) ? error.problems.map(({ code }) => code) : [];
    expect(codes).toEqual(['STATE.OTHER_OWNER', 'STATE.OTHER_WORKSPACE', 'STATE.OTHER_METASTORE']);
    expect(await names()).not.toContain('prod.json.lock');
  });
});

describe('intents', () => {
  /** A run that is killed with a request under way. */
  async function interrupted(action: 'create' | 'update' = 'create'): Promise<void> {
    const session = await store().open(runNumber(1));
    await session.start(intent(action, 'late'));
  }
  const open = { address: monitor('late'), action: 'create', at: startOfDay, deadlineMs: 30_000 };

  test('are seen by every run until one that began after their quiet period ends by itself', async () => {
    await interrupted('update');
    const updating = { ...open, action: 'update' };
    const second = await store().open(runNumber(2));
    expect(second.recorded.intents).toEqual([updating]);
    expect(await second.close()).toEqual({ status: 'unchanged' });
    await createAll(store(), runNumber(3), ['early']);
    expect((await store().read()).intents).toEqual([updating]);
    world.now += 30_000;
    const killed = await store().open(runNumber(4));
    await killed.start({ ...intent('create', 'x'), action: 'forget' });
    expect((await store().read()).intents).toEqual([updating]);
    await createAll(store(), runNumber(5), ['after']);
    expect((await store().read()).intents).toEqual([]);
  });

  test('N012 of creates stay until something is done about their address: nothing else knows of the object', async () => {
    const session = await store().open(runNumber(1));
    await session.start({ ...intent('create', 'late'), id: 'table-1' });
    world.now += 30_000;
    await createAll(store(), runNumber(2), ['after']);
    expect((await store().read()).intents).toEqual([{ ...open, id: 'table-1' }]);
    const third = await store().open(runNumber(3));
    await third.finish(await third.start(intent('forget', 'late')), { status: 'done', entry: null });
    expect(await third.close()).toEqual({ status: 'saved' });
    expect((await store().read()).intents).toEqual([]);
  });

  test('are settled by a later operation on the same address, even if that run crashes', async () => {
    await interrupted();
    world.now += 30_000;
    const second = await store().open(runNumber(2));
    await second.finish(await second.start(intent('create', 'late')), { status: 'done', entry: entry('late') });
    expect((await store().read()).intents).toEqual([]);
  });

  test('stay after an answer that never came, and not after a refusal', async () => {
    const session = await store().open(runNumber(1));
    await session.finish(await session.start(intent('create', 'late')), unknown);
    await session.finish(await session.start(intent('create', 'other')), refused);
    expect(await session.close()).toEqual({ status: 'saved' });
    expect((await store().read()).intents).toEqual([open]);
  });

  test('an adoption under way may have written a marker, absorb and forget send nothing', async () => {
    const session = await store().open(runNumber(1));
    for (const action of ['adopt', 'absorb', 'forget'] as const) await session.start(intent(action, action));
    expect((await store().read()).intents).toEqual([{ ...open, address: monitor('adopt'), action: 'update' }]);
    await session.close();
  });
});

describe('the journal', () => {
  test('syncs once for all operations that start together', async () => {
    let syncs = 0;
    const disk: Files = {
      ...files,
      openAppend: async (...where) => {
        const file = await files.openAppend(...where);
        return {
          ...file,
          datasync: async () => {
            syncs += 1;
            await file.datasync();
          },
        };
      },
    };
    const session = await store(disk).open(runNumber(1));
    const started = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => session.start(intent('create', `${index}`))),
    );
    expect(started).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(syncs).toBe(1);
    await Promise.all(started.map(async (n) => session.finish(n, { status: 'done', entry: entry(`${n}`) })));
    expect(syncs).toBe(1);
    await session.close();
    expect((await store().read()).resources.size).toBe(16);
  });

  test('that cannot be written lets nothing start, and what was done before is saved', async () => {
    let full = false;
    const disk: Files = {
      ...files,
      openAppend: async (...where) => {
        const file = await files.openAppend(...where);
        return {
          ...file,
          append: async (text) => {
            await file.append(full ? text.slice(0, 20) : text);
            if (full) noSpace();
          },
        };
      },
    };
    const session = await store(disk).open(runNumber(1));
    const first = await session.start(intent('create', 'a'));
    full = true;
    await session.finish(first, { status: 'done', entry: entry('a') });
    full = false;
    await expect(session.start(intent('create', 'b'))).rejects.toMatchObject({
      problems: [{ code: 'STATE.JOURNAL_UNWRITABLE' }],
    });
    expect((await store().read()).intents).toHaveLength(1);
    expect(await session.close()).toEqual({ status: 'saved' });
    const recorded = await store().read();
    expect([...recorded.resources.keys()]).toEqual([monitor('a')]);
    expect(recorded.intents).toEqual([]);
  });
});

describe('a close that cannot save', () => {
  test('keeps the content beside the state, and the next run takes it from the journal', async () => {
    const disk: Files = {
      ...files,
      rename: async (from, to) => {
        if (to === path) noSpace();
        await files.rename(from, to);
      },
    };
    const session = await store(disk).open(runNumber(1));
    await session.finish(await session.start(intent('create', 'a')), { status: 'done', entry: entry('a') });
    expect(await session.close()).toEqual({
      status: 'rescue',
      path: `${path}.rescue`,
      reason: expect.stringContaining('no space'),
      command: `dpo state push ${path}.rescue`,
    });
    expect(await names()).not.toContain('prod.json.lock');
    const next = await store().open(runNumber(2));
    expect(next.recorded.resources.size).toBe(1);
    expect(await readFile(path, 'utf8')).toBe(await readFile(`${path}.rescue`, 'utf8'));
    await next.close();
  });

  /** Leaves a rescue copy of a run that created `a`, `b` and `c`; `torn`: the disk was full for its journal too. */
  async function rescued(torn: boolean): Promise<string> {
    let full = false;
    const disk: Files = {
      ...files,
      rename: async (from, to) => {
        if (to === path) noSpace();
        await files.rename(from, to);
      },
      openAppend: async (...where) => {
        const file = await files.openAppend(...where);
        return {
          ...file,
          append: async (text) => {
            await file.append(full ? text.slice(0, 20) : text);
            if (full) noSpace();
          },
        };
      },
    };
    const session = await store(disk).open(runNumber(2));
    const started = await Promise.all(['b', 'c'].map(async (name) => session.start(intent('create', name))));
    full = torn;
    for (const [index, n] of started.entries())
      await session.finish(n, { status: 'done', entry: entry(['b', 'c'][index] ?? '') });
    await session.close();
    return readFile(`${path}.rescue`, 'utf8');
  }

  test.each([
    ['and its journal is whole', false],
    ['and its journal knows less', true],
  ])('is put in place by pushing the rescue copy, %s', async (_name, torn) => {
    await createAll(store(), runNumber(1), ['a']);
    const before = await readFile(path, 'utf8');
    const copy = await rescued(torn);
    expect((await store().read()).intents).toHaveLength(torn ? 2 : 0);
    await store().replace(runNumber(3), copy);
    expect(await readFile(path, 'utf8')).toBe(copy);
    expect(await readFile(`${path}.backup`, 'utf8')).toBe(before);
    expect(await names()).toEqual(['prod.history.ndjson', 'prod.json', 'prod.json.backup', 'prod.json.rescue']);
    expect(await store().read()).toMatchObject({ serial: 2, intents: [], unfinished: false });
    expect((await store().history()).filter((line) => line['run'] === 'run-2')).toHaveLength(2);
  });

  test('a rescue copy may be pushed although the next run took in the journal already', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const copy = await rescued(false);
    await (await store().open(runNumber(3))).close();
    await store().replace(runNumber(4), copy);
    expect(await readFile(path, 'utf8')).toBe(copy);
  });

  test('a rescue copy that was overtaken is refused', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const copy = await rescued(false);
    await createAll(store(), runNumber(3), ['d']);
    const after = await readFile(path, 'utf8');
    await expect(store().replace(runNumber(4), copy)).rejects.toThrow(/STATE\.PUSH.*serial 2.*at 3 already/u);
    expect(await readFile(path, 'utf8')).toBe(after);
  });

  test('names the journal when nothing can be written at all', async () => {
    const disk: Files = { ...files, rename: async () => noSpace() };
    const session = await store(disk).open(runNumber(1));
    await session.finish(await session.start(intent('create', 'a')), { status: 'done', entry: entry('a') });
    const closed = await session.close();
    expect(closed).toMatchObject({ status: 'rescue', path: `${path}.journal` });
    expect(closed).not.toHaveProperty('command');
    expect((await store().read()).resources.size).toBe(1);
  });

  test('does not touch the state after its lock was removed by hand', async () => {
    await createAll(store(), runNumber(1), ['a']);
    const first = await store().open(runNumber(2));
    await first.finish(await first.start(intent('create', 'b')), { status: 'done', entry: entry('b') });
    await files.remove(`${path}.lock`);
    const second = await store().open(runNumber(3));
    const before = await readFile(path, 'utf8');
    expect(await first.close()).toMatchObject({ status: 'rescue', reason: expect.stringContaining('lock') });
    expect(await readFile(path, 'utf8')).toBe(before);
    expect(await names()).toContain('prod.json.lock');
    await second.close();
  });
});
