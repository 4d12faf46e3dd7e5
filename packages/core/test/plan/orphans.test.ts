import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import type { PresentObject } from '../../src/live.ts';
import type { Plan } from '../../src/plan-file.ts';
import { parseSelection } from '../../src/selection/parse-selection.ts';
import {
  absent,
  liveMonitor,
  liveSchema,
  monitor,
  ours,
  planOf,
  presentOrphan,
  recordedMonitor,
  recordedSchema,
  schema,
  storyOf,
  unreadable,
  wantedMonitor,
  wantedSchema,
  type World,
} from './world.ts';

const old: Address = 'monitor:prod.ml.old';
const left: Address = 'schema:prod.left';
const settled: World = {
  desired: [wantedSchema(), wantedMonitor()],
  recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
  live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
};
const fault = { code: 'API.FORBIDDEN', severity: 'error', message: 'GET x: answered 403', hint: 'grant it' } as const;

function finding(...found: readonly PresentObject[]): World {
  return { ...settled, discovered: { found } };
}

function cleaning(...found: readonly PresentObject[]): World {
  return { ...finding(...found), orphans: { fate: 'deleted' } };
}

function destroying(...found: readonly PresentObject[]): World {
  return { ...cleaning(...found), desired: [], recorded: {}, mode: 'destroy' };
}

function whyKept(plan: Plan): readonly (string | undefined)[] {
  return plan.orphans.map(({ because }) => because);
}

describe('U143 an object with our marker that nobody knows', () => {
  test('is reported by a plan that looked, and not deleted unless somebody asked', () => {
    const made = planOf({ ...finding(presentOrphan(old, 't-9')), orphans: { fate: 'kept', because: 'not asked for' } });
    expect(made.ops).toEqual([]);
    expect(made.orphans).toEqual([{ address: old, id: 't-9', fate: 'kept', because: 'not asked for' }]);
    expect(storyOf(planOf(finding(presentOrphan(old, 't-9'))))).toEqual([`orphan ${old} kept`]);
  });

  test('is deleted on request: guarded, by its id, and told as an orphan', () => {
    const made = planOf(cleaning(presentOrphan(old, 't-9')));
    expect(made.ops).toMatchObject([
      { address: old, action: 'delete', severity: 'destructive', reasons: ['orphan'], id: 't-9', guard: { id: 't-9' } },
    ]);
    expect(made.orphans).toEqual([{ address: old, id: 't-9', fate: 'deleted' }]);
    expect(made.survives).toEqual(['metric table prod.out.prod.ml.old_profile_metrics']);
  });

  test('W017 what this target only reads is spared, with the reason', () => {
    const spares = { holds: (address: Address) => address === old, because: 'read only' };
    const made = planOf({ ...finding(presentOrphan(old, 't-9')), orphans: { fate: 'deleted', spares } });
    expect([made.ops, whyKept(made)]).toEqual([[], ['read only']]);
    const other: Address = 'monitor:prod.ml.other';
    const rest = planOf({ ...finding(presentOrphan(other, 't-8')), orphans: { fate: 'deleted', spares } });
    expect(rest.orphans).toMatchObject([{ address: other, fate: 'deleted' }]);
  });

  test('C24 counts for the limit of deletes', () => {
    const found = [1, 2, 3, 4].map((index) => presentOrphan(`monitor:prod.ml.t${String(index)}`, `t-${String(index)}`));
    expect(planOf(cleaning(...found)).requires).toMatchObject([{ flag: '--allow-deletes', value: 4 }]);
    expect(planOf(cleaning(...found.slice(1))).requires).toEqual([]);
  });

  test.each<[string, World]>([
    ['it is wanted and there', finding({ ...presentOrphan(monitor, 'table-1') })],
    ['the state knows its id by another name', cleaning(presentOrphan(old, 'table-1'))],
    ['its owner is another one', cleaning({ ...presentOrphan(old, 't-9'), marker: { owner: 'dpo/prod' } })],
    ['it has no marker', cleaning(unmarked(presentOrphan(old, 't-9')))],
    [
      'the config names it and leaves it out (C12)',
      { ...cleaning(presentOrphan(old, 't-9')), more: { skipped: [{ address: old, code: 'X.Y', reason: 'r' }] } },
    ],
    [
      'it stands behind the name that the state knew another object by',
      { ...cleaning(presentOrphan(old, 't-9')), previous: { [monitor]: presentOrphan(old, 't-9') } },
    ],
  ])('is none if %s', (_name, world) => {
    expect(planOf(world).orphans).toEqual([]);
    expect(planOf(world).ops).toEqual([]);
  });

  test('that the state knows by its id is none, also when the read by that id found nothing', () => {
    const made = planOf({ ...cleaning(presentOrphan(old, 'table-1')), live: { [schema]: liveSchema(ours) } });
    expect(made.orphans).toEqual([]);
  });

  test('that is found twice is one', () => {
    expect(planOf(cleaning(presentOrphan(old, 't-9'), presentOrphan(old, 't-9'))).orphans).toHaveLength(1);
  });
});

