import type { StateSession } from '@dpo/core';
import type { Journal } from './journal.ts';
import type { JournalHeader } from './journal-header.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { Snapshot } from './snapshot.ts';

export type Closed = Awaited<ReturnType<StateSession['close']>>;

/** What one run writes to, wherever the state is, while it has the lock. */
export interface Ledger {
  openJournal(header: () => JournalHeader): JournalWriter;
  /** Throws once the lock was removed by somebody else. */
  assertHeld(): Promise<void>;
  save(next: Snapshot): Promise<void>;
  /** The journal's operations are in the state: they go into the history, and the journal goes. */
  retire(journal: Journal): Promise<void>;
  /** Keeps what could not be saved, in a place for people. Never throws. */
  rescue(next: Snapshot, reason: unknown): Promise<Closed>;
  release(): Promise<void>;
}
