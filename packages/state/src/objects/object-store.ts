import { dirname } from 'node:path';
import {
  DpoError,
  isDpoError,
  isJsonObject,
  type Announcement,
  type BlobStore,
  type Clock,
  type JsonObject,
  type ManagedStateStore,
  type Run,
  type StateSession,
} from '@dpo/core';
import { checkState } from '../check-state.ts';
import type { Upgrades } from '../entry.ts';
import type { Files } from '../files.ts';
import type { Ledger } from '../ledger.ts';
import { parseJson } from '../located-json.ts';
import type { Processes } from '../processes.ts';
import { nodeProcesses } from '../processes.ts';
import { rescue } from '../rescue.ts';
import { createSession } from '../session.ts';
import { encodeState } from '../snapshot.ts';
import { leaseTimes, type LeaseTimes } from './lease.ts';
import { loadObjects, type LoadedObjects, type LoadObjectsOptions } from './load-objects.ts';
import { objectHolder, removeHold } from './look-after.ts';
import { noteIn } from '../moved.ts';
import { folders, historyName, planName, runIn, snapshotName } from './names.ts';
import { newest } from './newest.ts';
import { createObjectHold } from './object-hold.ts';
import { takeObjectLock, type ObjectLock } from './object-lock.ts';
import { pushObject } from './push-object.ts';
import { retireRun, saveObject, sweepObjects } from './save-object.ts';
import { createSegmentWriter, pushTimes, type PushTimes } from './segment-writer.ts';

export interface ObjectStoreOptions {
  readonly blobs: BlobStore;
  readonly clock: Clock;
  /** Unique and fit for a file name; for lineages and locks. */
  readonly randomId: () => string;
  readonly processes?: Processes;
  /** Version of dpo. */
  readonly writer: string;
  readonly upgrades?: Upgrades;
  /** How people call `dpo state <words>` for this state. */
  readonly command?: (words: string) => string;
  /** Where a state goes that could not be saved: to a file of this machine. */
  readonly rescue: { readonly files: Files; readonly path: string };
  readonly times?: { readonly lease: LeaseTimes; readonly push: PushTimes };
}

/** What holds the state while something is done with it. */
export interface ObjectHold {
  readonly lock: ObjectLock;
  readonly loaded: LoadedObjects;
}

/**
 * A state beyond one machine: snapshots, journals, lock and history as objects that are each put once. The same
 * guarantees as on a local disk, with intents known from what a run announced before its first operation.
 */
export function createObjectStore(options: ObjectStoreOptions): ManagedStateStore {
  const { blobs } = options;
  const load = loadOptions(options);
  return {
    location: blobs.location,
    read: async () => (await loadObjects(load)).recorded,
    open: async (run, announcement) => {
      const lock = await lockFor(options, run);
      try {
        return await openUnderLock(options, { run, lock, announcement });
      } catch (error) {
        await lock.release().catch(() => undefined);
        throw error;
      }
    },
    document: async () => documentOf(await loadObjects(load)),
    replace: async (run, document) => {
      const lock = await lockFor(options, run);
      try {
        const loaded = await loadObjects(load, lock.runBefore);
        await pushObject({ ...options, takeIn: () => takeIn(blobs, loaded) }, loaded, document);
      } finally {
        await lock.release().catch(() => undefined);
      }
    },
    holder: () => objectHolder(blobs),
    unlock: (id) => removeHold(options, id),
    history: () => readHistory(blobs),
    hold: async (run) => {
      const lock = await lockFor(options, run);
      try {
        const { text } = await newest(blobs, { folder: folders.state, nameOf: snapshotName });
        if (noteIn(text) === undefined) await takeIn(blobs, await loadObjects(load, lock.runBefore));
        return await createObjectHold(blobs, lock);
      } catch (error) {
        await lock.release().catch(() => undefined);
        throw error;
      }
    },
  };
}

export function loadOptions({ blobs, clock, writer, upgrades, times }: ObjectStoreOptions): LoadObjectsOptions {
  const found = upgrades === undefined ? {} : { upgrades };
  return { blobs, writer, now: () => clock.now(), times: times?.lease ?? leaseTimes, ...found };
}