describe('what keeps an orphan', () => {
  test('U141 a config that monitors nothing: an empty set is no order to delete', () => {
    const made = planOf({ ...cleaning(presentOrphan(old, 't-9')), desired: [] });
    expect(whyKept(made)).toEqual(['the config monitors no table']);
    expect(made.ops.map((op) => op.address)).not.toContain(old);
  });

  test('U041 another lineage, of the object or of the schema that it writes to', () => {
    const home = presentOrphan(left, 's-9', 'L9');
    const inside = { ...presentOrphan(old, 't-9'), fields: { output_schema_id: 's-9' } };
    const made = planOf(cleaning(home, inside));
    expect(made.ops).toEqual([]);
    expect(whyKept(made)).toEqual(Array(2).fill(expect.stringContaining('another state made it (lineage L9)')));
    expect(storyOf(planOf(cleaning(presentOrphan(left, 's-9', 'L1'), inside)))).toEqual([
      `delete ${left} (orphan)`,
      `delete ${old} (orphan)`,
      `orphan ${left} deleted`,
      `orphan ${old} deleted`,
    ]);
  });

  test('U041 without a state a cleanup does not touch what a state made; a monitor in a schema of this plan is its own', () => {
    const { recorded: _lost, ...world } = cleaning(presentOrphan(left, 's-9', 'L9'), presentOrphan(old, 't-9'));
    const made = planOf(world);
    expect(made.orphans).toMatchObject([
      { address: left, fate: 'kept' },
      { address: old, fate: 'deleted' },
    ]);
  });

  test.each<[string, Partial<World>]>([
    ['an object', { live: { ...settled.live, [monitor]: unreadable(monitor) } }],
    ['a table', { more: { undecided: [{ address: monitor, problem: fault }] } }],
  ])('W002 %s that could not be read', (_name, more) => {
    const made = planOf({ ...cleaning(presentOrphan(old, 't-9')), ...more });
    expect(whyKept(made)).toEqual(['not everything could be read']);
    expect(made.ops).toEqual([]);
  });

  test('W002 a search that was not complete, which is said; what the state knows is decided all the same', () => {
    const world = cleaning(presentOrphan(old, 't-9'));
    const made = planOf({
      ...world,
      desired: [wantedSchema()],
      discovered: { ...world.discovered, failed: [fault, fault] },
    });
    expect(storyOf(made)).toEqual([`delete ${monitor} (removed)`, `orphan ${old} kept`, 'warning PLAN.INCOMPLETE']);
    expect(planOf({ ...settled, discovered: { failed: [fault] } }).problems).toMatchObject([
      { code: 'PLAN.INCOMPLETE', severity: 'note' },
    ]);
    expect(made.problems[0]).toMatchObject({
      message: expect.stringContaining('GET x: answered 403 and 1 more'),
      hint: 'grant it',
    });
  });

  test('an operation that has its name: the former table is dropped, a new one is wanted', () => {
    const made = planOf({
      ...cleaning(presentOrphan(monitor, 't-old')),
      live: { [schema]: liveSchema(ours), [monitor]: absent(monitor) },
    });
    expect(made.ops).toMatchObject([{ action: 'create' }]);
    expect(whyKept(made)).toEqual(['another operation has its name: plan again after it']);
  });

  test('a selection that leaves it out', () => {
    const select = { text: 'kind:schema', selection: parseSelection('kind:schema') };
    const made = planOf({ ...cleaning(presentOrphan(old, 't-9')), scope: { select } });
    expect(made.ops).toEqual([]);
    expect(whyKept(made)).toEqual(['left out of this plan']);
  });

  test('tables in a schema', () => {
    const made = planOf(cleaning({ ...presentOrphan(left, 's-9', 'L1'), out: { schema_id: 's-9', tables: 2 } }));
    expect(whyKept(made)).toEqual(['it holds tables and stays']);
  });
});

describe('D009 a destroy', () => {
  test('deletes what carries our marker and the config forgot, schemas after what writes into them', () => {
    const inside = { ...presentOrphan(old, 't-9'), fields: { output_schema_id: 's-9' } };
    const made = planOf(destroying(presentOrphan(left, 's-9', 'L1'), inside));
    expect(made.ops).toMatchObject([
      { address: left, needs: [{ address: old, need: 'exists' }] },
      { address: old, needs: [] },
    ]);
    expect(made.requires).toEqual([]);
  });

  test('without a state takes what any state made; with one only its own', () => {
    const world = destroying(presentOrphan(left, 's-9', 'L9'));
    const { recorded: _lost, ...blind } = world;
    expect(planOf(blind).orphans).toMatchObject([{ fate: 'deleted' }]);
    expect(planOf(world).orphans).toMatchObject([{ fate: 'kept' }]);
  });

  test('W002 that could not look everywhere is an error without a state, and goes on with what a state knows', () => {
    const world: World = { ...settled, mode: 'destroy', discovered: { failed: [fault] }, orphans: { fate: 'deleted' } };
    expect(storyOf(planOf(world)).at(-1)).toBe('warning PLAN.INCOMPLETE');
    expect(planOf(world).ops).toHaveLength(2);
    const { recorded: _lost, ...blind } = world;
    expect(storyOf(planOf(blind)).at(-1)).toBe('error PLAN.INCOMPLETE');
    expect(planOf(blind).applyable).toBe(false);
  });

  test('an orphan that stays keeps the schema that it writes into', () => {
    const made = planOf({ ...settled, mode: 'destroy', discovered: { found: [presentOrphan(old, 't-9')] } });
    expect(storyOf(made)).toEqual([`delete ${monitor} (destroy)`, `blocked ${schema} PLAN.KEPT`, `orphan ${old} kept`]);
  });
});

function unmarked({ marker: _marker, ...rest }: PresentObject): PresentObject {
  return rest;
}
