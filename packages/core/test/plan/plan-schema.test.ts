import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from '@jest/globals';
import { kindNames } from '../../src/address.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../../src/json.ts';
import { actions, type Plan } from '../../src/plan-file.ts';
import { approvalOf } from '../../src/plan/approval.ts';
import { decodePlan, encodePlan } from '../../src/plan/decode-plan.ts';
import { digestOf } from '../../src/plan/seal.ts';
import {
  liveMonitor,
  liveSchema,
  monitor,
  ours,
  planOf,
  presentOrphan,
  recordedMonitor,
  recordedSchema,
  schema,
  unreadable,
  wantedMonitor,
  wantedSchema,
  type World,
} from './world.ts';

function readSchema(name: string): JsonObject {
  const file = new URL(`../../../../schemas/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
}

const planSchema = readSchema('plan');
const outputSchema = readSchema('output');
const eventSchema = readSchema('event');
const ajv = new Ajv2020({ strict: true, strictRequired: false });
const isPlan = ajv.compile(planSchema);
const isOutput = ajv.compile(outputSchema);

const both = [wantedSchema(), wantedMonitor()];
const settled: World = {
  desired: both,
  recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
  live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
};
const fault = { code: 'CATALOG.COLUMN_NOT_FOUND', severity: 'error', message: 'm' } as const;
const removed = [1, 2, 3, 4].map((index) => `monitor:prod.ml.t${String(index)}` as const);

const worlds: readonly (readonly [string, World])[] = [
  ['nothing to do', settled],
  ['an empty config and no state', {}],
  ['creates with an open reference', { desired: both }],
  ['a part that was approved', { desired: both, approval: approvalOf(planOf({ desired: [wantedSchema()] })) }],
  ['an update', { ...settled, desired: [wantedSchema(), wantedMonitor({ slicing_exprs: ['region'] })] }],
  ['a replace', { ...settled, desired: [wantedSchema(), wantedMonitor({ profile_type: 'TIMESERIES' })] }],
  [
    'a replace by identity',
    {
      ...settled,
      desired: [wantedSchema(), wantedMonitor({ object_id: 'table-2' })],
      live: { [schema]: liveSchema(ours) },
    },
  ],
  ['a delete', { ...settled, desired: [wantedSchema()] }],
  ['a forget', { ...settled, desired: [wantedSchema()], live: { [schema]: liveSchema(ours) } }],
  ['an adoption', { desired: both, live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() } }],
  [
    'an adoption that changes something',
    {
      desired: [wantedSchema(), wantedMonitor({ slicing_exprs: ['region'] })],
      live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
    },
  ],
  [
    'an absorption, and drift that is kept',
    {
      ...settled,
      live: { [schema]: liveSchema(undefined, 's-2'), [monitor]: liveMonitor({ output_schema_id: 's-2' }) },
    },
  ],
  [
    'drift that is reverted',
    { ...settled, live: { [schema]: liveSchema(ours), [monitor]: liveMonitor({ slicing_exprs: ['x'] }) } },
  ],
  ['drift that is made again', { ...settled, live: { [schema]: liveSchema(ours) } }],
  ['blocked resources', { desired: both, live: { [schema]: unreadable(schema) } }],
  [
    'a delete that is held back',
    {
      desired: [wantedSchema()],
      recorded: {
        [schema]: recordedSchema(),
        [monitor]: recordedMonitor(),
        'monitor:prod.ml.old': recordedMonitor(),
      },
      live: { [schema]: liveSchema(ours), [monitor]: unreadable(monitor), 'monitor:prod.ml.old': liveMonitor() },
    },
  ],
  ['a faulty table', { ...settled, more: { undecided: [{ address: monitor, problem: fault }], problems: [fault] } }],
  [
    'a skipped table',
    {
      ...settled,
      desired: [wantedSchema()],
      more: { skipped: [{ address: monitor, code: 'CATALOG.COLUMN_NOT_FOUND', reason: 'r' }] },
    },
  ],
  ['a used schema', { desired: both, live: { [schema]: liveSchema() } }],
  [
    'an object of somebody else',
    { desired: both, live: { [schema]: liveSchema(), [monitor]: liveMonitor({ assets_dir: '/Users/x' }, null) } },
  ],
  [
    'deletes that need consent',
    {
      recorded: Object.fromEntries(removed.map((address) => [address, recordedMonitor()])),
      live: Object.fromEntries(removed.map((address) => [address, liveMonitor()])),
    },
  ],
  [
    'ignored settings and a protection',
    {
      ...settled,
      desired: [
        wantedSchema(),
        {
          ...wantedMonitor({ slicing_exprs: ['x'], baseline_table_name: 'prod.ml.b' }),
          ignore: ['slicing_exprs'],
          preventDestroy: { value: true, place: { file: 'dpo.yaml', start: { line: 3, column: 1 } } },
        },
      ],
    },
  ],
  [
    'orphans, deleted and kept',
    {
      ...settled,
      orphans: { fate: 'deleted' },
      discovered: {
        found: [presentOrphan('monitor:prod.ml.old', 'table-9'), presentOrphan('schema:prod.left', 's-9', 'L9')],
      },
    },
  ],
  ['a destroy', { ...settled, mode: 'destroy' }],
  ['a destroy that purges', { ...settled, mode: 'destroy', purgeMetrics: true }],
  [
    'a destroy of a schema that holds tables',
    {
      ...settled,
      mode: 'destroy',
      live: { ...settled.live, [schema]: { ...liveSchema(ours), out: { schema_id: 's-1', tables: 2 } } },
    },
  ],
];

const place = {
  file: 'dpo.yaml',
  start: { line: 1, column: 2 },
  end: { line: 1, column: 9 },
  path: 'monitored_tables',
};
const change = {
  path: 'slicing_exprs',
  label: 'slicing_exprs',
  recorded: [],
  desired: ['a'],
  live: ['b'],
  unknown: true,
  reason: 'config+drift',
  forces: true,
  texts: { live: 'SELECT 1', desired: 'SELECT 2' },
  from: { tag: 'prod.ml.churn#monitor_slicing_exprs' },
};
const op = {
  address: monitor,
  action: 'update',
  renamed_from: monitor,
  severity: 'behaviour',
  reasons: ['config'],
  id: 'table-1',
  needs: [{ address: schema, need: 'exists' }],
  depends_on: [schema],
  guard: { id: 'table-1', hash: `sha256:${'0'.repeat(64)}` },
  previous_guard: { absent: true },
  spec: {},
  out: {},
  mask: ['slicing_exprs'],
  ignored: ['schedule'],
  prevent_destroy: true,
  decisions: { slices: { region: 3 } },
  references: ['custom_metrics'],
  purge: [{ kind: 'table', name: 'prod.out.churn_profile_metrics' }],
  changes: [change],
  lost: ['l'],
  notes: ['n'],
  from: place,
};
const problem = {
  code: 'CONFIG.VALUE',
  severity: 'error',
  message: 'm',
  hint: 'h',
  address: monitor,
  place,
  snippet: { line: 1, text: 't' },
};

/** A document with every member that there is, and every kind of guard and place. No run would make it. */
const whole = {
  format: 'dpo.plan/1',
  dpo: '0.0.0',
  mode: 'apply',
  owner: 'dpo/test',
  target: { name: 'test', host: 'local', workspace_id: '1', metastore_id: 'm' },
  base: { lineage: null, serial: 0 },
  scope: {
    partial: true,
    complete: true,
    select: 's',
    exclude: 'e',
    left: 1,
    refresh: 'none',
    unread: 2,
    readiness: true,
  },
  ops: [op, { ...op, guard: { absent: true }, from: { default: true } }],
  readiness: [{ ...op, reasons: ['inputs'] }],
  drift: [{ address: monitor, fate: 'kept', changes: [change] }],
  blocked: [{ address: monitor, code: 'PLAN.BLOCKED', because: 'b' }],
  catalog: { read_at: '2026-11-28T00:00:00.000Z', age_seconds: 90 },
  deferred: [{ address: monitor, action: 'create', why: 'new', because: 'b' }],
  skipped: [{ address: monitor, code: 'CATALOG.TAG_VALUE', reason: 'r' }],
  ignored: [{ path: 'schedule.timezone_id', label: 'schedule.timezone', addresses: [monitor] }],
  orphans: [{ address: monitor, id: 'table-1', fate: 'kept', because: 'b' }],
  used: [schema],
  names: { 's-1': 'prod.out' },
  survives: ['s'],
  problems: [problem],
  unchanged: 1,
  summary: { replace: 0, delete: 0, update: 2, create: 0, adopt: 0, absorb: 0, forget: 0, drift: 1 },
  requires: [{ flag: '--allow-deletes', value: 4, message: 'm' }],
  applyable: false,
  errored: true,
  fingerprint: '0'.repeat(64),
  digest: '',
};

type Step = string | number;

/** Members whose content the schema leaves open. */
const open = new Set(['spec', 'out', 'names', 'slices', 'recorded', 'desired', 'live']);

/** The path of every object inside a value whose members are fixed. */
function objectsIn(value: Json, path: readonly Step[] = []): readonly (readonly Step[])[] {
  if (isJsonArray(value)) return value.flatMap((item, index) => objectsIn(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  const inner = Object.entries(value).filter(([key]) => !open.has(key));
  return [path, ...inner.flatMap(([key, item]) => objectsIn(item, [...path, key]))];
}

/** A copy in which one object is another one. */
function edited(value: Json, path: readonly Step[], edit: (object: JsonObject) => JsonObject): Json {
  const [step, ...rest] = path;
  if (step === undefined) return isJsonObject(value) ? edit(value) : value;
  if (isJsonArray(value)) return value.map((item, index) => (index === step ? edited(item, rest, edit) : item));
  if (!isJsonObject(value)) return value;
  return { ...value, [step]: edited(value[step] ?? null, rest, edit) };
}

function at(value: Json, path: readonly Step[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (inner, step) =>
      typeof step === 'number'
        ? isJsonArray(inner)
          ? inner[step]
          : undefined
        : isJsonObject(inner)
          ? inner[step]
          : undefined,
    value,
  );
}

/** With the digest that fits, so that only the shape can be at fault. */
function sealed(document: Json): Json {
  return isJsonObject(document) && document['digest'] === ''
    ? { ...document, digest: digestOf(document as unknown as Plan) }
    : document;
}

function decodes(document: Json): boolean {
  try {
    decodePlan(JSON.stringify(document), 'p.json');
    return true;
  } catch {
    return false;
  }
}

/** What schema and decoder say of a document: they must say the same. */
function verdicts(document: Json): { readonly schema: boolean; readonly decoder: boolean } {
  const complete = sealed(document);
  return { schema: isPlan(complete), decoder: decodes(complete) };
}

/** The subschemas of a schema that list members, by where they stand in it. */
function objectSchemas(node: Json, path = '#'): readonly (readonly [string, JsonObject])[] {
  if (isJsonArray(node)) return node.flatMap((item, index) => objectSchemas(item, `${path}/${String(index)}`));
  if (!isJsonObject(node)) return [];
  const inner = Object.entries(node).flatMap(([key, item]) =>
    ['dependentSchemas', 'if', 'examples'].includes(key) ? [] : objectSchemas(item, `${path}/${key}`),
  );
  return isJsonObject(node['properties']) && !path.endsWith('/properties') ? [[path, node], ...inner] : inner;
}

function namesIn(object: Json | undefined): string {
  return Object.keys(isJsonObject(object) ? object : {})
    .toSorted()
    .join(' ');
}

function membersOf(node: JsonObject): readonly (readonly [string, JsonObject])[] {
  return Object.entries(node['properties'] as JsonObject) as (readonly [string, JsonObject])[];
}

describe('the plan schema', () => {
  test.each(worlds)('accepts the plan of %s', (_name, world) => {
    const document = JSON.parse(encodePlan(planOf(world))) as Json;
    expect({ valid: isPlan(document), errors: isPlan.errors }).toEqual({ valid: true, errors: null });
  });

  test('the plans above hold every action and every list', () => {
    const plans = worlds.map(([, world]) => planOf(world));
    expect(new Set(plans.flatMap((plan) => plan.ops.map((one) => one.action)))).toEqual(new Set(actions));
    for (const list of [
      'drift',
      'blocked',
      'skipped',
      'orphans',
      'used',
      'survives',
      'problems',
      'requires',
    ] as const) {
      expect([list, plans.some((plan) => plan[list].length > 0)]).toEqual([list, true]);
    }
  });

  test('accepts a document with every member, and so does the decoder', () => {
    expect(verdicts(whole)).toEqual({ schema: true, decoder: true });
  });

  test('an unknown member is refused at every level by both', () => {
    const paths = objectsIn(whole);
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) {
      const document = edited(whole, path, (object) => ({ ...object, extra: 1 }));
      expect([path, verdicts(document)]).toEqual([path, { schema: false, decoder: false }]);
    }
  });

  test('a member that is missing is refused by both or by none', () => {
    for (const path of objectsIn(whole)) {
      const object = at(whole, path);
      for (const key of Object.keys(isJsonObject(object) ? object : {})) {
        const { schema: bySchema, decoder } = verdicts(
          edited(whole, path, ({ [key]: _gone, ...rest }): JsonObject => rest),
        );
        expect([path, key, bySchema]).toEqual([path, key, decoder]);
      }
    }
  });

  test('a member of another type is refused by both', () => {
    for (const path of objectsIn(whole)) {
      const object = at(whole, path);
      for (const [key, value] of Object.entries(isJsonObject(object) ? object : {})) {
        if (['recorded', 'desired', 'live'].includes(key)) continue;
        const other = isJsonObject(value) ? [] : {};
        const document = edited(whole, path, (inner) => ({ ...inner, [key]: other }));
        expect([path, key, verdicts(document)]).toEqual([path, key, { schema: false, decoder: false }]);
      }
    }
  });

  test.each<[string, JsonObject]>([
    ['an unknown action', { ops: [{ ...op, action: 'recreate' }] }],
    ['an unknown reason', { ops: [{ ...op, reasons: ['whim'] }] }],
    ['an unknown kind', { used: ['volume:prod.ml.files'] }],
    ['a negative count', { unchanged: -1 }],
    ['a later format', { format: 'dpo.plan/2' }],
  ])('%s is refused by both', (_name, edit) => {
    expect(verdicts({ ...whole, ...edit })).toEqual({ schema: false, decoder: false });
  });

  test('knows every kind', () => {
    expect(at(planSchema, ['$defs', 'address', 'pattern'])).toBe(`^(${kindNames.join('|')}):.+$`);
  });

  test('the members that it names, object by object, are those of the document that both accept', () => {
    const held = objectsIn(whole).map((path) => namesIn(at(whole, path)));
    const named = objectSchemas(planSchema).map(([, node]) => namesIn(node['properties']));
    expect(new Set(named)).toEqual(new Set(held));
  });
});

describe('the output schema', () => {
  const head = { command: 'plan', status: 'ok', config: 'dpo.yaml', problems: [] };
  const plan = JSON.parse(encodePlan(planOf({ desired: both }))) as Json;
  const outcomes = [
    { address: schema, action: 'create', status: 'done', id: 's-1' },
    { address: monitor, action: 'create', status: 'failed', problem },
    { address: monitor, action: 'create', status: 'skipped', because: 'b' },
    { address: monitor, action: 'create', status: 'skipped', because: 'b', halted: true },
  ];

  test.each<[string, JsonObject]>([
    ['a plan', { ...head, plan }],
    ['an error without a payload', { ...head, status: 'error', config: null, problems: [problem] }],
    ['a run', { ...head, command: 'apply', status: 'failed', plan, outcomes, state: { status: 'saved' } }],
    [
      'a run whose state could not be saved',
      {
        ...head,
        command: 'destroy',
        status: 'failed',
        plan,
        outcomes,
        state: { status: 'rescue', path: 'p', reason: 'r' },
      },
    ],
    [
      'a run whose state waits beside its place',
      {
        ...head,
        command: 'apply',
        status: 'failed',
        plan,
        outcomes,
        state: { status: 'rescue', path: 'p', reason: 'r', command: 'dpo state push p' },
      },
    ],
    [
      'an answer to a statement',
      { ...head, command: 'local sql', config: null, columns: ['a'], rows: [['1'], [null]] },
    ],
  ])('accepts %s', (_name, document) => {
    expect({ valid: isOutput(document), errors: isOutput.errors }).toEqual({ valid: true, errors: null });
  });

  test.each<[string, JsonObject]>([
    ['an unknown member', { ...head, plan, extra: 1 }],
    ['a command that does not exist', { ...head, command: 'fly', plan }],
    ['a success without a payload', head],
    ['the payload of another command', { ...head, command: 'validate', plan }],
    ['outcomes without the plan', { ...head, command: 'apply', outcomes, state: { status: 'saved' } }],
    ['a plan that is none', { ...head, plan: {} }],
    [
      'a failed outcome without its problem',
      { ...head, command: 'apply', plan, outcomes: [{ ...outcomes[1], problem: null }] },
    ],
  ])('refuses %s', (_name, document) => {
    expect(isOutput(document)).toBe(false);
  });
});

describe.each([
  ['plan', planSchema],
  ['output', outputSchema],
  ['event', eventSchema],
])('every object of the %s schema', (_name, document) => {
  test('is closed, and each of its members is described', () => {
    const nodes = objectSchemas(document);
    const isOpen = nodes.filter(([, node]) => node['additionalProperties'] !== false).map(([path]) => path);
    const bare = nodes.flatMap(([path, node]) =>
      membersOf(node)
        .filter(([, member]) => typeof member['description'] !== 'string')
        .map(([name]) => `${path}/${name}`),
    );
    expect({ isOpen, bare }).toEqual({ isOpen: [], bare: [] });
  });
});
