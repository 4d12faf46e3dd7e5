import { readFile } from 'node:fs/promises';
import { isDpoError, type Problem, type Recorded } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { currentKinds, type Upgrades } from '../src/entry.ts';
import { isLater } from '../src/is-later.ts';
import { decodeJournal } from '../src/journal.ts';
import { checksum } from '../src/journal-record.ts';
import { createLocalStore } from '../src/local-store.ts';
import { decodeState, encodeState, recordedOf, stateFormat } from '../src/snapshot.ts';
import { createWorld, monitor, processesAlive, runNumber, statePath, storeOn, target } from './examples.ts';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';

const latest = Number(stateFormat.split('/')[1]);
const formats = Array.from({ length: latest }, (_, index) => index + 1);
const journalPath = `${statePath}.journal`;

function fixture(name: string): Promise<string> {
  return readFile(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}

/** A state and the journal of a run that was killed, both as the first release that had the format wrote them. */
async function stateOf(format: number): Promise<MemoryDisk> {
  const disk = createMemoryDisk();
  disk.put(statePath, await fixture(`state-v${String(format)}.json`));
  disk.put(journalPath, await fixture(`state-v${String(format)}.json.journal`));
  return disk;
}

// The fixtures are kept for ever. A new format gets new ones, and these stay as they are: whoever last ran dpo long ago has
// such files. A member that is added without a new format has to be one that may be missing.
describe('a state of every format there ever was', () => {
  test.each(formats)('format %i is read, with what a killed run left in its journal', async (format) => {
    const disk = await stateOf(format);
    const expected = decodeState(await fixture(`state-v${String(format)}.recovered.json`), { file: 'expected' });
    const store = storeOn(disk.process().files, createWorld());
    const read: Recorded = await store.read();
    expect(read).toEqual({ ...recordedOf(expected), unfinished: true });
    const session = await store.open(runNumber(9));
    expect(session.recorded).toEqual(recordedOf(expected));
    await session.close();
    expect(disk.text(statePath)).toBe(encodeState({ ...expected, writer: '1.0.0' }));
    expect(disk.text(`${statePath}.backup`)).toBe(await fixture(`state-v${String(format)}.json`));
  });

  test('the latest format is written as it was read, and fits the published schema', async () => {
    const text = await fixture(`state-v${String(latest)}.json`);
    expect(encodeState(decodeState(text, { file: 'f' }))).toBe(text);
    const schema = new URL('../../../schemas/state.schema.json', import.meta.url);
    const validate = new Ajv2020({ validateFormats: false }).compile(
      JSON.parse(await readFile(schema, 'utf8')) as object,
    );
    expect(validate(JSON.parse(text))).toBe(true);
  });
});

describe('entries of an older version', () => {
  const upgrades: Upgrades = {
    ...currentKinds,
    // A made-up history: version 2 renamed a member, version 3 added one.
    monitor: {
      version: 3,
      upgrade: (from, { profile_type: type = null, kind = type, ...rest }) => ({
        ...rest,
        kind,
        slices: from < 3 ? [] : null,
      }),
    },
  };
  const upgraded = (id: string): object => ({ kind: 'SNAPSHOT', object_id: id, slices: [] });

  test('are brought up wherever they stand: in the state, in the stage and in the result of a killed run', async () => {
    const disk = await stateOf(1);
    const store = createLocalStore({
      path: statePath,
      files: disk.process().files,
      clock: createWorldClock(),
      randomId: () => 'id',
      processes: processesAlive(),
      writer: '3.0.0',
      upgrades,
    });
    const { resources } = await store.read();
    const at = (name: string): unknown => resources.get(monitor(name));
    expect(at('half')).toMatchObject({ version: 3, applied: upgraded('m2'), status: 'replacing:deleted' });
    expect(at('new')).toMatchObject({ version: 3, applied: upgraded('m5') });
    expect(at('churn')).toMatchObject({ version: 3, applied: upgraded('m4'), status: 'replacing:deleted' });
    expect(resources.get('schema:prod.monitoring')).toMatchObject({ version: 1, applied: { name: 'prod.monitoring' } });
    await (await store.open(runNumber(9))).close();
    expect(disk.text(statePath)).toContain('"status":"ok","v":3}');
    expect(await store.read()).toMatchObject({ resources });
  });

  test('are not upgraded twice', async () => {
    const once = decodeState(await fixture('state-v1.json'), { file: 'f', upgrades });
    expect(decodeState(encodeState(once), { file: 'f', upgrades })).toEqual(once);
  });

  test('and a state whose only change is their version is not written by a run that does nothing', async () => {
    const disk = createMemoryDisk();
    const text = await fixture('state-v1.json');
    disk.put(statePath, text);
    const options = { path: statePath, files: disk.process().files, clock: createWorldClock(), upgrades };
    const store = createLocalStore({ ...options, randomId: () => 'id', processes: processesAlive(), writer: '3.0.0' });
    expect(await (await store.open(runNumber(9))).close()).toEqual({ status: 'unchanged' });
    expect(disk.text(statePath)).toBe(text);
  });
});

describe('what a later dpo wrote', () => {
  const own = '1.0.0';
  const later = (text: string): string => text.replace('"writer": "0.1.0"', '"writer": "1.2.0"');
  const refusal = (work: () => unknown): Problem | undefined => {
    try {
      work();
      return undefined;
    } catch (error) {
      return isDpoError(error) ? error.problems[0] : undefined;
    }
  };

  test.each<[string, (text: string) => string, string]>([
    ['a format', (text) => text.replace('dpo.state/1', 'dpo.state/2'), 'its format is dpo.state/2'],
    ['an entry', (text) => text.replace('"v":1', '"v":2'), 'up to 1'],
    [
      'a kind',
      (text) => text.replace('"schema:prod', '"volume:prod'),
      'does not know the kind of volume:prod.monitoring',
    ],
    ['a member of the state', (text) => text.replace('"serial"', '"teams": [],\n  "serial"'), 'teams is unknown'],
    ['a member of an entry', (text) => text.replace('"v":1', '"v":1,"why":"x"'), '.why is unknown'],
    ['a member of the target', (text) => text.replace('"name":"prod"', '"cloud":"x","name":"prod"'), 'target.cloud is'],
    ['a member of an intent', (text) => text.replace('"deadline_ms"', '"by":1,"deadline_ms"'), 'intents[0].by is'],
  ])('and this one does not know: %s, is refused with the version to install', async (_name, edit, message) => {
    const text = later(edit(await fixture('state-v1.json')));
    expect(refusal(() => decodeState(text, { file: 'state/prod.json', version: own }))).toMatchObject({
      code: 'STATE.NEWER',
      message: expect.stringMatching(/^state\/prod\.json was written by dpo 1\.2\.0: /u),
      hint: 'install dpo 1.2.0 or later',
    });
    expect(refusal(() => decodeState(text, { file: 'f', version: own }))?.message).toContain(message);
  });

  test('a member that nobody knows is damage, where this version or an earlier one wrote the rest', async () => {
    const text = (await fixture('state-v1.json')).replace('"serial"', '"teams": [],\n  "serial"');
    for (const version of [own, '0.1.0', undefined]) {
      const options = version === undefined ? { file: 'f' } : { file: 'f', version };
      expect(refusal(() => decodeState(text, options))?.code).toBe('STATE.CORRUPT');
    }
  });

  test.each<[string, (line: string) => string]>([
    ['a member of the header', (line) => line.replace('"base"', '"area":1,"base"')],
    ['a format', (line) => line.replace('journal/1', 'journal/2')],
  ])('in the header of a journal and is not known, %s, is refused with the version', async (_name, edit) => {
    const [header = '', ...rest] = (await fixture('state-v1.json.journal')).split('\n');
    const json = edit(header.slice(9).replace('"writer":"1.0.0"', '"writer":"1.2.0"'));
    const text = [`${checksum(json)} ${json}`, ...rest].join('\n');
    expect(refusal(() => decodeJournal(text, { file: 'j', version: own }))).toMatchObject({
      code: 'STATE.NEWER',
      message: expect.stringMatching(/^line 1 of j was written by dpo 1\.2\.0: /u),
      hint: expect.stringContaining('with the version of dpo that was interrupted'),
    });
  });

  test('in a later line of a journal is refused so too, and is damage where this version wrote the header', async () => {
    const lines = (await fixture('state-v1.json.journal')).split('\n');
    const seal = (json: string): string => `${checksum(json)} ${json}`;
    const [header = '', start = ''] = lines.map((line) => line.slice(9));
    const added = seal(start.replace('"n":1', '"n":1,"speed":2'));
    const newer = seal(header.replace('"writer":"1.0.0"', '"writer":"1.2.0"'));
    const journal = (first: string): string => [first, added, ''].join('\n');
    expect(refusal(() => decodeJournal(journal(newer), { file: 'j', version: own }))?.code).toBe('STATE.NEWER');
    expect(refusal(() => decodeJournal(journal(seal(header)), { file: 'j', version: own }))).toMatchObject({
      code: 'STATE.JOURNAL_CORRUPT',
      place: { file: 'j', start: { line: 2, column: 1 } },
    });
  });

  test.each([
    ['1.2.0', '1.1.9', true],
    ['1.10.0', '1.9.0', true],
    ['2.0.0-beta.1', '1.9.9', true],
    ['1.0.0', '1.0.0', false],
    ['1.0.0', '1.0.1', false],
    ['dev', '1.0.0', false],
    ['1.0.0', undefined, false],
  ])('version %s is later than %s: %s', (version, than, answer) => {
    expect(isLater(version, than)).toBe(answer);
  });
});

test('a pushed document of a later dpo is refused with its version', async () => {
  const disk = createMemoryDisk();
  const store = storeOn(disk.process().files, createWorld());
  const text = (await fixture('state-v1.json')).replace('"writer": "0.1.0"', '"writer": "1.2.0"');
  await expect(store.replace(runNumber(1), text.replace('"serial"', '"teams": [],\n  "serial"'))).rejects.toThrow(
    /STATE\.PUSH.*was written by dpo 1\.2\.0/u,
  );
  expect(disk.names()).toEqual([]);
  await store.replace(runNumber(1, { target }), text);
  expect(disk.text(statePath)).toContain('"serial": 41');
});

function createWorldClock(): { now: () => number } {
  const world = createWorld();
  return { now: () => world.now };
}
