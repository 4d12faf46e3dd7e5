import { readFile } from 'node:fs/promises';
import {
  isDpoError,
  type Address,
  type Json,
  type JsonObject,
  type OpenIntent,
  type RecordedResource,
} from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { currentKinds, type Upgrades } from '../src/entry.ts';
import { decodeState, encodeState, type Snapshot } from '../src/snapshot.ts';
import { recordedOf } from '../src/snapshot.ts';
import { verifyState } from '../src/verify-state.ts';
import { entry, monitor, startOfDay, target } from './examples.ts';

const file = 'state/prod.json';

const example: Snapshot = {
  writer: '1.0.0',
  lineage: '5f0c',
  serial: 41,
  run: 'run-41',
  owner: 'shop/prod',
  target,
  resources: new Map([
    [monitor('orders'), entry('m1')],
    ['schema:prod.monitoring', entry('s1', { applied: { name: 'prod.monitoring' }, out: {}, needs: [] })],
  ]),
  intents: [{ address: monitor('late'), action: 'create', at: startOfDay, deadlineMs: 30_000 }],
};

const exampleText = `{
  "format": "dpo.state/1",
  "writer": "1.0.0",
  "lineage": "5f0c",
  "serial": 41,
  "run": "run-41",
  "owner": "shop/prod",
  "target": {"host":"https://prod.example.com","metastore_id":"a1b2","name":"prod","workspace_id":"1234567890123456789"},
  "intents": [
    {"action":"create","address":"monitor:prod.ml.late","at":"2026-03-01T00:00:00.000Z","deadline_ms":30000}
  ],
  "resources": {
    "monitor:prod.ml.orders": {"applied":{"object_id":"m1","profile_type":"SNAPSHOT"},"id":"m1","needs":["schema:prod.monitoring"],"out":{"dashboard_id":"d-m1"},"status":"ok","v":1},
    "schema:prod.monitoring": {"applied":{"name":"prod.monitoring"},"id":"s1","needs":[],"out":{},"status":"ok","v":1}
  }
}
`;

describe('encodeState', () => {
  test('puts one resource on a line, keys sorted (D006)', () => {
    expect(encodeState(example)).toBe(exampleText);
  });

  test('N004 a protection is in the entry, and an entry without one is as it always was', () => {
    const protectedEntry = entry('m1', { preventDestroy: true });
    const text = encodeState({ ...example, resources: new Map([[monitor('orders'), protectedEntry]]) });
    expect(text).toContain('"out":{"dashboard_id":"d-m1"},"prevent_destroy":true,"status":"ok"');
    expect(decodeState(text, { file }).resources.get(monitor('orders'))).toEqual(protectedEntry);
    expect(exampleText).not.toContain('prevent_destroy');
  });

  test('ruling 40 what was counted is in the entry, and no entry without it differs', () => {
    const counted = entry('m1', { decisions: { slices: { region: 3, customer: 12_000 } } });
    const text = encodeState({ ...example, resources: new Map([[monitor('orders'), counted]]) });
    expect(text).toContain('"decisions":{"slices":{"customer":12000,"region":3}}');
    expect(decodeState(text, { file }).resources.get(monitor('orders'))).toEqual(counted);
    expect(exampleText).not.toContain('decisions');
  });

  test('decode undoes encode for any state', () => {
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        expect(decodeState(encodeState(snapshot), { file })).toEqual(snapshot);
      }),
    );
  });

  test('equal states are equal bytes, whatever the order in which they were put together (U065)', () => {
    const shuffled = snapshots.chain((snapshot) =>
      fc
        .tuple(fc.shuffledSubarray([...snapshot.resources], whole(snapshot.resources.size)), shuffledIntents(snapshot))
        .map(
          ([resources, intents]) =>
            [snapshot, { ...snapshot, intents, resources: new Map(resources.map(backwards)) }] as const,
        ),
    );
    fc.assert(
      fc.property(shuffled, ([snapshot, other]) => {
        expect(encodeState(other)).toBe(encodeState(snapshot));
      }),
    );
  });

  test('every state conforms to the published schema and keeps its integrity', async () => {
    const schema = JSON.parse(
      await readFile(new URL('../../../schemas/state.schema.json', import.meta.url), 'utf8'),
    ) as object;
    const validate = new Ajv2020({ validateFormats: false }).compile(schema);
    fc.assert(
      fc.property(snapshots, (snapshot) => {
        expect(validate(JSON.parse(encodeState(snapshot)))).toBe(true);
        expect(verifyState(recordedOf(snapshot))).toEqual([]);
      }),
    );
  });

  test('a state of 10,000 monitors is read whole', () => {
    const resources = new Map(
      Array.from({ length: 10_000 }, (_, index) => [monitor(`t${index}`), entry(`${index}`)] as const),
    );
    const text = encodeState({ ...example, resources });
    expect(decodeState(text, { file }).resources.size).toBe(10_000);
  });
});

