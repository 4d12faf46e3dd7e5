import { fail, isDpoError, type BlobStore, type Recorded } from '@dpo/core';
import type { Upgrades } from '../entry.ts';
import { decodeJournal, type Journal } from '../journal.ts';
import { encodeRecord } from '../journal-record.ts';
import { JsonSyntaxError } from '../located-json.ts';
import type { Operation } from '../operation.ts';
import { nextSnapshot } from '../replay.ts';
import { ShapeError } from '../shape.ts';
import { decodeState, recordedOf, type Snapshot } from '../snapshot.ts';
import { leaseEndOf } from './hold.ts';
import type { LeaseTimes } from './lease.ts';
import { folders, planName, runIn, segmentName, snapshotName } from './names.ts';
import { newest } from './newest.ts';
import { decodeHead, type RunHead } from './run-head.ts';

export interface LoadObjectsOptions {
  readonly blobs: BlobStore;
  readonly writer: string;
  readonly upgrades?: Upgrades;
  readonly times: LeaseTimes;
  readonly now: () => number;
}

/** What the objects say. */
export interface LoadedObjects {
  readonly text: string | undefined;
  /** As it is kept. */
  readonly snapshot: Snapshot | undefined;
  /** Of runs that did not come to the end of their close, in their order. */
  readonly journals: readonly Journal[];
  /** Each to be saved in its turn, then the journal it takes in is retired; undefined: it changes nothing. */
  readonly nexts: readonly (Snapshot | undefined)[];
  readonly recorded: Recorded;
  readonly listed: readonly number[];
}

/**
 * Reads what runs left, then the snapshot: a run that is saved in between is recognised in the newer one. `alsoRun` is
 * looked for whatever the list of runs shows.
 */
export async function loadObjects(options: LoadObjectsOptions, alsoRun?: string): Promise<LoadedObjects> {
  for (let attempt = 1; ; attempt += 1) {
    const runs = await readRuns(options, alsoRun);
    const found = await newest(options.blobs, { folder: folders.state, nameOf: snapshotName });
    try {
      return merge(options, runs, found);
    } catch (error) {
      // Two runs may have been saved meanwhile.
      if (attempt === 3) throw error;
    }
  }
}

function merge(
  options: LoadObjectsOptions,
  runs: readonly Journal[],
  { number, text, listed }: Awaited<ReturnType<typeof newest>>,
): LoadedObjects {
  const snapshot = text === undefined ? undefined : decodeSnapshot(options, number, text);
  let current = snapshot;
  const nexts = runs.map((journal) => {
    if (isSaved(options.blobs, current, journal)) return undefined;
    const next = nextSnapshot(current, journal, options.writer);
    current = next ?? current;
    return next;
  });
  return {
    text,
    snapshot,
    journals: runs,
    nexts,
    recorded: { ...recordedOf(current), unfinished: runs.length > 0 },
    listed,
  };
}

function decodeSnapshot({ blobs, writer, upgrades }: LoadObjectsOptions, number: number, text: string): Snapshot {
  const file = `${blobs.location}/${snapshotName(number)}`;
  try {
    const snapshot = decodeState(text, { file, version: writer, ...(upgrades === undefined ? {} : { upgrades }) });
    if (snapshot.serial === number) return snapshot;
    return fail({
      code: 'STATE.CORRUPT',
      message: `the state ${file} is damaged: it holds serial ${snapshot.serial}`,
      hint: 'nothing was changed',
    });
  } catch (error) {
    const problem = isDpoError(error) ? error.problems[0] : undefined;
    if (problem?.code !== 'STATE.CORRUPT') throw error;
    const before = number === 1 ? 'there is none before it' : `the one before it is ${snapshotName(number - 1)}`;
    return fail(
      { ...problem, hint: `nothing was changed; remove that object to go back, ${before}` },
      { cause: error },
    );
  }
}

async function readRuns(options: LoadObjectsOptions, alsoRun: string | undefined): Promise<readonly Journal[]> {
  const names = await options.blobs.list(folders.runs);
  const listed = names.filter((name) => planName(runIn(name)) === `${folders.runs}/${name}`).map(runIn);
  const runs = [...new Set([...listed, ...(alsoRun === undefined ? [] : [alsoRun])])].toSorted();
  const found: (Journal & { readonly base: number })[] = [];
  for (const run of runs) {
    const journal = await readRun(options, run, names);
    if (journal !== undefined) found.push({ ...journal, base: journal.header.base });
  }
  return found.toSorted((a, b) => a.base - b.base).map(({ base: _base, ...journal }) => journal);
}

