import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isDpoError, type Problem, type Run } from '@dpo/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Files } from '../src/files.ts';
import { closingFiles, type ClosingFiles } from './closing-files.ts';
import { createWorld, entry, intent, processesAlive, runNumber, storeOn } from './examples.ts';

let directory: string;
let path: string;
let files: ClosingFiles;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dpo-lock-'));
  path = join(directory, 'prod.json');
  files = closingFiles();
});

afterEach(async () => {
  await files.closeAll();
  await rm(directory, { recursive: true });
});

interface Contender {
  readonly run: Run;
  readonly alive?: ReadonlySet<number>;
  readonly files?: Files;
  readonly after?: number;
}

const world = createWorld();

async function open({ run, alive = new Set([1, 2, 3]), files: disk = files, after = 0 }: Contender) {
  const now = { ...world, now: world.now + after };
  const contender = storeOn(disk, Object.assign(now, { ids: run.pid * 1000 }), {
    path,
    processes: processesAlive(alive),
  });
  return contender.open(run);
}

async function refusal(contender: Contender): Promise<Problem | undefined> {
  const error: unknown = await open(contender).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return isDpoError(error) ? error.problems[0] : undefined;
}

describe('a lock held by another run', () => {
  test('is reported with owner, age, operation, run and the command that removes it (N016)', async () => {
    await open({
      run: runNumber(1, { actor: 'bob', host: 'ci-12', operation: 'destroy', url: 'https://ci.example/7' }),
    });
    expect(await refusal({ run: runNumber(2), after: 300_000 })).toEqual({
      code: 'STATE.LOCKED',
      severity: 'error',
      message: `the state ${path} is locked by bob on ci-12 (process 1, run run-1) for 5 min: destroy`,
      hint: 'see https://ci.example/7; wait until it ends; if process 1 on ci-12 is gone: dpo state unlock id-1001',
      place: { file: `${path}.lock`, start: { line: 1, column: 1 } },
    });
  });

  test('holds what the next run needs to know', async () => {
    await open({ run: runNumber(1, { url: 'u' }) });
    expect(JSON.parse(await readFile(`${path}.lock`, 'utf8'))).toEqual({
      id: 'id-1001',
      who: 'alice',
      host: 'laptop',
      pid: 1,
      started: 'mark-1',
      run: 'run-1',
      operation: 'apply',
      created: '2026-03-01T00:00:00.000Z',
      url: 'u',
    });
  });

  test.each([
    [12_000, '12 s'],
    [-5000, '0 s'],
    [7_200_000, '2 h'],
    [200_000_000, '2 days'],
  ])('its age of %i ms is shown as %s', async (after, text) => {
    await open({ run: runNumber(1) });
    expect((await refusal({ run: runNumber(2), after }))?.message).toContain(`for ${text}:`);
  });

  test('of a living process of this host is never taken over', async () => {
    await open({ run: runNumber(1) });
    expect((await refusal({ run: runNumber(2) }))?.hint).toBe(
      'wait until process 1 ends, or end it and run again; if that run is gone: dpo state unlock id-1001',
    );
  });

  test('of another host is never taken over, dead or not', async () => {
    await open({ run: runNumber(1, { host: 'other' }) });
    expect((await refusal({ run: runNumber(2), alive: new Set() }))?.code).toBe('STATE.LOCKED');
  });

  test('that names no holder is left alone', async () => {
    await open({ run: runNumber(1) });
    const held = await readFile(`${path}.lock`, 'utf8');
    for (const text of [
      '',
      '\0\0\0',
      'not JSON',
      '{"id":"1"',
      '{"id":"../../etc"}',
      held.slice(0, -10),
      held.replace('id-1001', '../../etc'),
      held.replace('"apply"', '"fly"'),
      held.replace('{', '{"later":1,'),
    ]) {
      await files.write(`${path}.lock`, text);
      expect(await refusal({ run: runNumber(2), alive: new Set([2]) })).toMatchObject({
        code: 'STATE.LOCKED',
        message: expect.stringContaining('names no holder'),
        hint: `try again; if no run is using this state: rm ${path}.lock`,
      });
      expect(await readFile(`${path}.lock`, 'utf8')).toBe(text);
    }
  });

  test('may be removed on purpose (N016)', async () => {
    await open({ run: runNumber(1, { host: 'other' }) });
    await files.remove(`${path}.lock`);
    await (await open({ run: runNumber(2) })).close();
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('a lock whose holder is gone', () => {
  test('is taken over, and nothing of it stays', async () => {
    await open({ run: runNumber(1) });
    const session = await open({ run: runNumber(2), alive: new Set([2]) });
    expect(await readdir(directory)).toEqual(['prod.json.lock']);
    await session.close();
    expect(await readdir(directory)).toEqual([]);
  });

  test('is taken over when another process has its pid by now', async () => {
    await open({ run: runNumber(1) });
    const lock = await readFile(`${path}.lock`, 'utf8');
    await files.write(`${path}.lock`, lock.replace('mark-1', 'mark-of-before'));
    await (await open({ run: runNumber(2) })).close();
  });

  test('is taken over although somebody died while taking it over', async () => {
    await open({ run: runNumber(1) });
    const lock = await readFile(`${path}.lock`, 'utf8');
    const breaker = lock.replace('id-1001', 'id-9').replace('mark-1', 'mark-9').replace('"pid":1', '"pid":9');
    await files.write(`${path}.lock.break-id-1001`, breaker);
    await files.write(`${path}.lock.id-9.tmp`, breaker);
    await (await open({ run: runNumber(2), alive: new Set([2]) })).close();
    expect(await readdir(directory)).toEqual([]);
  });

  test('is left to the one who is taking it over', async () => {
    await open({ run: runNumber(1) });
    const lock = await readFile(`${path}.lock`, 'utf8');
    const breaker = lock.replace('id-1001', 'id-3').replace('mark-1', 'mark-3').replace('"pid":1', '"pid":3');
    await files.write(`${path}.lock.break-id-1001`, breaker);
    expect((await refusal({ run: runNumber(2), alive: new Set([2, 3]) }))?.message).toContain('process 3');
    expect(await readFile(`${path}.lock`, 'utf8')).toBe(lock);
  });
});

test('a file system without links has locks too', async () => {
  const disk: Files = { ...files, link: async () => 'unsupported' };
  const session = await open({ run: runNumber(1), files: disk });
  expect((await refusal({ run: runNumber(2), files: disk }))?.message).toContain('process 1');
  await (await open({ run: runNumber(3), files: disk, alive: new Set([3]) })).close();
  await session.close();
  expect(await readdir(directory)).toEqual([]);
});

test('a lock that became another run’s is not released', async () => {
  const first = await open({ run: runNumber(1) });
  await files.remove(`${path}.lock`);
  await open({ run: runNumber(2) });
  await first.close();
  expect(await readFile(`${path}.lock`, 'utf8')).toContain('run-2');
});

test('of 30 contenders, a third of them killed while holding, no two ever hold at once and no work is lost (N016)', async () => {
  const alive = new Set(Array.from({ length: 30 }, (_, index) => index + 1));
  let holders = 0;
  let overlaps = 0;
  const contend = async (pid: number): Promise<void> => {
    const ids = Object.assign(createWorld(), { ids: pid * 1000 });
    const contender = storeOn(files, ids, { path, processes: processesAlive(alive) });
    for (;;) {
      const session = await contender.open(runNumber(pid)).catch(lockedOnly);
      if (session === undefined) {
        await setTimeout(1 + (pid % 5));
        continue;
      }
      holders += 1;
      if (holders > 1) overlaps += 1;
      const n = await session.start(intent('create', `${pid}`));
      await setTimeout(1);
      await session.finish(n, { status: 'done', entry: entry(`${pid}`) });
      holders -= 1;
      if (pid % 3 === 0) alive.delete(pid);
      else await session.close();
      return;
    }
  };
  await Promise.all([...alive].map(contend));
  const last = await open({ run: runNumber(99), alive: new Set([99]) });
  expect(overlaps).toBe(0);
  expect(last.recorded.resources.size).toBe(30);
  expect(last.recorded.serial).toBe(30);
  await last.close();
});

test('in whatever order contenders come to take over a dead lock, one has it (N016)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, count) => {
      await rm(`${path}.lock`, { force: true });
      await open({ run: runNumber(50), alive: new Set([50]) });
      const scheduled: Files = {
        ...files,
        read: scheduler.scheduleFunction(async (name: string) => files.read(name)),
        link: scheduler.scheduleFunction(async (from: string, to: string) => files.link(from, to)),
        remove: scheduler.scheduleFunction(async (name: string) => files.remove(name)),
      };
      const alive = new Set(Array.from({ length: count }, (_, index) => index + 1));
      const tries = [...alive].map(async (pid) =>
        open({ run: runNumber(pid), alive, files: scheduled }).catch(lockedOnly),
      );
      await scheduler.waitFor(Promise.all(tries));
      const held = (await Promise.all(tries)).filter((session) => session !== undefined);
      expect(held).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
}, 20_000);

function lockedOnly(error: unknown): undefined {
  if (isDpoError(error) && error.problems[0]?.code === 'STATE.LOCKED') return undefined;
  throw error;
}