describe('decodeState', () => {
  const swap = (from: string, to: string): string => exampleText.replace(from, to);

  test.each([
    ['an empty file', '', 'STATE.CORRUPT', [1, 1], 'the file is empty'],
    ['a file of spaces', ' \n ', 'STATE.CORRUPT', [2, 2], 'the file is empty'],
    ['half a file', exampleText.slice(0, 120), 'STATE.CORRUPT', [7, 15], 'byte 120'],
    ['marks of a merge', swap('  "serial"', '<<<<<<< HEAD\n  "serial"'), 'STATE.CORRUPT', [5, 1], 'byte'],
    [
      'an address twice',
      swap('"schema:prod.monitoring": {', '"monitor:prod.ml.orders": {'),
      'STATE.CORRUPT',
      [14, 5],
      'twice',
    ],
    ['a missing member', swap('  "lineage": "5f0c",\n', ''), 'STATE.CORRUPT', [1, 1], 'lineage is missing'],
    ['an unknown member', swap('"serial"', '"note": 1,\n  "serial"'), 'STATE.CORRUPT', [5, 11], 'note is unknown'],
    ['a serial of 0', swap('41', '0'), 'STATE.CORRUPT', [5, 13], 'serial is not a whole number'],
    [
      'an entry without id',
      swap('"id":"s1",', ''),
      'STATE.CORRUPT',
      [14, 31],
      'resources["schema:prod.monitoring"].id is missing',
    ],
    ['an unknown member of an entry', swap('"id":"s1"', '"x":1,"id":"s1"'), 'STATE.CORRUPT', [14, 73], '.x is unknown'],
    [
      'a protection that is neither there nor not',
      swap('"status":"ok"', '"prevent_destroy":false,"status":"ok"'),
      'STATE.CORRUPT',
      [13, 180],
      'prevent_destroy is not true',
    ],
    [
      'a count that is no number',
      swap('"status":"ok"', '"decisions":{"slices":{"a":"3"}},"status":"ok"'),
      'STATE.CORRUPT',
      [13, 189],
      'slices.a',
    ],
    ['an unknown status', swap('"status":"ok"', '"status":"new"'), 'STATE.CORRUPT', [13, 171], 'status'],
    [
      'a need that is no address',
      swap('["schema:prod.monitoring"]', '["prod"]'),
      'STATE.CORRUPT',
      [13, 106],
      '"prod" is no address',
    ],
    [
      'a key that is no address',
      swap('"schema:prod.monitoring": {', '"prod": {'),
      'STATE.CORRUPT',
      [14, 13],
      '"prod" is no address',
    ],
    ['a time that is none', swap('2026-03-01T', 'yesterday'), 'STATE.CORRUPT', [10, 62], 'intents[0].at is not a time'],
    ['another program', '{"version": 4, "terraform_version": "1.11.4"}', 'STATE.FOREIGN', [1, 1], 'not a state of dpo'],
    ['a list', '[]', 'STATE.FOREIGN', [1, 1], 'not a state of dpo'],
    ['a plan', swap('dpo.state/1', 'dpo.plan/1'), 'STATE.FOREIGN', [1, 1], 'not a state of dpo'],
    ['a later format', swap('state/1', 'state/2').replace('1.0.0', '2.3.0'), 'STATE.NEWER', [2, 13], 'dpo 2.3.0'],
    [
      'a later kind',
      swap('"schema:prod.monitoring": {', '"cluster:prod.x": {'),
      'STATE.NEWER',
      [14, 23],
      'kind of cluster:prod.x',
    ],
    ['a later entry', swap('"v":1', '"v":2'), 'STATE.NEWER', [13, 180], 'dpo 1.0.0'],
  ] as const)('refuses %s', (...[, text, code, [line, column], message]) => {
    expect(problemOf(text)).toEqual({
      code,
      severity: 'error',
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/backup|--state|install dpo \d/),
      place: { file, start: { line, column } },
    });
  });

  test('a need may name an object that is not recorded, as a schema used as it is', () => {
    const text = encodeState({ ...example, resources: new Map([[monitor('orders'), entry('m1')]]) });
    expect(decodeState(text, { file }).resources.size).toBe(1);
  });

  test('an entry of an older version is brought up', () => {
    const upgrades: Upgrades = {
      ...currentKinds,
      schema: { version: 3, upgrade: (from, stored) => ({ ...stored, from }) },
    };
    const upgraded = decodeState(exampleText, { file, upgrades }).resources.get('schema:prod.monitoring');
    expect(upgraded).toMatchObject({ version: 3, applied: { name: 'prod.monitoring', from: 1 } });
  });
});

