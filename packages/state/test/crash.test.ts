import type { Address, Recorded, RecordedResource, StateStore } from '@dpo/core';
import { expect, test } from '@jest/globals';
import { verifyState } from '../src/verify-state.ts';
import {
  createAll,
  createWorld,
  entry,
  intent,
  monitor,
  runNumber,
  statePath,
  storeOn,
  type World,
} from './examples.ts';
import { createMemoryDisk, Crash, type CrashPoint, type Loss, type MemoryDisk } from './memory-disk.ts';

/** What the run knows: `sent` may have an effect on the workspace, `known` has and the run was told so. */
interface Knowledge {
  readonly sent: Set<Address>;
  readonly known: Set<Address>;
  closed: boolean;
}

const final: ReadonlyMap<Address, RecordedResource | undefined> = new Map([
  [monitor('new_a'), entry('a')],
  [monitor('new_b'), entry('b')],
  [monitor('updated'), entry('updated', { applied: { object_id: 'updated', slicing_exprs: ['x'] } })],
  [monitor('replaced'), entry('second')],
  [monitor('deleted'), undefined],
]);

async function smallRun(store: StateStore, knowledge: Knowledge, isDead: () => boolean): Promise<void> {
  const session = await store.open(runNumber(2));
  const start = async (action: Parameters<typeof intent>[0], name: string): Promise<number> => {
    const n = await session.start(intent(action, name));
    knowledge.sent.add(monitor(name));
    return n;
  };
  const finish = async (n: number, name: string): Promise<void> => {
    await session.finish(n, { status: 'done', entry: final.get(monitor(name)) ?? null });
    if (!isDead()) knowledge.known.add(monitor(name));
  };
  const create = async (name: string): Promise<void> => {
    const n = await start('create', name);
    await finish(n, name);
  };
  await Promise.all([create('new_a'), create('new_b')]);
  const update = await start('update', 'updated');
  await finish(update, 'updated');
  const replace = await start('replace', 'replaced');
  await session.stage(replace, entry('first'));
  await finish(replace, 'replaced');
  const deletion = await start('delete', 'deleted');
  await finish(deletion, 'deleted');
  const late = await start('create', 'unknown');
  await session.finish(late, { status: 'failed', code: 'API.OUTCOME_UNKNOWN', unknown: true });
  knowledge.closed = (await session.close()).status === 'saved';
}

interface Crashed {
  readonly disk: MemoryDisk;
  readonly world: World;
  readonly knowledge: Knowledge;
  readonly operations: readonly string[];
  readonly died: boolean;
}

async function crashAt(point: CrashPoint, loss: Loss): Promise<Crashed> {
  const disk = createMemoryDisk();
  const world = createWorld();
  await createAll(storeOn(disk.process().files, world), runNumber(1), ['kept', 'updated', 'replaced', 'deleted']);
  disk.lose('process');
  const knowledge: Knowledge = { sent: new Set(), known: new Set(), closed: false };
  const running = disk.process(point);
  await smallRun(storeOn(running.files, world), knowledge, () => running.isDead()).catch(ignoreCrash);
  disk.lose(loss);
  return { disk, world, knowledge, operations: running.operations, died: running.isDead() };
}

function ignoreCrash(error: unknown): void {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof Crash) return;
  throw error;
}

