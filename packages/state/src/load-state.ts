import { fail, type Recorded } from '@dpo/core';
import type { Upgrades } from './entry.ts';
import type { Files } from './files.ts';
import { decodeJournal, type Journal } from './journal.ts';
import { nextSnapshot } from './replay.ts';
import { decodeState, recordedOf, type Snapshot } from './snapshot.ts';
import type { StatePaths } from './state-paths.ts';

export interface LoadOptions {
  readonly files: Files;
  readonly paths: StatePaths;
  /** Version of dpo, for a snapshot that is made from what is found. */
  readonly writer: string;
  readonly upgrades?: Upgrades;
}

/** What the disk says. */
export interface Loaded {
  readonly text: string | undefined;
  readonly snapshot: Snapshot | undefined;
  readonly journalText: string | undefined;
  /** Of a run that did not come to the end of its close. */
  readonly journal: Journal | undefined;
  /** To be written, because the journal is not in the snapshot yet and changes it. */
  readonly next: Snapshot | undefined;
  /** Both together: what `next` will say, so that a reader and the run that compacts see the same serial. */
  readonly recorded: Recorded;
}

/**
 * Reads journal, then snapshot: if a run compacts in between, its journal is recognised in the newer snapshot.
 * Without the lock two runs may pass in between; what then does not fit is read again.
 */
export async function loadState(options: LoadOptions): Promise<Loaded> {
  const { files, paths } = options;
  let journalText = await files.read(paths.journal);
  for (let attempt = 1; ; attempt += 1) {
    const text = await files.read(paths.snapshot);
    try {
      return merge(options, text, journalText);
    } catch (error) {
      const [again, textAgain] = [await files.read(paths.journal), await files.read(paths.snapshot)];
      if (attempt === 5 || (again === journalText && textAgain === text)) throw error;
      journalText = again;
    }
  }
}

function merge(options: LoadOptions, text: string | undefined, journalText: string | undefined): Loaded {
  const { paths, writer } = options;
  const how = { version: writer, ...(options.upgrades === undefined ? {} : { upgrades: options.upgrades }) };
  const snapshot = text === undefined ? undefined : decodeState(text, { file: paths.snapshot, ...how });
  const journal = journalText === undefined ? undefined : decodeJournal(journalText, { file: paths.journal, ...how });
  const next =
    journal === undefined || isCompacted(paths, snapshot, journal)
      ? undefined
      : nextSnapshot(snapshot, journal, writer);
  return {
    text,
    snapshot,
    journalText,
    journal,
    next,
    recorded: { ...recordedOf(next ?? snapshot), unfinished: journalText !== undefined },
  };
}

/** True after a crash between the snapshot's rename and the journal's removal. Throws if they do not belong together. */
function isCompacted(paths: StatePaths, snapshot: Snapshot | undefined, { header }: Journal): boolean {
  const serial = snapshot?.serial ?? 0;
  if (snapshot !== undefined && snapshot.lineage !== header.lineage) {
    return refuse(paths, {
      code: 'STATE.JOURNAL_LINEAGE',
      message: `belongs to another state: lineage ${header.lineage}, not ${snapshot.lineage}`,
      hint: `put the state of that lineage back, or move ${paths.journal} away`,
    });
  }
  if (snapshot?.run === header.run) return true;
  if (header.base === serial) return false;
  const found = snapshot === undefined ? 'there is no state file' : `the state is at serial ${serial}`;
  if (header.base < serial) {
    return refuse(paths, {
      code: 'STATE.JOURNAL_STALE',
      message: `is of run ${header.run}, which started from serial ${header.base}, but ${found}: it was saved since without this journal`,
      hint: `look for the objects it names with plan, then move ${paths.journal} away`,
    });
  }
  return refuse(paths, {
    code: 'STATE.JOURNAL_FUTURE',
    message: `is of run ${header.run}, which started from serial ${header.base}, but ${found}: an older state was put in its place`,
    hint: `put the state of serial ${header.base} back as ${paths.snapshot} (see ${paths.backup}), or move ${paths.journal} away`,
  });
}

function refuse(
  paths: StatePaths,
  problem: { readonly code: string; readonly message: string; readonly hint: string },
): never {
  return fail({
    code: problem.code,
    message: `line 1 of the journal ${paths.journal} ${problem.message}`,
    hint: problem.hint,
    place: { file: paths.journal, start: { line: 1, column: 1 } },
  });
}