export function documentOf({ text, nexts }: LoadedObjects): string | undefined {
  const last = nexts.findLast((next) => next !== undefined);
  return last === undefined ? text : encodeState(last);
}

export async function lockFor(options: ObjectStoreOptions, run: Run): Promise<ObjectLock> {
  const { blobs, clock, randomId, processes = nodeProcesses, times } = options;
  const holder = {
    id: randomId(),
    who: run.actor,
    host: run.host,
    pid: run.pid,
    started: await processes.startMark(run.pid),
    run: run.id,
    operation: run.operation,
    created: clock.now(),
    ...(run.url === undefined ? {} : { url: run.url }),
  };
  const unlockCommand = (id: string): string => (options.command ?? ((words) => `dpo state ${words}`))(`unlock ${id}`);
  return takeObjectLock({ blobs, clock, processes, holder, unlockCommand, times: times?.lease ?? leaseTimes });
}

async function openUnderLock(
  options: ObjectStoreOptions,
  work: { readonly run: Run; readonly lock: ObjectLock; readonly announcement: Announcement | undefined },
): Promise<StateSession> {
  const { blobs, clock, writer, randomId } = options;
  const { run, lock } = work;
  const loaded = await loadAndTakeIn(options, run, lock);
  await sweepObjects(blobs, loaded.recorded.serial).catch(() => undefined);
  const snapshot = loaded.nexts.findLast((next) => next !== undefined) ?? loaded.snapshot;
  const lineage = snapshot?.lineage ?? randomId();
  const ledger = ledgerFor(options, work, snapshot?.serial ?? 0);
  return createSession({ ledger, clock, writer, run, lineage, snapshot });
}

/** What a run put that died may arrive late: it is then met as saved already, and looked at again. */
async function loadAndTakeIn(options: ObjectStoreOptions, run: Run, lock: ObjectLock): Promise<LoadedObjects> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadObjects(loadOptions(options), lock.runBefore);
    const problems = checkState(loaded.recorded, run);
    if (problems.length > 0) throw new DpoError(problems);
    try {
      await takeIn(options.blobs, loaded);
      return loaded;
    } catch (error) {
      if (attempt === 3 || !isDpoError(error) || error.problems[0]?.code !== 'STATE.CONFLICT') throw error;
    }
  }
}

/** Takes the journals of runs that were interrupted into the state, and removes them. */
export async function takeIn(blobs: BlobStore, { snapshot, journals, nexts }: LoadedObjects): Promise<void> {
  let before = snapshot?.serial ?? 0;
  for (const [index, journal] of journals.entries()) {
    const next = nexts[index];
    if (next !== undefined) {
      await saveObject(blobs, { serial: next.serial, text: encodeState(next), before });
      before = next.serial;
    }
    await retireRun(blobs, journal);
  }
}

function ledgerFor(
  options: ObjectStoreOptions,
  {
    run,
    lock,
    announcement,
  }: { readonly run: Run; readonly lock: ObjectLock; readonly announcement: Announcement | undefined },
  before: number,
): Ledger {
  const { blobs, clock, times, command = (words: string) => `dpo state ${words}` } = options;
  return {
    openJournal: (header) =>
      createSegmentWriter({ blobs, clock, lock, header, announcement, times: times?.push ?? pushTimes }),
    assertHeld: () => lock.assertHeld(),
    save: async (next) => saveObject(blobs, { serial: next.serial, text: encodeState(next), before }),
    retire: async (journal) => retireRun(blobs, journal),
    rescue: async (next, reason) => {
      const journal = `${blobs.location}/${planName(run.id)}`;
      await options.rescue.files.makeDirectory(dirname(options.rescue.path)).catch(() => undefined);
      return rescue({ ...options.rescue, journal, command }, next, reason);
    },
    release: () => lock.release(),
  };
}

async function readHistory(blobs: BlobStore): Promise<readonly JsonObject[]> {
  const runs = (await blobs.list(folders.history)).map(runIn).toSorted();
  const texts = await Promise.all(runs.map(async (run) => blobs.get(historyName(run))));
  return texts.flatMap((text) =>
    (text ?? '').split('\n').flatMap((line) => {
      const entry = line === '' ? null : parseJson(line);
      return isJsonObject(entry) ? [entry] : [];
    }),
  );
}