/** Nothing that may exist on the workspace is forgotten, nothing that is gone for certain is kept, no order is lost. */
function expectNothingLost(recorded: Recorded, { knowledge }: Crashed, loss: Loss): void {
  expect(verifyState(recorded)).toEqual([]);
  expect(recorded.resources.get(monitor('kept'))).toEqual(entry('kept'));
  for (const [address, value] of final) {
    const open = recorded.intents.some((one) => one.address === address);
    const settled = equal(recorded.resources.get(address), value);
    if (knowledge.closed || (loss === 'process' && knowledge.known.has(address)))
      expect([address, settled]).toEqual([address, true]);
    else if (knowledge.sent.has(address)) expect([address, open || settled]).toEqual([address, true]);
  }
  for (const name of ['updated', 'replaced']) expect(recorded.resources.has(monitor(name))).toBe(true);
  const unknown = recorded.intents.filter(({ address }) => address === monitor('unknown'));
  if (knowledge.sent.has(monitor('unknown'))) expect(unknown).toHaveLength(1);
  expect(recorded.resources.has(monitor('unknown'))).toBe(false);
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Reads, opens, works on and closes what is left; every look at it gives the same. */
async function expectRecovery(crashed: Crashed, loss: Loss): Promise<void> {
  const { disk, world, knowledge } = crashed;
  const store = storeOn(disk.process().files, world);
  const read = await store.read();
  expectNothingLost(read, crashed, loss);
  const session = await store.open(runNumber(9));
  expect(session.recorded).toEqual({ ...read, unfinished: false });
  expect(await store.read()).toEqual({ ...read, unfinished: false });
  world.now += 60_000;
  const n = await session.start(intent('create', 'later'));
  await session.finish(n, { status: 'done', entry: entry('later') });
  expect(await session.close()).toEqual({ status: 'saved' });
  const after = await store.read();
  // Nothing was done about what was being made.
  expect(after.intents).toEqual(read.intents.filter(({ action }) => action === 'create' || action === 'replace'));
  expect(after.serial).toBe(read.serial + 1);
  expect(after.lineage).toBe(read.lineage);
  expect(after.resources).toEqual(new Map([...read.resources, [monitor('later'), entry('later')]]));
  expect(disk.names()).toEqual([
    '/project/state/prod.history.ndjson',
    '/project/state/prod.json',
    '/project/state/prod.json.backup',
  ]);
  expectHistory(disk, knowledge);
}

function expectHistory(disk: MemoryDisk, { sent }: Knowledge): void {
  const lines = (disk.text('/project/state/prod.history.ndjson') ?? '').trimEnd().split('\n');
  const parsed = lines.map((line) => JSON.parse(line) as { run: string; n: number; address: Address });
  expect(new Set(parsed.map(({ run, n }) => `${run} ${n}`)).size).toBe(parsed.length);
  const ofRun = new Set(parsed.filter(({ run }) => run === 'run-2').map(({ address }) => address));
  expect([...sent].filter((address) => !ofRun.has(address))).toEqual([]);
}

const tearable = new Set(['append', 'write', 'writeNew']);

function pointsOf(operations: readonly string[]): readonly CrashPoint[] {
  return operations.flatMap((name, index) => {
    const at = index + 1;
    const points: CrashPoint[] = [
      { at, when: 'before' },
      { at, when: 'after' },
    ];
    return tearable.has(name) ? [...points, { at, when: 'torn' as const }] : points;
  });
}

const losses: readonly Loss[] = ['process', 'data', 'power'];

test('a crash at any file operation of a run loses nothing, whatever the disk forgets (D006)', async () => {
  const whole = await crashAt({ at: 0, when: 'before' }, 'process');
  expect(whole.died).toBe(false);
  let tried = 0;
  for (const loss of losses) {
    for (const point of pointsOf(whole.operations)) {
      const crashed = await crashAt(point, loss);
      expect(crashed.died).toBe(true);
      await expectRecovery(crashed, loss);
      tried += 1;
    }
  }
  expect(whole.operations.length).toBeGreaterThan(20);
  expect(tried).toBeGreaterThan(200);
});

test('a second crash while the first is being recovered loses nothing either', async () => {
  const whole = await crashAt({ at: 0, when: 'before' }, 'process');
  let tried = 0;
  const points = pointsOf(whole.operations).filter(({ when }, index) => when === 'torn' || index % 6 === 1);
  for (const point of points) {
    for (let at = 1; ; at += 1) {
      const loss = losses[at % 3] ?? 'power';
      const crashed = await crashAt(point, loss);
      const second = crashed.disk.process({ at, when: at % 2 === 0 ? 'after' : 'torn' });
      await openAndClose(storeOn(second.files, crashed.world));
      if (!second.isDead()) break;
      crashed.disk.lose(loss);
      await expectRecovery(crashed, loss);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(500);
});

async function openAndClose(store: StateStore): Promise<void> {
  try {
    const session = await store.open(runNumber(3));
    await session.close();
  } catch (error) {
    ignoreCrash(error);
  }
}

test('a crash in the first run of all leaves no state or a readable one', async () => {
  let tried = 0;
  for (const loss of losses) {
    for (let at = 1; ; at += 1) {
      const disk = createMemoryDisk();
      const world = createWorld();
      const running = disk.process({ at, when: at % 2 === 0 ? 'after' : 'torn' });
      await createAll(storeOn(running.files, world), runNumber(1), ['one', 'two']).catch(ignoreCrash);
      if (!running.isDead()) break;
      disk.lose(loss);
      const store = storeOn(disk.process().files, world);
      const read = await store.read();
      const session = await store.open(runNumber(2));
      expect(session.recorded).toEqual({ ...read, unfinished: false });
      expect(await session.close()).toEqual({ status: 'unchanged' });
      expect(read.lineage === undefined).toBe(disk.text(statePath) === undefined);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(60);
});