/** The head first: while it is there, no segment was removed. */
async function readRun(
  options: LoadObjectsOptions,
  run: string,
  names: readonly string[],
): Promise<Journal | undefined> {
  const { blobs, writer, upgrades } = options;
  const text = await blobs.get(planName(run));
  if (text === undefined) return undefined;
  const file = `${blobs.location}/${planName(run)}`;
  const head = headIn(text, file);
  const listed = names.filter((name) => runIn(name) === run).length - 1;
  let lines = encodeRecord({ type: 'header', header: head.header });
  const hinted = await Promise.all(
    Array.from({ length: Math.max(0, listed) }, (_, index) => blobs.get(segmentName(run, index + 1))),
  );
  for (let segment = 1; ; segment += 1) {
    const found = segment <= hinted.length ? hinted[segment - 1] : await blobs.get(segmentName(run, segment));
    if (found === undefined) break;
    lines += found;
  }
  const how = { file, version: writer, ...(upgrades === undefined ? {} : { upgrades }) };
  const journal = decodeJournal(lines, how);
  return journal === undefined ? undefined : withAnnounced(options, head, journal);
}

function headIn(text: string, file: string): RunHead {
  try {
    return decodeHead(text);
  } catch (cause) {
    if (!(cause instanceof ShapeError) && !(cause instanceof JsonSyntaxError)) throw cause;
    const newer = cause instanceof ShapeError && cause.newer;
    return fail(
      {
        code: newer ? 'STATE.NEWER' : 'STATE.JOURNAL_CORRUPT',
        message: newer
          ? `${file} was written by a newer dpo: ${cause.message}`
          : `${file} is damaged: ${cause.message}`,
        hint: newer
          ? 'run apply once more with the version of dpo that was interrupted, or a later one'
          : 'nothing was changed; the run it belongs to was interrupted. Move the object away and check after the next plan which objects it made',
      },
      { cause },
    );
  }
}

/** What was announced and is not known to have been begun may have been, as long as the run may have lived. */
async function withAnnounced(
  { blobs, times, now }: LoadObjectsOptions,
  { hold, header, announcement }: RunHead,
  journal: Journal,
): Promise<Journal> {
  if (announcement === undefined || journal.ended) return journal;
  const begun = new Set([...journal.operations.values()].map(({ start }) => start.address));
  const open = announcement.intents.filter(({ address }) => !begun.has(address));
  if (open.length === 0) return journal;
  const at = Math.min(now(), await leaseEndOf(blobs, times, { number: hold, created: header.at }));
  const operations = new Map<number, Operation>(journal.operations);
  let n = Math.max(0, ...operations.keys());
  for (const intent of open) {
    n += 1;
    operations.set(n, { start: { type: 'start', n, at, ...intent } });
  }
  return { ...journal, operations };
}

/** True after a crash between the saving of a run and the removal of its journal. */
function isSaved(blobs: BlobStore, snapshot: Snapshot | undefined, { header }: Journal): boolean {
  const serial = snapshot?.serial ?? 0;
  const file = `${blobs.location}/${planName(header.run)}`;
  if (snapshot !== undefined && snapshot.lineage !== header.lineage) {
    return fail({
      code: 'STATE.JOURNAL_LINEAGE',
      message: `the journal ${file} belongs to another state: lineage ${header.lineage}, not ${snapshot.lineage}`,
      hint: `put the state of that lineage back, or remove ${planName(header.run)}`,
    });
  }
  if (snapshot?.run === header.run) return true;
  if (header.base === serial) return false;
  const code = header.base < serial ? 'STATE.JOURNAL_STALE' : 'STATE.JOURNAL_FUTURE';
  const why = header.base < serial ? 'it was saved since without this journal' : 'an older state was put in its place';
  return fail({
    code,
    message: `the journal ${file} is of a run that started from serial ${header.base}, but the state is at serial ${serial}: ${why}`,
    hint: `look with plan for the objects that it names, then remove ${planName(header.run)}`,
  });
}
