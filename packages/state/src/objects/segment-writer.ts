import { fail, isDpoError, type Announcement, type BlobStore, type Clock } from '@dpo/core';
import type { JournalHeader } from '../journal-header.ts';
import { encodeRecord, type JournalRecord } from '../journal-record.ts';
import type { JournalWriter } from '../journal-writer.ts';
import { planName, segmentName } from './names.ts';
import type { ObjectLock } from './object-lock.ts';
import { putOwn } from './put-own.ts';
import { encodeHead } from './run-head.ts';

/** How long a result may be known here only, and how many. */
export interface PushTimes {
  readonly everyMs: number;
  readonly records: number;
}

export const pushTimes: PushTimes = { everyMs: 5000, records: 50 };

export interface SegmentWriterOptions {
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly lock: ObjectLock;
  readonly header: () => JournalHeader;
  readonly announcement: Announcement | undefined;
  readonly times: PushTimes;
}

/**
 * A journal in objects that are each put once. What the run may do is put before its first operation, so that no intent
 * is lost with the machine; results follow at the latest after some seconds, stages at once.
 */
export function createSegmentWriter(options: SegmentWriterOptions): JournalWriter {
  const { blobs, clock, lock, header, announcement, times } = options;
  const announced = new Set(announcement?.intents.map(({ address }) => address));
  const ended = new AbortController();
  let head: Promise<void> | undefined;
  let isPut = false;
  let waiting = '';
  let records = 0;
  let segments = 0;
  let pushing: Promise<void> = Promise.resolve();
  let failure: { readonly cause: unknown } | undefined;

  async function putHead(): Promise<void> {
    const { run } = header();
    await putOnce(planName(run), encodeHead({ header: header(), hold: lock.number, announcement }));
    isPut = true;
    void pushNowAndThen();
  }

  async function pushNowAndThen(): Promise<void> {
    while (!ended.signal.aborted) {
      await clock.sleep(times.everyMs, ended.signal).catch(() => undefined);
      if (!ended.signal.aborted) await push().catch(() => undefined);
    }
  }

  /** One after the other, so that segments have no gap. What could not be pushed stays the same segment. */
  function push(): Promise<void> {
    pushing = pushing.catch(() => undefined).then(pushWaiting);
    return pushing;
  }

  let unpushed = '';
  async function pushWaiting(): Promise<void> {
    if (unpushed === '') {
      unpushed = waiting;
      waiting = '';
      records = 0;
    }
    if (unpushed === '') return;
    await putOnce(segmentName(header().run, segments + 1), unpushed);
    segments += 1;
    unpushed = '';
    failure = undefined;
    if (waiting !== '') await pushWaiting();
  }

  async function putOnce(name: string, text: string): Promise<void> {
    try {
      if ((await putOwn(blobs, name, text)) === 'taken') throw new Error(`${name} is there already`);
    } catch (cause) {
      failure = { cause };
      throw cause;
    }
  }

  function add(record: JournalRecord): void {
    waiting += encodeRecord(record);
    records += 1;
  }

  async function sync(record: JournalRecord): Promise<void> {
    try {
      // After a failure nothing new is begun; the end is tried all the same.
      if (record.type === 'start' && failure !== undefined) throw failure.cause;
      if (record.type === 'start') lock.assertLease();
      await (head ??= putHead());
      add(record);
      if (record.type !== 'start' || !announced.has(record.address)) await push();
      // It may have taken long.
      if (record.type === 'start') lock.assertLease();
    } catch (cause) {
      unwritable(blobs.location, cause);
    }
  }

  return {
    sync,
    write: async (record) => {
      add(record);
      if (records >= times.records) void push().catch(() => undefined);
    },
    isOpen: () => isPut,
    close: async () => {
      ended.abort();
      await pushing;
    },
  };
}

function unwritable(location: string, cause: unknown): never {
  if (isDpoError(cause) && cause.problems[0]?.code === 'STATE.LOCK_LOST') throw cause;
  const why = isDpoError(cause) ? cause.problems[0]?.message : cause instanceof Error ? cause.message : String(cause);
  return fail(
    {
      code: 'STATE.JOURNAL_UNWRITABLE',
      message: `the journal of ${location} cannot be written: ${why ?? ''}`,
      hint: 'no further operation was started; check the connection and the rights to write there, and run again',
    },
    { cause },
  );
}
