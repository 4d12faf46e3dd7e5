import type { ManagedStateStore } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { createLocalStore } from '../../src/local-store.ts';
import { migrateState } from '../../src/migrate.ts';
import { createAll, monitor, processesAlive, runNumber } from '../examples.ts';
import { createMemoryDisk } from '../memory-disk.ts';
import { objectPlace, type Place } from './backend.ts';
import { announce, begin } from './store-conformance.ts';
import { dying, losing, memoryBlobs } from './memory-blobs.ts';

interface End {
  machine(between?: Parameters<Place['machine']>[0]): ManagedStateStore;
  killAll(): Promise<void>;
}

const objects = (location: string) => (): End => objectPlace({ ...memoryBlobs(), location });

function disk(): End {
  const { files } = createMemoryDisk().process();
  let ids = 0;
  return {
    machine: () =>
      createLocalStore({
        path: '/project/state/prod.json',
        files,
        clock: { now: () => Date.now() },
        randomId: () => `local-${(ids += 1)}`,
        processes: processesAlive(),
        writer: '1.0.0',
      }),
    killAll: async () => undefined,
  };
}

const ways = [
  ['objects to objects', objects('memory:a'), objects('memory:b')],
  ['a disk to objects', disk, objects('memory:b')],
  ['objects to a disk', objects('memory:a'), disk],
] as const;

const move = (source: ManagedStateStore, destination: ManagedStateStore) =>
  migrateState({ source, destination, run: runNumber(50, { operation: 'state migrate' }), writer: '1.0.0' });

const moved = { problems: [{ code: 'STATE.MOVED' }] };

/** Whether a place is a state that runs would go on from. */
async function isLive(end: End): Promise<boolean> {
  return end
    .machine()
    .read()
    .then(
      ({ serial }) => serial > 0,
      () => false,
    );
}

describe('state migrate', () => {
  test.each(ways)('%s: everything arrives, and the old place says where', async (_way, from, to) => {
    const [a, b] = [from(), to()];
    await createAll(a.machine(), runNumber(1), ['x', 'y']);
    await begin(await a.machine().open(runNumber(2), announce('z')), 'z');
    await a.killAll();
    const before = await a.machine().document();
    const result = await move(a.machine(), b.machine());
    expect(result).toMatchObject({ resources: 3, already: false });
    expect(await b.machine().document()).toBe(before);
    expect((await b.machine().history()).map(({ run }) => run)).toEqual(['run-1', 'run-1', 'run-2']);
    await expect(a.machine().read()).rejects.toMatchObject(moved);
    await expect(a.machine().open(runNumber(3))).rejects.toMatchObject(moved);
    await expect(a.machine().document()).rejects.toMatchObject(moved);
    expect([await a.machine().holder(), await b.machine().holder()]).toEqual([undefined, undefined]);
    await createAll(b.machine(), runNumber(4), ['n']);
    expect(await move(a.machine(), b.machine())).toMatchObject({ already: true });
  });

  test.each(ways)('%s and back: serials only grow', async (_way, from, to) => {
    const [a, b] = [from(), to()];
    await createAll(a.machine(), runNumber(1), ['x']);
    await move(a.machine(), b.machine());
    await createAll(b.machine(), runNumber(2), ['y']);
    await move(b.machine(), a.machine());
    const { serial, resources } = await a.machine().read();
    expect(serial).toBeGreaterThanOrEqual(2);
    expect([...resources.keys()]).toEqual([monitor('x'), monitor('y')]);
    await expect(b.machine().read()).rejects.toMatchObject(moved);
  });

  test('nothing goes over another state, or to a third place half way', async () => {
    const [a, b, c] = [objects('memory:a')(), objects('memory:b')(), objects('memory:c')()];
    await expect(move(a.machine(), b.machine())).rejects.toMatchObject({ problems: [{ code: 'STATE.NOTHING' }] });
    await createAll(a.machine(), runNumber(1), ['x']);
    await createAll(b.machine(), runNumber(2), ['y']);
    const refused = { problems: [{ code: 'STATE.MIGRATE' }] };
    await expect(move(a.machine(), b.machine())).rejects.toMatchObject(refused);
    expect([await isLive(a), await isLive(b)]).toEqual([true, true]);
    await move(a.machine(), c.machine());
    await expect(move(a.machine(), objects('memory:d')().machine())).rejects.toMatchObject(refused);
  });

  test('a place that is locked is not moved, and not moved to', async () => {
    const [a, b] = [objects('memory:a')(), objects('memory:b')()];
    await createAll(a.machine(), runNumber(1), ['x']);
    for (const place of [a, b]) {
      const held = await place.machine().open(runNumber(2));
      await expect(move(a.machine(), b.machine())).rejects.toMatchObject({ problems: [{ code: 'STATE.LOCKED' }] });
      await held.close();
    }
    expect(await isLive(a)).toBe(true);
  });

  test.each(['source', 'destination'] as const)(
    'killed at any call to the %s, before or after its effect: never two states, and the same command goes on',
    async (side) => {
      let points = 0;
      for (const when of ['before', 'after'] as const) {
        for (let at = 1; ; at += 1) {
          const [a, b] = [objects('memory:a')(), objects('memory:b')()];
          await createAll(a.machine(), runNumber(1), ['x']);
          const { between, dead } = dying(at, when);
          const [source, destination] =
            side === 'source' ? [a.machine(between), b.machine()] : [a.machine(), b.machine(between)];
          const ended = await Promise.race([dead.then(() => false), move(source, destination).then(() => true)]);
          expect({ at, when, both: (await isLive(a)) && (await isLive(b)) }).toEqual({ at, when, both: false });
          await Promise.all([a.killAll(), b.killAll()]);
          await move(a.machine(), b.machine());
          expect({ at, when, live: [await isLive(a), await isLive(b)] }).toEqual({ at, when, live: [false, true] });
          expect([...(await b.machine().read()).resources.keys()]).toEqual([monitor('x')]);
          points += 1;
          if (ended) break;
        }
      }
      expect(points).toBeGreaterThan(20);
    },
  );

  test('with any answer of the destination lost, it ends or the same command goes on', async () => {
    for (let at = 1; at < 40; at += 1) {
      const [a, b] = [objects('memory:a')(), objects('memory:b')()];
      await createAll(a.machine(), runNumber(1), ['x']);
      await move(a.machine(), b.machine(losing(at, 'lost'))).catch(() => undefined);
      expect((await isLive(a)) && (await isLive(b))).toBe(false);
      await Promise.all([a.killAll(), b.killAll()]);
      await move(a.machine(), b.machine());
      expect([await isLive(a), await isLive(b)]).toEqual([false, true]);
    }
  });
});
