import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Address } from '../../src/address.ts';
import { canonical, type JsonObject } from '../../src/json.ts';
import { planFormat, type Plan } from '../../src/plan-file.ts';
import { decodePlan, encodePlan, readPlan } from '../../src/plan/decode-plan.ts';
import { digestOf } from '../../src/plan/seal.ts';
import { uncovered } from '../../src/plan/requirements.ts';
import {
  liveMonitor,
  liveSchema,
  monitor,
  ours,
  planOf,
  recordedMonitor,
  recordedSchema,
  schema,
  wantedMonitor,
  wantedSchema,
  type World,
} from './world.ts';

function monitors(count: number): readonly Address[] {
  return Array.from({ length: count }, (_, index): Address => `monitor:prod.ml.t${String(index)}`);
}

describe('plan', () => {
  test('an update names path, values, reason and place, and masks only what changes', () => {
    const made = planOf({
      desired: [wantedSchema(), wantedMonitor({ slicing_exprs: ['region'] })],
      recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
      live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
    });
    expect(made.ops).toMatchObject([
      {
        action: 'update',
        mask: ['slicing_exprs'],
        severity: 'behaviour',
        changes: [
          {
            path: 'slicing_exprs',
            label: 'slicing_exprs',
            desired: ['region'],
            reason: 'config',
            from: { start: { line: 11 } },
          },
        ],
      },
    ]);
  });

  test('a reference to a schema that is about to be created stays open, to one that exists is known', () => {
    const open = planOf({ desired: [wantedSchema(), wantedMonitor()] });
    expect(open.ops.find((op) => op.address === monitor)).toMatchObject({
      needs: [{ address: schema, need: 'exists' }],
      spec: { output_schema_id: { $ref: schema, path: 'schema_id' } },
    });
    const known = planOf({ desired: [wantedSchema(), wantedMonitor()], live: { [schema]: liveSchema() } });
    expect(known.ops[0]).toMatchObject({ needs: [], spec: { output_schema_id: 's-1' } });
  });

  test('an adopted monitor keeps its folder: a moved parent folder never forces anything', () => {
    const moved = { assets_dir: '/Workspace/Elsewhere/dpo/test/monitors/x' };
    const made = planOf({
      desired: [wantedSchema(), wantedMonitor(moved)],
      recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
      live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
    });
    expect(made.ops).toEqual([]);
  });

  test('C24 more deletes than max(3, a tenth) need a flag; fewer do not', () => {
    const removed = (count: number, consent = {}): World => ({
      recorded: Object.fromEntries(monitors(count).map((address) => [address, recordedMonitor()])),
      live: Object.fromEntries(monitors(count).map((address) => [address, liveMonitor()])),
      consent,
    });
    expect(planOf(removed(3)).requires).toEqual([]);
    const many = planOf(removed(4));
    expect(many).toMatchObject({ applyable: false, errored: false, requires: [{ flag: '--allow-deletes', value: 4 }] });
    expect(planOf(removed(4, { allowDeletes: 4 })).applyable).toBe(true);
    expect(uncovered(many, {})).toHaveLength(1);
    expect(uncovered(many, { allowDeletes: 3 })).toHaveLength(1);
    expect(uncovered(many, { allowDeletes: 4 })).toEqual([]);
    // A plan that was made with the flag is still held to the flag it is applied with.
    expect(uncovered(planOf(removed(4, { allowDeletes: 4 })), { allowDeletes: 0 })).toHaveLength(1);
  });

  test('C24 N010 a replace that loses history needs a flag and says what is lost', () => {
    const made = planOf({
      desired: [wantedSchema(), wantedMonitor({ profile_type: 'TIMESERIES' })],
      recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
      live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
    });
    expect(made.ops).toMatchObject([
      { action: 'replace', severity: 'destructive', lost: [expect.stringContaining('history')] },
    ]);
    expect(made.requires).toMatchObject([{ flag: '--allow-replace' }]);
  });

  test('R020 equal input in any order gives equal bytes', () => {
    const addresses = monitors(8);
    const resources = [wantedSchema(), ...addresses.map((address) => wantedMonitor({}, address))];
    const bytes = encodePlan(planOf({ desired: resources }));
    fc.assert(
      fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
        expect(encodePlan(planOf({ desired: shuffled }))).toBe(bytes);
      }),
      { numRuns: 30 },
    );
  });

  test('R020 the fingerprint covers decisions, not places, ids or guards', () => {
    const at = (line: number): World => ({
      desired: [{ ...wantedSchema(), place: { file: 'dpo.yaml', start: { line, column: 1 } } }],
    });
    expect(planOf(at(1)).fingerprint).toBe(planOf(at(2)).fingerprint);
    expect(planOf(at(1)).digest).not.toBe(planOf(at(2)).digest);
    expect(planOf({ desired: [] }).fingerprint).not.toBe(planOf(at(1)).fingerprint);
  });
});

