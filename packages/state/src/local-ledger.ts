import { retireJournal, saveSnapshot } from './compaction.ts';
import type { Files } from './files.ts';
import { createJournalWriter } from './journal-writer.ts';
import type { Ledger } from './ledger.ts';
import type { Lock } from './lock.ts';
import { rescue } from './rescue.ts';
import type { StatePaths } from './state-paths.ts';

export interface LocalLedgerOptions {
  readonly files: Files;
  readonly paths: StatePaths;
  readonly lock: Lock;
  /** Of the snapshot that is on disk. */
  readonly text: string | undefined;
  readonly command: (words: string) => string;
}

/** The files beside a state on a local disk. */
export function createLocalLedger({ files, paths, lock, text, command }: LocalLedgerOptions): Ledger {
  return {
    openJournal: (header) => createJournalWriter({ files, paths, header }),
    assertHeld: async () => {
      if (!(await lock.isMine())) throw new Error(`the lock ${paths.lock} was removed while this run was working`);
    },
    save: async (next) => saveSnapshot({ files, paths }, text, next),
    retire: async (journal) => retireJournal(files, paths, journal),
    rescue: async (next, reason) =>
      rescue({ files, path: paths.rescue, journal: paths.journal, command }, next, reason),
    release: () => lock.release(),
  };
}
