import type { BlobStore } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { leaseTimes } from '../../src/objects/lease.ts';
import { createAll, intent, runNumber } from '../examples.ts';
import { objectPlace, type Place } from './backend.ts';
import { memoryBlobs, through } from './memory-blobs.ts';

const minute = 60_000;

/** Beat by beat, so that each has its time. */
async function pass(place: Place, milliseconds: number): Promise<void> {
  for (let gone = 0; gone < milliseconds; gone += leaseTimes.beatMs) {
    await place.clock.move(leaseTimes.beatMs);
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** No write reaches the storage any more. */
function cutOff(): { readonly between: (blobs: BlobStore) => BlobStore; cut: boolean } {
  const wire = {
    cut: false,
    between: (blobs: BlobStore) =>
      through(blobs, async (name, work) => {
        if (wire.cut && name === 'put') throw new Error('no connection');
        return work();
      }),
  };
  return wire;
}

const locked = { problems: [{ code: 'STATE.LOCKED' }] };

describe('the lease of a state in objects', () => {
  test('a run that says that it lives is not taken over, however long it takes', async () => {
    const place = objectPlace(memoryBlobs());
    const session = await place.machine().open(runNumber(1));
    await pass(place, 30 * minute);
    await expect(place.machine().open(runNumber(2))).rejects.toMatchObject(locked);
    await session.start(intent('create', 'a'));
    await session.close();
    await createAll(place.machine(), runNumber(3), ['b']);
  });

  test('one that is silent is taken over after its lease and the grace, not before', async () => {
    const blobs = memoryBlobs();
    const place = objectPlace(blobs);
    await place.machine((same) => ({ ...same, putIfAbsent: silentBeats(same) })).open(runNumber(1));
    await pass(place, leaseTimes.leaseMs + leaseTimes.graceMs - leaseTimes.beatMs);
    await expect(place.machine().open(runNumber(2))).rejects.toMatchObject(locked);
    await pass(place, 2 * leaseTimes.beatMs);
    await (await place.machine().open(runNumber(2))).close();
  });

  test('a run that cannot renew its lease begins nothing more, and what it did is kept beside', async () => {
    const place = objectPlace(memoryBlobs());
    const wire = cutOff();
    const session = await place
      .machine(wire.between)
      .open(runNumber(1), { plan: {}, intents: [intent('create', 'a')] });
    const n = await session.start(intent('create', 'a'));
    wire.cut = true;
    await pass(place, leaseTimes.leaseMs + leaseTimes.beatMs);
    const lost = { problems: [{ code: expect.stringMatching(/STATE\.(?:LOCK_LOST|JOURNAL_UNWRITABLE)/) }] };
    await expect(session.start(intent('create', 'b'))).rejects.toMatchObject(lost);
    await session.finish(n, { status: 'failed', code: 'API.FORBIDDEN', unknown: true });
    expect((await session.close()).status).toBe('rescue');
    await place.remove();
  });

  test('a run whose lock was removed by hand notices it with its next sign of life', async () => {
    const place = objectPlace(memoryBlobs());
    const session = await place.machine().open(runNumber(1));
    await place.machine().unlock((await place.machine().holder())?.id ?? '');
    await pass(place, leaseTimes.beatMs);
    await expect(session.start(intent('create', 'a'))).rejects.toMatchObject({
      problems: [{ code: 'STATE.LOCK_LOST' }],
    });
    expect(await session.close()).toEqual({ status: 'unchanged' });
  });

  test('a contender that slept while many runs came and went holds nothing', async () => {
    const place = objectPlace(memoryBlobs());
    await createAll(place.machine(), runNumber(1), ['a']);
    let asleep = true;
    const sleeper = place.machine((blobs) => ({
      ...blobs,
      putIfAbsent: async (name, text) => {
        if (asleep) {
          asleep = false;
          for (let run = 2; run < 30; run += 1) await createAll(place.machine(), runNumber(run), [`m${run}`]);
        }
        return blobs.putIfAbsent(name, text);
      },
    }));
    const session = await sleeper.open(runNumber(99));
    expect(session.recorded.serial).toBe(29);
    await expect(place.machine().open(runNumber(100))).rejects.toMatchObject(locked);
    await session.close();
  });
});

function silentBeats(blobs: BlobStore): BlobStore['putIfAbsent'] {
  return async (name, text) => (name.includes('.beat-') ? 'made' : blobs.putIfAbsent(name, text));
}
