import type { Clock, Intent, RecordedResource, Result, Run, StateSession } from '@dpo/core';
import type { Journal } from './journal.ts';
import type { JournalHeader } from './journal-header.ts';
import type { JournalRecord } from './journal-record.ts';
import type { Closed, Ledger } from './ledger.ts';
import { addRecord, type Operation } from './operation.ts';
import { nextSnapshot } from './replay.ts';
import { recordedOf, type Snapshot } from './snapshot.ts';

export interface SessionOptions {
  readonly ledger: Ledger;
  readonly clock: Pick<Clock, 'now'>;
  readonly writer: string;
  readonly run: Run;
  readonly lineage: string;
  /** What is saved; no journal is beside it. */
  readonly snapshot: Snapshot | undefined;
}

/** The journal is for the case of a crash; a run that ends by itself compacts what it has in memory. */
export function createSession(options: SessionOptions): StateSession {
  const { ledger, clock, snapshot } = options;
  const operations = new Map<number, Operation>();
  let header: JournalHeader | undefined;
  let started = 0;
  let closed: Promise<Closed> | undefined;
  const journalHeader = (): JournalHeader => (header ??= headerOf(options));
  const journal = ledger.openJournal(journalHeader);

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
      await ledger.assertHeld();
      if (next !== undefined) await ledger.save(next);
    } catch (error) {
      return next === undefined ? { status: 'unchanged' } : ledger.rescue(next, error);
    }
    // What fails from here on is done by the next run: the journal says all, and the snapshot that it holds it.
    await ledger.retire(whole).catch(() => undefined);
    return { status: next === undefined ? 'unchanged' : 'saved' };
  }

  async function close(): Promise<Closed> {
    try {
      return await save();
    } finally {
      await ledger.release().catch(() => undefined);
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
