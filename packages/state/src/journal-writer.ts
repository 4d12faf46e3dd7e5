import { fail } from '@dpo/core';
import type { AppendFile, Files } from './files.ts';
import type { JournalHeader } from './journal-header.ts';
import { encodeRecord, type JournalRecord } from './journal-record.ts';
import type { StatePaths } from './state-paths.ts';

/** Appends the records of one run in the order of the calls. The file is made by the first. */
export interface JournalWriter {
  /** Resolves once the record is on disk: one sync for all that wait. Rejects with `STATE.JOURNAL_UNWRITABLE`. */
  sync(record: JournalRecord): Promise<void>;
  /** Resolves once the record is written; it is synced with the next one that is. */
  write(record: JournalRecord): Promise<void>;
  /** Whether the file was made. */
  isOpen(): boolean;
  /** Waits for the records under way and closes the file; the writer is not used after it. */
  close(): Promise<void>;
}

export interface JournalWriterOptions {
  readonly files: Files;
  readonly paths: StatePaths;
  readonly header: () => JournalHeader;
}

interface Waiting {
  readonly text: string;
  readonly durable: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * After a failed append or sync nothing more is written: what is in the file stays readable, as at most its last line
 * is torn, and no further operation may start.
 */
export function createJournalWriter({ files, paths, header }: JournalWriterOptions): JournalWriter {
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let file: AppendFile | undefined;
  let failure: { readonly cause: unknown } | undefined;

  async function add(record: JournalRecord, durable: boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      waiting.push({ text: encodeRecord(record), durable, resolve, reject });
      flushing ??= flush();
    });
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      // Calls made together share one append and one sync.
      await Promise.resolve();
      const batch = waiting;
      waiting = [];
      try {
        await appendBatch(batch);
        for (const { resolve } of batch) resolve();
      } catch (cause) {
        failure ??= { cause };
        for (const { reject } of batch) reject(cause);
      }
    }
    flushing = undefined;
  }

  async function appendBatch(batch: readonly Waiting[]): Promise<void> {
    if (failure !== undefined) unwritable(paths.journal, failure.cause);
    try {
      const first = file === undefined;
      file ??= await files.openAppend(paths.journal, 'new');
      const start = first ? encodeRecord({ type: 'header', header: header() }) : '';
      await file.append(start + batch.map(({ text }) => text).join(''));
      if (batch.some(({ durable }) => durable)) await file.datasync();
      if (first) await files.syncDirectory(paths.directory);
    } catch (cause) {
      failure ??= { cause };
      unwritable(paths.journal, cause);
    }
  }

  return {
    sync: async (record) => {
      await add(record, true);
    },
    write: async (record) => {
      await add(record, false);
    },
    isOpen: () => file !== undefined,
    close: async () => {
      while (flushing !== undefined) await flushing;
      await file?.close();
    },
  };
}

function unwritable(file: string, cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  return fail(
    {
      code: 'STATE.JOURNAL_UNWRITABLE',
      message: `the journal ${file} cannot be written: ${why}`,
      hint: 'no further operation was started; check the permissions and the free space of its folder, and run again',
      place: { file, start: { line: 1, column: 1 } },
    },
    { cause },
  );
}
