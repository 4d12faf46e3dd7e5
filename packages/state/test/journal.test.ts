import { isDpoError, type Address, type Problem, type Recorded } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeJournal } from '../src/journal.ts';
import type { JournalHeader } from '../src/journal-header.ts';
import { checksum, encodeRecord, type JournalRecord } from '../src/journal-record.ts';
import {
  createAll,
  createWorld,
  entry,
  intent,
  monitor,
  runNumber,
  startOfDay,
  statePath,
  storeOn,
  target,
} from './examples.ts';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';

const journalPath = `${statePath}.journal`;

const header: JournalHeader = {
  writer: '1.0.0',
  run: 'run-2',
  lineage: 'id-2',
  base: 1,
  plan: 'plan-2',
  operation: 'apply',
  owner: 'shop/prod',
  target,
  actor: 'alice',
  host: 'laptop',
  pid: 2,
  at: startOfDay,
};

const start = (n: number, name: string): JournalRecord => ({
  type: 'start',
  n,
  at: startOfDay,
  ...intent('create', name),
});
const done = (n: number, name: string): JournalRecord => ({
  type: 'result',
  n,
  result: { status: 'done', entry: entry(name) },
});

function lines(...records: readonly JournalRecord[]): string {
  return records.map(encodeRecord).join('');
}

function withHeader(...records: readonly JournalRecord[]): string {
  return lines({ type: 'header', header }, ...records);
}

/** A state of serial 1 and lineage id-2, whose last run is run-1, with this text as its journal. */
async function stateWith(journal: string | undefined): Promise<MemoryDisk> {
  const disk = createMemoryDisk();
  await createAll(storeOn(disk.process().files, createWorld()), runNumber(1), ['old']);
  if (journal !== undefined) disk.put(journalPath, journal);
  return disk;
}

interface Outcome {
  readonly recorded: Recorded;
  readonly disk: MemoryDisk;
}

/** What a reader sees, and the run that opens the state afterwards sees too. */
async function recover(journal: string): Promise<Outcome> {
  const disk = await stateWith(journal);
  const store = storeOn(disk.process().files, createWorld());
  const recorded = await store.read();
  const session = await store.open(runNumber(3));
  expect(session.recorded).toEqual({ ...recorded, unfinished: false });
  await session.close();
  expect(disk.text(journalPath)).toBeUndefined();
  expect(await store.read()).toEqual({ ...recorded, unfinished: false });
  return { recorded, disk };
}

async function refusal(disk: MemoryDisk): Promise<Problem | undefined> {
  const before = disk.names().map((name) => [name, disk.text(name)]);
  const store = storeOn(disk.process().files, createWorld());
  const errors = [await caught(store.read()), await caught(store.open(runNumber(3)))];
  expect(errors[0]).toEqual(errors[1]);
  expect(disk.names().map((name) => [name, disk.text(name)])).toEqual(before);
  return isDpoError(errors[0]) ? errors[0].problems[0] : undefined;
}