describe('verifyState', () => {
  test('finds what a decoder would refuse', () => {
    const bad = entry('m1', {
      needs: [monitor('orders'), 'nothing' as Address],
      status: 'new' as RecordedResource['status'],
      version: 9,
    });
    const problems = verifyState(recordedOf({ ...example, resources: new Map([[monitor('orders'), bad]]) }));
    expect(problems.map(({ message }) => message)).toEqual([
      'monitor:prod.ml.orders needs nothing, no address',
      'monitor:prod.ml.orders has the unknown status new',
      'monitor:prod.ml.orders has version 9',
    ]);
  });
});

function problemOf(text: string): unknown {
  try {
    return decodeState(text, { file });
  } catch (error) {
    return isDpoError(error) ? error.problems[0] : error;
  }
}

const names = fc.stringMatching(/^[a-z_]{1,4}(\.[a-zé]{1,3}){0,2}$/);
const addresses: fc.Arbitrary<Address> = fc.oneof(
  names.map((name): Address => `monitor:${name}`),
  names.map((name): Address => `schema:${name}`),
);
const values = fc
  .jsonValue({ maxDepth: 2 })
  .filter((value) => !JSON.stringify([value]).includes('-0')) as fc.Arbitrary<Json>;
const objects: fc.Arbitrary<JsonObject> = fc
  .dictionary(fc.string(), values, { maxKeys: 4, noNullPrototype: true })
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
const entries: fc.Arbitrary<RecordedResource> = fc.record(
  {
    version: fc.constant(1),
    id: fc.string(),
    status: fc.constantFrom('ok', 'replacing:deleted', 'purging'),
    applied: objects,
    out: objects,
    needs: fc.uniqueArray(addresses, { maxLength: 3 }).map((needs) => needs.toSorted()),
    unreturned: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 2 }).map((paths) => paths.toSorted()),
    references: fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 2 }).map((paths) => paths.toSorted()),
    preventDestroy: fc.constant(true as const),
    decisions: fc.record({ slices: fc.dictionary(fc.string(), fc.nat(), { noNullPrototype: true }) }),
  },
  { requiredKeys: ['version', 'id', 'status', 'applied', 'out', 'needs'] },
);
const intents: fc.Arbitrary<OpenIntent> = fc.record(
  {
    address: addresses,
    action: fc.constantFrom('create', 'update', 'delete', 'replace'),
    id: fc.string(),
    at: fc.nat().map((seconds) => startOfDay + seconds),
    deadlineMs: fc.nat(),
  },
  { requiredKeys: ['address', 'action', 'at', 'deadlineMs'] },
);
const snapshots: fc.Arbitrary<Snapshot> = fc.record({
  writer: fc.string(),
  lineage: fc.uuid(),
  serial: fc.integer({ min: 1 }),
  run: fc.string(),
  owner: fc.string(),
  target: fc.record({ name: fc.string(), host: fc.string(), workspaceId: fc.string(), metastoreId: fc.string() }),
  resources: fc
    .uniqueArray(fc.tuple(addresses, entries), { selector: ([address]) => address, maxLength: 6 })
    .map((list) => new Map(list)),
  intents: fc
    .uniqueArray(intents, { selector: ({ at }) => at, maxLength: 3 })
    .map((list) => list.toSorted((a, b) => a.at - b.at)),
});

function whole(length: number): { readonly minLength: number } {
  return { minLength: length };
}

function shuffledIntents({ intents: list }: Snapshot): fc.Arbitrary<OpenIntent[]> {
  return fc.shuffledSubarray([...list], whole(list.length));
}

function backwards([address, value]: readonly [Address, RecordedResource]): readonly [Address, RecordedResource] {
  const turned = (object: JsonObject): JsonObject => Object.fromEntries(Object.entries(object).toReversed());
  return [
    address,
    { ...value, applied: turned(value.applied), out: turned(value.out), needs: value.needs.toReversed() },
  ];
}
