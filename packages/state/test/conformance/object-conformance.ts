import type { Address, BlobStore, ManagedStateStore, Recorded } from '@dpo/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createAll, entry, intent, monitor, runNumber } from '../examples.ts';
import type { Backend, Place } from './backend.ts';
import { blindTo, counting, dying, losing } from './memory-blobs.ts';
import { announce, begin } from './store-conformance.ts';

/**
 * What a state in objects keeps when calls are cut off at any point: the process dies before or after the effect of its
 * n-th call, an answer is lost or the call repeated, lists lack something. `some` tries a sample of the points.
 */
export function objectConformance(backend: Backend, points: 'all' | 'some'): void {
  describe(`a state kept on ${backend.name}, when things go wrong`, () => {
    let place: Place;
    beforeAll(() => backend.start(), 60_000);
    afterAll(() => backend.stop());
    beforeEach(async () => {
      place = await backend.place();
    });
    afterEach(() => place.remove());
    const tell = (what: string): void => {
      if (process.env['DPO_STATE_CONFORMANCE'] === 'all') process.stderr.write(`state on ${backend.name}: ${what}\n`);
    };
    const chosen = (count: number): readonly number[] =>
      Array.from({ length: count }, (_, index) => index + 1).filter((n) => points === 'all' || n % 15 === 3);

    /** A run on a state that is there: something done, something staged, something failed, one thing not begun. */
    async function work(store: ManagedStateStore, told: Told): Promise<string> {
      // One of those that are begun is not announced.
      const intents = [intent('create', 'b'), intent('replace', 'a'), intent('create', 'd')];
      const session = await store.open(runNumber(2), { plan: {}, intents });
      const start = async (...what: Parameters<typeof intent>): Promise<number> => {
        const n = await session.start(intent(...what));
        told.begun.push(monitor(what[1]));
        return n;
      };
      await session.finish(await start('create', 'b'), { status: 'done', entry: entry('b') });
      const n = await start('replace', 'a');
      await session.stage(n, entry('a', { status: 'replacing:deleted' }));
      told.staged = true;
      await session.finish(n, { status: 'done', entry: entry('a2') });
      const c = await start('create', 'c');
      await session.finish(c, { status: 'failed', code: 'API.FORBIDDEN', unknown: false });
      const { status } = await session.close();
      told.ended = status;
      return status;
    }

    async function callsOfWork(): Promise<number> {
      const other = await backend.place();
      const counted = counting();
      await createAll(other.machine(), runNumber(1), ['a']);
      await work(other.machine(counted.between), nothingTold());
      await other.remove();
      return counted.calls();
    }

    test('killed at any call, before or after its effect, nothing is lost', async () => {
      const calls = await callsOfWork();
      let kills = 0;
      for (const when of ['before', 'after'] as const) {
        for (const at of chosen(calls)) {
          const world = await backend.place();
          await createAll(world.machine(), runNumber(1), ['a']);
          const told = nothingTold();
          const { between, dead } = dying(at, when);
          await Promise.race([dead, work(world.machine(between), told)]);
          await world.killAll();
          const seen = await world.machine().read();
          const next = await world.machine().open(runNumber(3));
          expect(next.recorded.serial).toBe(seen.serial);
          checkRecovered(next.recorded, told, `${when} ${at}`);
          await next.close();
          // It goes on from there, and the next run finds nothing left over.
          await createAll(world.machine(), runNumber(4), ['e']);
          expect(await world.machine().read()).toMatchObject({ serial: seen.serial + 1, unfinished: false });
          kills += 1;
          await world.remove();
        }
      }
      expect(kills).toBe(2 * chosen(calls).length);
      tell(`killed at ${kills} points of ${2 * calls}`);
    }, 300_000);

    test('with any answer lost, or any call repeated, the run ends well or says so, and nothing is lost', async () => {
      const calls = await callsOfWork();
      for (const how of ['lost', 'repeated'] as const) {
        for (const at of chosen(calls)) {
          const world = await backend.place();
          await createAll(world.machine(), runNumber(1), ['a']);
          const told = nothingTold();
          const status = await work(world.machine(losing(at, how)), told).catch(() => 'refused');
          if (how === 'repeated') expect([at, status]).toEqual([at, 'saved']);
          await world.killAll();
          const next = await world.machine().open(runNumber(3));
          if (status === 'saved') expect([...next.recorded.resources.keys()]).toEqual([monitor('a'), monitor('b')]);
          checkRecovered(next.recorded, told, `${how} ${at}`);
          await next.close();
          await world.remove();
        }
      }
      tell(`answers lost or calls repeated at ${2 * chosen(calls).length} points of ${2 * calls}`);
    }, 300_000);

    const blind: readonly (readonly [string, (blobs: BlobStore) => BlobStore])[] = [
      ['the newest', blindTo((name, _index, all) => name === all.at(-1))],
      ['the newest three', blindTo((_name, index, all) => index >= all.length - 3)],
      ['every second', blindTo((_name, index) => index % 2 === 0)],
      ['everything', blindTo(() => true)],
    ];
    test.each(blind)('lists that lack %s make no run begin from an older state', async (_what, between) => {
      const killed = await place.machine().open(runNumber(1), announce('a'));
      await begin(killed, 'a');
      await place.clock.move(6000);
      await place.killAll();
      for (let run = 2; run < 5; run += 1) await createAll(place.machine(between), runNumber(run), [`m${run}`]);
      const { resources, serial } = await place.machine(between).read();
      expect(serial).toBe(4);
      expect([...resources.keys()]).toEqual([monitor('a'), monitor('m2'), monitor('m3'), monitor('m4')]);
    });

    const whenAll = points === 'all' ? test : test.skip;
    whenAll(
      'after more runs than are kept, a list that shows nothing is refused instead of taken for no state',
      async () => {
        for (let run = 1; run < 25; run += 1) await createAll(place.machine(), runNumber(run), [`m${run}`]);
        const { serial, resources } = await place
          .machine(blindTo((_name, index, all) => index > all.length - 5))
          .read();
        expect([serial, resources.size]).toEqual([24, 24]);
        const empty = place.machine(blindTo(() => true));
        await expect(empty.read()).rejects.toMatchObject({ problems: [{ code: 'STATE.UNREADABLE' }] });
        await expect(empty.open(runNumber(99))).rejects.toMatchObject({ problems: [{ code: 'STATE.UNREADABLE' }] });
        const kept = Object.keys((await place.content()) as object).filter((name) => name.startsWith('state/'));
        // The last 21, and that some were removed.
        expect(kept).toHaveLength(22);
      },
      60_000,
    );
  });
}

