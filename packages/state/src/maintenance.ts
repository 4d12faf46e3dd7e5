import { fail, isDpoError, isJsonObject, type JsonObject, type StateHolder } from '@dpo/core';
import { retireJournal, saveSnapshot } from './compaction.ts';
import type { Files } from './files.ts';
import { decodeHolder } from './lock-holder.ts';
import type { Loaded, LoadOptions } from './load-state.ts';
import { unreadableLock, type Lock } from './lock.ts';
import { parseJson } from './located-json.ts';
import { decodeState, type Snapshot } from './snapshot.ts';
import type { StatePaths } from './state-paths.ts';

interface Place {
  readonly files: Files;
  readonly paths: StatePaths;
}

/** Replaces the snapshot by a document; the caller holds the lock and has taken in what an earlier run left. */
export async function pushDocument(
  place: LoadOptions,
  before: { readonly text: string | undefined; readonly snapshot: Snapshot | undefined },
  document: string,
): Promise<void> {
  const next = decodePushed(document, place);
  const { snapshot } = before;
  // A rescue copy whose run was taken in from its journal since.
  if (document === before.text) return;
  if (snapshot !== undefined && next.lineage !== snapshot.lineage) {
    return refuse(
      `it has lineage ${next.lineage}, the state here has ${snapshot.lineage}`,
      'push a state of this lineage',
    );
  }
  if (snapshot !== undefined && next.serial <= snapshot.serial) {
    const hint = 'pull the present one, make your change in it, raise its serial by one, and push that';
    return refuse(`it has serial ${next.serial}, the state here is at ${snapshot.serial} already`, hint);
  }
  await saveSnapshot(place, before.text, next);
}

/**
 * Puts back what a run kept when it could not save the state: its last word on its own journal, which may know less (a
 * disk that was full for one was full for the other). False if the document is not that.
 */
export async function pushRescue(place: LoadOptions, loaded: Loaded, document: string): Promise<boolean> {
  const { journal, next: fromJournal } = loaded;
  if (journal === undefined || fromJournal === undefined) return false;
  const pushed = decodePushed(document, place);
  const same = pushed.run === journal.header.run && pushed.lineage === fromJournal.lineage;
  if (!same || pushed.serial !== fromJournal.serial) return false;
  await saveSnapshot(place, loaded.text, pushed);
  await retireJournal(place.files, place.paths, journal);
  return true;
}

/** Reads a document that people pushed; one that is none is refused with `STATE.PUSH`. */
export function decodePushed(
  document: string,
  { writer, upgrades }: Pick<LoadOptions, 'writer' | 'upgrades'>,
): Snapshot {
  try {
    const how = { version: writer, ...(upgrades === undefined ? {} : { upgrades }) };
    return decodeState(document, { file: 'document', ...how });
  } catch (error) {
    if (!isDpoError(error)) throw error;
    return refuse(error.problems[0]?.message ?? '', 'push a document made by: dpo state pull');
  }
}

function refuse(why: string, hint: string): never {
  return fail({ code: 'STATE.PUSH', message: `the pushed state is refused: ${why}`, hint });
}

export async function readHolder({ files, paths }: Place): Promise<StateHolder | undefined> {
  const text = await files.read(paths.lock);
  if (text === undefined) return undefined;
  const holder = decodeHolder(text);
  if (holder === undefined) return unreadableLock(paths.lock);
  const { started: _mark, created, ...rest } = holder;
  return { ...rest, since: created };
}

/** Removes the lock file only if it is the one that was meant: another run may have taken it since. */
export async function removeLock(place: Place, id: string): Promise<void> {
  const holder = await readHolder(place);
  if (holder?.id === id) return place.files.remove(place.paths.lock);
  return fail({
    code: 'STATE.UNLOCK',
    message:
      holder === undefined
        ? `the state ${place.paths.snapshot} is not locked`
        : `the lock of ${place.paths.snapshot} is ${holder.id}, not ${id}`,
    hint: holder === undefined ? 'there is nothing to unlock' : 'look who holds it: dpo state unlock',
  });
}

/** Half a line at the end is of a run that was interrupted while it wrote; the next run repairs it. */
export async function readHistory({ files, paths }: Place): Promise<readonly JsonObject[]> {
  const text = (await files.read(paths.history)) ?? '';
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.flatMap((line) => {
    if (line === '') return [];
    const entry = parseJson(line);
    return isJsonObject(entry) ? [entry] : [];
  });
}

/** Runs work under the lock and gives the lock back whatever happens. */
export async function underLock<T>(lock: Lock, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await lock.release().catch(() => undefined);
  }
}
