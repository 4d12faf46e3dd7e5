import type { Clock, Intent, RecordedResource, Result, Run, StateSession } from '@dpo/core';
import { retireJournal, saveSnapshot } from './compaction.ts';
import type { Files } from './files.ts';
import type { Journal } from './journal.ts';
import type { JournalHeader } from './journal-header.ts';
import type { JournalRecord } from './journal-record.ts';
import { createJournalWriter } from './journal-writer.ts';
import type { Lock } from './lock.ts';
import { addRecord, type Operation } from './operation.ts';
import { quoted } from './quoted.ts';
import { replaceFile } from './replace-file.ts';
import { nextSnapshot } from './replay.ts';
import { encodeState, recordedOf, type Snapshot } from './snapshot.ts';
import type { StatePaths } from './state-paths.ts';

export interface SessionOptions {
  readonly files: Files;
  readonly paths: StatePaths;
  readonly clock: Pick<Clock, 'now'>;
  readonly writer: string;
  readonly run: Run;
  readonly lock: Lock;
  readonly lineage: string;
  /** The snapshot on disk and its text; no journal is beside it. */
  readonly snapshot: Snapshot | undefined;
  readonly text: string | undefined;
  /** How people call `dpo state <words>` for this state. */
  readonly command: (words: string) => string;
}

type Closed = Awaited<ReturnType<StateSession['close']>>;

/** The journal is for the case of a crash; a run that ends by itself compacts what it has in memory. */
export function createSession(options: SessionOptions): StateSession {
  const { files, paths, clock, lock, snapshot } = options;
  const operations = new Map<number, Operation>();
  let header: JournalHeader | undefined;
  let started = 0;
  let closed: Promise<Closed> | undefined;
  const journalHeader = (): JournalHeader => (header ??= headerOf(options));
  const journal = createJournalWriter({ files, paths, header: journalHeader });

  function assertOpen(): void {
    if (closed !== undefined) throw new TypeError('the state session is closed');
  }

  async function start(intent: Intent): Promise<number> {
    assertOpen();
    journalHeader();
    started += 1;
    const n = started;
    const record: JournalRecord = { type: 'start', n, at: clock.now(), ...intent };
    addRecord(operations, record);
    try {
      await journal.sync(record);
    } catch (error) {
      operations.delete(n);
      throw error;
    }
    return n;
  }

  async function stage(n: number, entry: RecordedResource): Promise<void> {
    assertOpen();
    const record: JournalRecord = {
      type: 'stage',
      n,
      entry: { ...entry, status: entry.status === 'ok' ? 'replacing:deleted' : entry.status },
      at: clock.now(),
    };
    addRecord(operations, record);
    await journal.sync(record);
  }

  async function finish(n: number, result: Result): Promise<void> {
    assertOpen();
    const record: JournalRecord = { type: 'result', n, result };
    addRecord(operations, record);
    // The result is in memory and the close will save it; no operation starts after a failed write.
    await journal.write(record).catch(() => undefined);
  }

  async function save(): Promise<Closed> {
    if (!journal.isOpen()) return { status: 'unchanged' };
    await journal.sync({ type: 'end' }).catch(() => undefined);
    await journal.close().catch(() => undefined);
    const whole: Journal = { header: journalHeader(), operations, ended: true };
    const next = nextSnapshot(snapshot, whole, options.writer);
    try {
      if (!(await lock.isMine())) throw new Error(`the lock ${paths.lock} was removed while this run was working`);
      if (next !== undefined) await saveSnapshot(options, options.text, next);
    } catch (error) {
      return next === undefined ? { status: 'unchanged' } : rescue(options, next, error);
    }
    // What fails from here on is done by the next run: the journal says all, and the snapshot that it holds it.
    await retireJournal(files, paths, whole).catch(() => undefined);
    return { status: next === undefined ? 'unchanged' : 'saved' };
  }

  async function close(): Promise<Closed> {
    try {
      return await save();
    } finally {
      await lock.release().catch(() => undefined);
    }
  }

  return {
    recorded: recordedOf(snapshot),
    lineage: options.lineage,
    start,
    stage,
    finish,
    close: async () => (closed ??= close()),
  };
}

function headerOf({ run, lineage, snapshot, clock, writer }: SessionOptions): JournalHeader {
  return {
    writer,
    run: run.id,
    lineage,
    base: snapshot?.serial ?? 0,
    plan: run.plan,
    operation: run.operation,
    owner: run.owner,
    target: run.target,
    actor: run.actor,
    host: run.host,
    pid: run.pid,
    ...(run.commit === undefined ? {} : { commit: run.commit }),
    ...(run.url === undefined ? {} : { url: run.url }),
    at: clock.now(),
  };
}

async function rescue({ files, paths, command }: SessionOptions, next: Snapshot, error: unknown): Promise<Closed> {
  const reason = textOf(error);
  try {
    await replaceFile(files, paths.rescue, encodeState(next));
    return { status: 'rescue', path: paths.rescue, reason, command: command(`push ${quoted(paths.rescue)}`) };
  } catch (second) {
    const both = `${reason}; ${paths.rescue}: ${textOf(second)}; the journal is kept and the next run reads it`;
    return { status: 'rescue', path: paths.journal, reason: both };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
