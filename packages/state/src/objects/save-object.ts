import { fail, type BlobStore } from '@dpo/core';
import { historyLine } from '../history.ts';
import type { Journal } from '../journal.ts';
import { folders, historyName, kept, planName, runIn, snapshotName, trimmedName } from './names.ts';
import { trim } from './newest.ts';
import { putOwn } from './put-own.ts';

export interface SaveRequest {
  /** Serial of the document. */
  readonly serial: number;
  readonly text: string;
  /** Serial of the one that it follows; 0: there is none. */
  readonly before: number;
}

/**
 * Puts a snapshot under the next number. Nobody else can put the same number, and one that was used and removed since is
 * seen by the one below it being gone: whoever is late is told so, and overwrites nothing.
 */
export async function saveObject(blobs: BlobStore, { serial, text, before }: SaveRequest): Promise<void> {
  // The first one of all may come from elsewhere, with its number.
  if (before === 0 && serial > 1) await blobs.putIfAbsent(trimmedName(folders.state), 'began elsewhere\n');
  const put = await putOwn(blobs, snapshotName(serial), text);
  const witness = before === 0 || (await blobs.get(snapshotName(before))) !== undefined;
  if (put === 'mine' && witness) return;
  if (put === 'mine') await blobs.delete(snapshotName(serial));
  fail({
    code: 'STATE.CONFLICT',
    message: `serial ${serial} of the state ${blobs.location} was saved by another run meanwhile`,
    hint: 'run again: it goes on from the state that is there',
  });
}

/** Adds a run to the history and removes its journal: the head first, with which it is none any more. */
export async function retireRun(blobs: BlobStore, journal: Journal): Promise<void> {
  const { run } = journal.header;
  const lines = [...journal.operations.values()].map((operation) => JSON.stringify(historyLine(journal, operation)));
  if (lines.length > 0) await putOwn(blobs, historyName(run), `${lines.join('\n')}\n`);
  await blobs.delete(planName(run));
  await removeSegments(blobs, new Set([run]));
}

/** Removes what runs without a head left, and old snapshots. */
export async function sweepObjects(blobs: BlobStore, serial: number): Promise<void> {
  const names = await blobs.list(folders.runs);
  const runs = [...new Set(names.map(runIn))];
  const heads = await Promise.all(runs.map(async (run) => blobs.get(planName(run))));
  await removeSegments(blobs, new Set(runs.filter((_, index) => heads[index] === undefined)), names);
  if (serial <= kept) return;
  const snapshots = await blobs.list(folders.state);
  await trim(blobs, folders.state, { below: serial - kept + 1, names: snapshots });
}

async function removeSegments(blobs: BlobStore, runs: ReadonlySet<string>, names?: readonly string[]): Promise<void> {
  for (const name of names ?? (await blobs.list(folders.runs))) {
    if (runs.has(runIn(name)) && name !== `${runIn(name)}.plan.json`) await blobs.delete(`${folders.runs}/${name}`);
  }
}