async function caught(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

function names({ resources }: Recorded): readonly Address[] {
  return [...resources.keys()];
}

describe('a journal left behind', () => {
  test('that is empty means nothing and goes', async () => {
    expect((await recover('')).recorded.serial).toBe(1);
  });

  test('with a header only means nothing and goes', async () => {
    const { recorded, disk } = await recover(withHeader());
    expect(recorded.serial).toBe(1);
    expect(disk.text('/project/state/prod.history.ndjson')).not.toContain('run-2');
  });

  test('with half a header means nothing and goes', async () => {
    expect((await recover(withHeader().slice(0, 50))).recorded.serial).toBe(1);
  });

  test('gives its results to the state', async () => {
    const { recorded, disk } = await recover(withHeader(start(1, 'new'), done(1, 'new')));
    expect(recorded).toMatchObject({ serial: 2, lineage: 'id-2', intents: [] });
    expect(names(recorded)).toEqual([monitor('new'), monitor('old')].toReversed());
    expect(disk.text(`${statePath}.backup`)).toContain('"serial": 1');
    expect(disk.text('/project/state/prod.history.ndjson')).toContain('"run":"run-2","n":1');
  });

  test('leaves what it started open (D006)', async () => {
    const { recorded } = await recover(withHeader(start(1, 'new')));
    expect(names(recorded)).toEqual([monitor('old')]);
    expect(recorded.intents).toEqual([
      { address: monitor('new'), action: 'create', at: startOfDay, deadlineMs: 30_000 },
    ]);
  });

  test('loses at most its last line, if that is torn', async () => {
    const text = withHeader(start(1, 'new'), start(2, 'next'));
    for (const cut of [1, 2, 20]) expect((await recover(text.slice(0, -cut))).recorded.intents).toHaveLength(1);
    expect((await recover(`${text.slice(0, -20)}\0\0\0\0`)).recorded.intents).toHaveLength(1);
  });

  test('keeps every record however it was cut', async () => {
    const records = [start(1, 'a'), start(2, 'b'), done(1, 'a'), done(2, 'b'), { type: 'end' } as const];
    const text = withHeader(...records);
    const ends = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
    fc.assert(
      fc.property(fc.nat(text.length), (cut) => {
        const journal = decodeJournal(text.slice(0, cut), { file: 'j' });
        const whole = ends.filter((end) => end <= cut).length - 1;
        expect(journal?.operations.size ?? 0).toBe(Math.max(0, Math.min(whole, 2)));
        expect(journal?.ended ?? false).toBe(whole === 5);
      }),
    );
  });

  test('is removed unread when the snapshot holds its run already', async () => {
    const disk = await stateWith(
      lines({ type: 'header', header: { ...header, run: 'run-1', base: 0 } }, start(1, 'never')),
    );
    const store = storeOn(disk.process().files, createWorld());
    expect(names(await store.read())).toEqual([monitor('old')]);
    const session = await store.open(runNumber(3));
    expect(session.recorded.serial).toBe(1);
    expect(disk.text(journalPath)).toBeUndefined();
  });

  test('is read when no state was ever saved', async () => {
    const disk = createMemoryDisk();
    disk.put(journalPath, lines({ type: 'header', header: { ...header, base: 0 } }, start(1, 'new'), done(1, 'new')));
    const store = storeOn(disk.process().files, createWorld());
    expect(await store.read()).toMatchObject({ serial: 1, lineage: 'id-2', owner: 'shop/prod', target });
    expect((await store.open(runNumber(3))).lineage).toBe('id-2');
  });

  test('two failures in a row are both recovered', async () => {
    const disk = await stateWith(withHeader(start(1, 'first')));
    const world = createWorld();
    const second = await storeOn(disk.process().files, world).open(runNumber(3));
    await second.start(intent('create', 'second'));
    const recorded = await storeOn(disk.process().files, world).read();
    expect(recorded.intents.map(({ address }) => address)).toEqual([monitor('first'), monitor('second')]);
    expect(recorded.serial).toBe(3);
  });
});

describe('a journal that does not fit', () => {
  test('of another lineage is refused', async () => {
    const disk = await stateWith(lines({ type: 'header', header: { ...header, lineage: 'other' } }, start(1, 'new')));
    expect(await refusal(disk)).toMatchObject({
      code: 'STATE.JOURNAL_LINEAGE',
      message: expect.stringContaining('lineage other, not id-2'),
      place: { file: journalPath, start: { line: 1, column: 1 } },
    });
  });

  test('older than the state is refused', async () => {
    const disk = await stateWith(lines({ type: 'header', header: { ...header, base: 0 } }, start(1, 'new')));
    expect(await refusal(disk)).toMatchObject({
      code: 'STATE.JOURNAL_STALE',
      message: expect.stringContaining('started from serial 0, but the state is at serial 1'),
      hint: expect.stringContaining('plan'),
    });
  });

  test('newer than the state is refused, and so is one whose state is gone', async () => {
    const text = lines({ type: 'header', header: { ...header, base: 7 } }, start(1, 'new'));
    const code = 'STATE.JOURNAL_FUTURE';
    expect(await refusal(await stateWith(text))).toMatchObject({ code, message: expect.stringContaining('serial 7') });
    const alone = createMemoryDisk();
    alone.put(journalPath, text);
    expect(await refusal(alone)).toMatchObject({ code, message: expect.stringContaining('there is no state file') });
  });

  test.each<readonly [string, (text: string) => string, number, string]>([
    ['a changed byte', (text) => text.replace('prod.ml.b', 'prod.ml.X'), 3, 'checksum'],
    ['a lost line', (text) => text.split('\n').toSpliced(1, 1).join('\n'), 3, 'operation 1 was never started'],
    ['a cut line in the middle', (text) => text.replace(/\n(.{30}).*\n/, '\n$1\n'), 2, 'checksum'],
    ['an empty line', (text) => text.replace('\n', '\n\n'), 2, 'checksum'],
    ['no header', (text) => text.slice(text.indexOf('\n') + 1), 1, 'no header'],
    ['a second header', (text) => text + withHeader(), 6, 'second header'],
    ['an operation started twice', (text) => text + lines(start(2, 'b')), 6, 'starts twice'],
    ['two results', (text) => text + lines(done(1, 'a')), 6, 'has ended already'],
    ['a record after the end', (text) => text + lines({ type: 'end' }, start(9, 'z')), 7, 'after the end'],
    ['an unknown record', (text) => text + raw('{"what":1}'), 6, 'end is missing'],
    ['an unknown member', (text) => text + raw('{"end":"ok","x":1}'), 6, 'x is unknown'],
    [
      'an unknown action',
      (text) => text + raw(encodeRecord(start(3, 'c')).slice(9, -1).replace('create', 'grow')),
      6,
      'start is not one of',
    ],
    ['a bad last line that is whole', (text) => `${text}00000000 {"end":"ok"}\n`, 6, 'checksum'],
  ])('with %s is refused, with the number of the line', async (...[, damage, line, message]) => {
    const text = withHeader(start(1, 'a'), start(2, 'b'), done(1, 'a'), done(2, 'b'));
    expect(await refusal(await stateWith(damage(text)))).toEqual({
      code: 'STATE.JOURNAL_CORRUPT',
      severity: 'error',
      message: expect.stringMatching(new RegExp(`^line ${line} of the journal .*${message}`)),
      hint: expect.stringContaining(`line ${line}`),
      place: { file: journalPath, start: { line, column: 1 } },
    });
  });

  test('of a later dpo is left to that', async () => {
    const text = raw(encodeRecord({ type: 'header', header }).slice(9, -1).replace('journal/1', 'journal/2'));
    expect(await refusal(await stateWith(text))).toMatchObject({ code: 'STATE.NEWER' });
  });
});

function raw(json: string): string {
  return `${checksum(json)} ${json}\n`;
}