describe('plan file', () => {
  const made = planOf({ desired: [wantedSchema(), wantedMonitor()] });

  test('reads back what it wrote', () => {
    expect(canonical({ ...decodePlan(encodePlan(made), 'p.json') } as never)).toBe(canonical({ ...made } as never));
  });

  test.each([
    ['a YAML file', 'catalog_name: prod\n', 'PLAN.NOT_A_PLAN'],
    ['JSON of something else', '{"a":1}', 'PLAN.NOT_A_PLAN'],
    ['an empty file', '', 'PLAN.NOT_A_PLAN'],
    ['a plan cut short', encodePlan(made).slice(0, 300), 'PLAN.DAMAGED'],
    ['a plan edited by hand', encodePlan(made).replace('"SNAPSHOT"', '"TIMESERIES"'), 'PLAN.DAMAGED'],
    ['a plan with an unknown member', encodePlan(made).replace('"mode"', '"extra": 1, "mode"'), 'PLAN.DAMAGED'],
    ['a plan of a later format', encodePlan(made).replace('dpo.plan/1', 'dpo.plan/2'), 'PLAN.NEWER'],
  ])('refuses %s', (_name, content, code) => {
    expect(() => decodePlan(content, 'p.json')).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code })] }),
    );
  });

  /** The plan with its digest, as a newer dpo would have written it. */
  const written = (edit: (document: JsonObject) => JsonObject): string => {
    const document = edit(JSON.parse(encodePlan(made)) as JsonObject);
    return JSON.stringify({ ...document, digest: digestOf(document as unknown as Plan) });
  };
  const inOps = (edit: (op: JsonObject) => JsonObject) => (document: JsonObject) => ({
    ...document,
    dpo: '2.3.0',
    ops: (document['ops'] as readonly JsonObject[]).map(edit),
  });

  test('a member of a newer dpo is left out when it is shown, and keeps the plan from being applied', () => {
    const content = written(
      inOps((op) => ({
        ...op,
        cost: 1,
        changes: (op['changes'] as readonly JsonObject[]).map((change) => ({ ...change, why: { a: [1] } })),
      })),
    );
    const { plan, unknown } = readPlan(content, 'p.json');
    expect(unknown).toEqual(['ops[0].cost', 'ops[0].changes[0].why']);
    expect(plan.ops).toEqual(made.ops);
    expect(() => decodePlan(content, 'p.json')).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            code: 'PLAN.NEWER',
            message:
              "'p.json' was written by dpo 2.3.0: 'ops[0].cost', 'ops[0].changes[0].why' are unknown to this dpo",
            hint: 'use dpo 2.3.0, or plan again: dpo plan --out FILE',
          }),
        ],
      }),
    );
  });

  test('of 10,000 operations with a member that is unknown the plan is still read at once', () => {
    const many = (document: JsonObject): JsonObject => ({
      ...document,
      ops: Array.from({ length: 10_000 }, () => ({ ...(document['ops'] as readonly JsonObject[])[0], cost: 1 })),
    });
    expect(readPlan(written(many), 'p.json').unknown).toEqual(['ops[0].cost']);
  });

  test.each([
    ['an action', inOps((op) => ({ ...op, action: 'pause' })), "'ops[0].action' is not one of"],
    ['a mode', (document: JsonObject) => ({ ...document, mode: 'test' }), "'mode' is not one of"],
    ['a kind', (document: JsonObject) => ({ ...document, used: ['volume:a.b.c'] }), "'used[0]' is not an address"],
  ])('%s that only a newer dpo knows is neither shown nor applied', (_name, edit, message) => {
    const expected = expect.objectContaining({
      problems: [expect.objectContaining({ code: 'PLAN.NEWER', message: expect.stringContaining(message) })],
    });
    expect(() => readPlan(written(edit), 'p.json')).toThrow(expected);
    expect(() => decodePlan(written(edit), 'p.json')).toThrow(expected);
  });

  test('one file of every format is kept for ever, as it was written, and read', () => {
    const latest = Number(planFormat.split('/')[1]);
    for (let format = 1; format <= latest; format += 1) {
      const content = readFileSync(new URL(`fixtures/plan-v${String(format)}.json`, import.meta.url), 'utf8');
      const plan = decodePlan(content, 'p.json');
      expect(plan).toMatchObject({ mode: 'apply', owner: 'dpo/test', summary: { delete: 1, update: 1, create: 1 } });
      expect(plan.ops.map(({ action }) => action)).toEqual(['delete', 'update', 'create']);
    }
  });
});