/** What the run knew when it died: what it may have sent requests for. */
interface Told {
  readonly begun: Address[];
  staged: boolean;
  ended: string | undefined;
}

function nothingTold(): Told {
  return { begun: [], staged: false, ended: undefined };
}

/** What was begun is there or open; what was staged or saved is known; what is done is not forgotten. */
function checkRecovered({ resources, intents }: Recorded, told: Told, point: string): void {
  const open = new Set(intents.map(({ address }) => address));
  const a = resources.get(monitor('a'));
  // A result that says "failed, nothing took effect" leaves nothing, once it was written down.
  const answered = (address: Address): boolean =>
    told.ended === 'saved' && (address === monitor('c') || resources.has(address));
  const unknown = told.begun.filter((address) => {
    if (open.has(address) || answered(address)) return false;
    if (address === monitor('a')) return a?.id !== 'a2';
    return !resources.has(address) && address !== monitor('c');
  });
  const forgotten = told.staged && a?.status === 'ok' && a.id === 'a';
  const lostEnd = told.ended === 'saved' && a?.id !== 'a2';
  expect({ point, unknown, forgotten, lostEnd }).toEqual({ point, unknown: [], forgotten: false, lostEnd: false });
  if (!resources.has(monitor('c')) && told.begun.includes(monitor('c')) && told.ended === undefined)
    expect({ point, c: open.has(monitor('c')) || a?.id === 'a2' }).toEqual({ point, c: true });
}
