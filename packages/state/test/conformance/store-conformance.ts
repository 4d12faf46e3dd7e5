import { readFile } from 'node:fs/promises';
import { nothingRecorded, type Announcement, type ManagedStateStore, type StateSession } from '@dpo/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createAll, entry, intent, monitor, runNumber, target } from '../examples.ts';
import type { Backend, Place } from './backend.ts';

/** What every place for a state keeps, whatever it is built on. */
export function storeConformance(backend: Backend): void {
  describe(`a state kept on ${backend.name}`, () => {
    let place: Place;
    const store = (): ManagedStateStore => place.machine();

    beforeAll(() => backend.start(), 60_000);
    afterAll(() => backend.stop());
    beforeEach(async () => {
      place = await backend.place();
    });
    afterEach(() => place.remove());

    test('no state is nothing recorded, and reading makes nothing', async () => {
      expect(await store().read()).toEqual(nothingRecorded);
      expect(await store().document()).toBeUndefined();
      expect(await store().history()).toEqual([]);
      expect(await store().holder()).toBeUndefined();
      const before = await place.content();
      await store().read();
      expect(await place.content()).toEqual(before);
    });

    test('what one machine saved another reads, with its history (N017)', async () => {
      await createAll(store(), runNumber(1), ['a', 'b']);
      await createAll(store(), runNumber(2), ['c']);
      const recorded = await store().read();
      expect(recorded).toMatchObject({ serial: 2, owner: 'shop/prod', target, intents: [], unfinished: false });
      expect([...recorded.resources.keys()]).toEqual([monitor('a'), monitor('b'), monitor('c')]);
      expect((await store().history()).map(({ run, outcome }) => [run, outcome])).toEqual([
        ['run-1', 'done'],
        ['run-1', 'done'],
        ['run-2', 'done'],
      ]);
      expect(await store().document()).toContain('"serial": 2');
    });

    test('a run without operations, and one that changes nothing, change nothing', async () => {
      await createAll(store(), runNumber(1), ['a']);
      const document = await store().document();
      const idle = await store().open(runNumber(2));
      expect(await idle.close()).toEqual({ status: 'unchanged' });
      const same = await store().open(runNumber(3));
      await same.finish(await same.start(intent('update', 'a')), { status: 'done', entry: entry('a') });
      expect(await same.close()).toEqual({ status: 'unchanged' });
      expect(await store().document()).toBe(document);
    });

    test('a reader beside a run sees what it has begun, and locks nobody out', async () => {
      const session = await store().open(runNumber(1), announce('a', 'b'));
      await session.start(intent('create', 'a'));
      const seen = await store().read();
      expect(seen.unfinished).toBe(true);
      expect(seen.intents.map(({ address }) => address)).toContain(monitor('a'));
      await session.close();
    });

    test('a second run is refused with who holds it, and goes on when that one has ended', async () => {
      const first = await store().open(runNumber(1, { url: 'https://ci.example.com/1' }));
      await expect(store().open(runNumber(2))).rejects.toMatchObject({
        problems: [
          {
            code: 'STATE.LOCKED',
            message: expect.stringContaining('alice on laptop'),
            hint: expect.stringContaining('https://ci.example.com/1'),
          },
        ],
      });
      expect(await store().holder()).toMatchObject({ who: 'alice', run: 'run-1', operation: 'apply' });
      await first.close();
      expect(await store().holder()).toBeUndefined();
      await (await store().open(runNumber(2))).close();
    });

    test('of many that want it at once exactly one gets it', async () => {
      for (let round = 0; round < 3; round += 1) {
        const tries = Array.from({ length: 8 }, (_, index) => store().open(runNumber(10 * round + index)));
        const held = (await Promise.allSettled(tries)).filter((one) => one.status === 'fulfilled');
        expect(held).toHaveLength(1);
        for (const { value } of held) await value.close();
      }
    });

    test('the lock is removed by its id only, and its run then saves nothing over the next one', async () => {
      const first = await store().open(runNumber(1));
      await begin(first, 'a');
      await expect(store().unlock('other')).rejects.toMatchObject({ problems: [{ code: 'STATE.UNLOCK' }] });
      await store().unlock((await store().holder())?.id ?? '');
      await expect(store().unlock('other')).rejects.toMatchObject({ problems: [{ code: 'STATE.UNLOCK' }] });
      await createAll(store(), runNumber(2), ['b']);
      const document = await store().document();
      const closed = await first.close();
      expect(closed).toMatchObject({ status: 'rescue', reason: expect.stringContaining('lock') });
      expect(await store().document()).toBe(document);
    });

    test('a run that was killed is taken in by the next: what it did, and what it may have done (N019)', async () => {
      await createAll(store(), runNumber(1), ['a']);
      const killed = await store().open(runNumber(2), announce('b', 'c', 'd'));
      await begin(killed, 'b');
      await killed.start(intent('create', 'c'));
      await place.clock.move(6000);
      await place.killAll();
      const seen = await store().read();
      expect(seen.unfinished).toBe(true);
      const next = await store().open(runNumber(3));
      expect(next.recorded.serial).toBe(seen.serial);
      expect([...next.recorded.resources.keys()]).toEqual([monitor('a'), monitor('b')]);
      const open = next.recorded.intents.map(({ address, action }) => `${action} ${address}`);
      expect(open).toContain(`create ${monitor('c')}`);
      expect(await next.close()).toEqual({ status: 'unchanged' });
      expect((await store().read()).unfinished).toBe(false);
      expect((await store().history()).map(({ run }) => run)).toContain('run-2');
    });

    test('a second crash loses no intent', async () => {
      await (await store().open(runNumber(1), announce('a'))).start(intent('create', 'a'));
      await place.killAll();
      await (await store().open(runNumber(2), announce('b'))).start(intent('create', 'b'));
      await place.killAll();
      const { intents } = await store().read();
      expect(intents.map(({ address }) => address).toSorted()).toEqual([monitor('a'), monitor('b')]);
    });

    test('a stage is kept before the run goes on', async () => {
      await createAll(store(), runNumber(1), ['a']);
      const killed = await store().open(runNumber(2), announce('a'));
      const n = await killed.start(intent('replace', 'a'));
      await killed.stage(n, entry('a', { status: 'replacing:deleted' }));
      await place.killAll();
      expect((await store().read()).resources.get(monitor('a'))?.status).toBe('replacing:deleted');
    });

    test('the state of another project or workspace is refused and stays', async () => {
      await createAll(store(), runNumber(1), ['a']);
      const document = await store().document();
      const other = { ...target, workspaceId: '2' };
      await expect(store().open(runNumber(2, { owner: 'other/prod', target: other }))).rejects.toMatchObject({
        problems: [{ code: 'STATE.OTHER_OWNER' }, { code: 'STATE.OTHER_WORKSPACE' }],
      });
      expect(await store().document()).toBe(document);
      expect(await store().holder()).toBeUndefined();
    });

    test('a pushed document has to follow on what is there', async () => {
      await createAll(store(), runNumber(1), ['a']);
      const document = (await store().document()) ?? '';
      const refused = { problems: [{ code: 'STATE.PUSH' }] };
      const older = document.replace('"serial": 1', '"serial": 0');
      await expect(store().replace(runNumber(2), older)).rejects.toMatchObject(refused);
      const foreign = document.replace(/"lineage": "[^"]+"/, '"lineage": "else"').replace('"serial": 1', '"serial": 2');
      await expect(store().replace(runNumber(2), foreign)).rejects.toMatchObject(refused);
      await expect(store().replace(runNumber(2), '{}')).rejects.toMatchObject(refused);
      await store().replace(runNumber(2), document);
      expect(await store().document()).toBe(document);
      const next = document.replace('"serial": 1', '"serial": 2');
      await store().replace(runNumber(2), next);
      expect(await store().document()).toBe(next);
      expect(await store().holder()).toBeUndefined();
    });

    test('a state that could not be saved is kept beside and can be pushed', async () => {
      const first = await store().open(runNumber(1), announce('a'));
      await begin(first, 'a');
      await store().unlock((await store().holder())?.id ?? '');
      const closed = await first.close();
      if (closed.status !== 'rescue') throw new Error('no rescue');
      expect(closed.command).toContain('state push');
      await store().replace(runNumber(2), await readFile(closed.path, 'utf8'));
      expect((await store().read()).resources.get(monitor('a'))).toEqual(entry('a'));
      expect(await store().read()).toMatchObject({ serial: 1, intents: [], unfinished: false });
    });
  });
}

export function announce(...names: readonly string[]): Announcement {
  return { plan: { format: 'dpo.plan/1' }, intents: names.map((name) => intent('create', name)) };
}

export async function begin(session: StateSession, name: string): Promise<void> {
  await session.finish(await session.start(intent('create', name)), { status: 'done', entry: entry(name) });
}
