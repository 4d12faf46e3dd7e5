import { describe, expect, test } from '@jest/globals';
import type { DesiredResource } from '../../src/desired.ts';
import type { Place } from '../../src/problem.ts';
import { parseSelection } from '../../src/selection/parse-selection.ts';
import type { Scope } from '../../src/plan/narrow.ts';
import type { Spec } from '../../src/spec.ts';
import {
  absent,
  liveMonitor,
  liveSchema,
  monitor,
  ours,
  planOf,
  recordedMonitor,
  recordedSchema,
  schema,
  storyOf,
  wantedMonitor,
  wantedSchema,
  type World,
} from './world.ts';

const place: Place = { file: 'dpo.yaml', start: { line: 12, column: 5 } };

/** The monitor as the config wants it; `undefined` leaves the line out. */
function wanted(value: boolean | undefined, spec: Spec = {}): DesiredResource {
  return { ...wantedMonitor(spec), ...(value === undefined ? {} : { preventDestroy: { value, place } }) };
}

const protectedEntry = { preventDestroy: true } as const;

function world(recorded: boolean, desired: readonly DesiredResource[], more: Partial<World> = {}): World {
  return {
    desired: [wantedSchema(), ...desired],
    recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor({}, recorded ? protectedEntry : {}) },
    live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
    ...more,
  };
}

const gone = { [schema]: liveSchema(ours), [monitor]: absent(monitor) };
const series: Spec = { profile_type: 'TIMESERIES' };
const other: Spec = { object_id: 'table-2' };

describe('N004 prevent_destroy', () => {
  test.each<[string, World, readonly string[]]>([
    ['the line goes away: the protection stays, and nothing is to be done', world(true, [wanted(undefined)]), []],
    ['set and recorded: nothing is to be done', world(true, [wanted(true)]), []],
    ['newly set: only the state changes', world(false, [wanted(true)]), [`absorb ${monitor} (config)`]],
    ['lifted: only the state changes', world(true, [wanted(false)]), [`absorb ${monitor} (config)`]],
    ['false where nothing is protected: nothing is to be done', world(false, [wanted(false)]), []],
    ['the table goes away: refused', world(true, []), ['error PLAN.PROTECTED']],
    ['an unprotected table goes away: deleted', world(false, []), [`delete ${monitor} (removed)`]],
    [
      'the table goes away with its monitor: nothing is left to protect',
      world(true, [], { live: gone }),
      [`forget ${monitor} (removed)`],
    ],
    ['a replace: refused', world(true, [wanted(undefined, series)]), ['error PLAN.PROTECTED']],
    [
      'a replace in the plan that first protects: refused',
      world(false, [wanted(true, series)]),
      ['error PLAN.PROTECTED'],
    ],
    [
      'a replace in the plan that lifts: only lifted',
      world(true, [wanted(false, series)]),
      [`absorb ${monitor} (config)`],
    ],
    [
      'a replace asked for: refused',
      world(true, [wanted(true)], { replace: new Set([monitor]) }),
      ['error PLAN.PROTECTED'],
    ],
    [
      'N009 an identity replace of a monitor that is still there: refused',
      world(true, [wanted(true, other)], { live: gone, previous: { [monitor]: liveMonitor() } }),
      ['error PLAN.PROTECTED'],
    ],
    [
      'N009 an identity replace that loses nothing: carried out',
      world(true, [wanted(true, other)], { live: gone, previous: { [monitor]: absent(monitor) } }),
      [`replace ${monitor} (identity)`],
    ],
    [
      'deleted outside: created again',
      world(true, [wanted(true)], { live: gone }),
      [`create ${monitor} (missing)`, `drift ${monitor} recreated`],
    ],
    [
      'a destroy: refused, and the schema under it is kept',
      world(true, [], { mode: 'destroy' }),
      [`blocked ${schema} PLAN.KEPT`, 'error PLAN.PROTECTED'],
    ],
    [
      'a destroy with the line at false that was not applied: refused',
      world(true, [wanted(false)], { mode: 'destroy' }),
      [`blocked ${schema} PLAN.KEPT`, 'error PLAN.PROTECTED'],
    ],
    [
      'a destroy with the line at true that was not applied: refused',
      world(false, [wanted(true)], { mode: 'destroy' }),
      [`blocked ${schema} PLAN.KEPT`, 'error PLAN.PROTECTED'],
    ],
    [
      'a destroy after a lost state: what the config protects and carries our marker is refused',
      {
        desired: [wantedSchema(), wanted(true)],
        live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
        mode: 'destroy',
      },
      [`blocked ${schema} PLAN.KEPT`, 'error PLAN.PROTECTED'],
    ],
    [
      'a refresh: what is gone is forgotten, protected or not',
      world(true, [], { live: gone, mode: 'refresh-only' }),
      [`forget ${monitor} (missing)`, `drift ${monitor} recreated`],
    ],
  ])('%s', (_name, given, story) => {
    expect(storyOf(planOf(given))).toEqual(story);
  });

  test.each<[string, World, boolean]>([
    ['a create', { desired: [wantedSchema(), wanted(true)] }, true],
    ['a create without the line', { desired: [wantedSchema(), wanted(undefined)] }, false],
    ['an update', world(true, [wanted(undefined, { slicing_exprs: ['x'] })]), true],
    ['an update that lifts', world(true, [wanted(false, { slicing_exprs: ['x'] })]), false],
    [
      'an adoption',
      { desired: [wantedSchema(), wanted(true)], live: { [schema]: liveSchema(), [monitor]: liveMonitor() } },
      true,
    ],
    [
      'an absorption',
      world(true, [wanted(undefined, { slicing_exprs: ['x'] })], {
        live: { [schema]: liveSchema(ours), [monitor]: liveMonitor({ slicing_exprs: ['x'] }) },
      }),
      true,
    ],
    ['a create again', world(true, [wanted(undefined)], { live: gone }), true],
    [
      'a replace that loses nothing',
      world(true, [wanted(undefined, other)], { live: gone, previous: { [monitor]: absent(monitor) } }),
      true,
    ],
    [
      'a refresh',
      {
        ...world(true, [wanted(false)], { mode: 'refresh-only' }),
        recorded: { [monitor]: recordedMonitor({ slicing_exprs: ['sent'] }, protectedEntry) },
      },
      true,
    ],
  ])('%s takes along what the state is to keep', (_name, given, expected) => {
    const op = planOf(given).ops.find(({ address }) => address === monitor);
    expect(op?.prevent_destroy === true).toBe(expected);
  });

  test('is shown as a change of its own, which no mask holds', () => {
    const [op] = planOf(world(true, [wanted(false, { slicing_exprs: ['x'] })])).ops;
    expect(op).toMatchObject({ action: 'update', mask: ['slicing_exprs'], reasons: ['config'] });
    expect(op?.changes).toEqual([
      expect.objectContaining({ path: 'slicing_exprs' }),
      {
        path: 'prevent_destroy',
        label: 'prevent_destroy',
        recorded: true,
        desired: false,
        reason: 'config',
        from: place,
      },
    ]);
  });

  test('a change outside and a protection set at once are told apart', () => {
    const live = { [schema]: liveSchema(ours), [monitor]: liveMonitor({ slicing_exprs: ['x'] }) };
    const [op] = planOf(world(false, [wanted(true, { slicing_exprs: [] })], { live })).ops;
    expect(op?.reasons).toEqual(['config']);
    const sent = recordedMonitor({ slicing_exprs: ['sent'] });
    const drifted = planOf({
      ...world(false, [wanted(true, { slicing_exprs: ['sent'] })], { live }),
      recorded: { [schema]: recordedSchema(), [monitor]: sent },
    });
    expect(drifted.ops[0]?.reasons).toEqual(['config', 'drift']);
  });

  test('alone it records the entry as it was, sends nothing and guards nothing', () => {
    const [op] = planOf(world(true, [wanted(false)])).ops;
    expect(op).toMatchObject({
      action: 'absorb',
      severity: 'safe',
      spec: recordedMonitor().applied,
      depends_on: [schema],
    });
    expect(op).not.toHaveProperty('guard');
  });

  test('lifted for a replace, it says that the next plan replaces', () => {
    const [op] = planOf(world(true, [wanted(false, series)])).ops;
    expect(op).toMatchObject({ spec: recordedMonitor().applied, notes: [expect.stringContaining('the next plan')] });
    const next = planOf(world(false, [wanted(false, series)]));
    expect(storyOf(next)).toEqual([`replace ${monitor} (config)`]);
  });

  test.each<[string, World, RegExp, RegExp]>([
    [
      'a removed table',
      world(true, []),
      /would delete it$/u,
      /^declare its table .*prevent_destroy: false.*, apply, then remove it; .*dpo state rm monitor:/u,
    ],
    [
      'a replace',
      world(true, [wanted(true, series)]),
      /would replace it for another profile_type$/u,
      /prevent_destroy: false.*the plan after that replaces it$/u,
    ],
    [
      'a destroy',
      world(true, [wanted(true)], { mode: 'destroy' }),
      /would delete it$/u,
      /prevent_destroy: false.*then destroy$/u,
    ],
  ])('the refusal of %s names the address, what would happen and how to lift it', (...[, given, message, hint]) => {
    const made = planOf(given);
    expect(made).toMatchObject({ errored: true, applyable: false });
    expect(made.problems).toEqual([
      expect.objectContaining({
        code: 'PLAN.PROTECTED',
        severity: 'error',
        address: monitor,
        message: expect.stringMatching(message),
        hint: expect.stringMatching(hint),
      }),
    ]);
    expect(made.problems[0]?.message).toContain(monitor);
  });

  test('a refusal points at the line that protects, or at the table', () => {
    expect(planOf(world(true, [wanted(true, series)])).problems[0]?.place).toEqual(place);
    expect(planOf(world(true, [wanted(undefined, series)])).problems[0]?.place).toEqual(wantedMonitor().place);
    expect(planOf(world(true, [])).problems[0]).not.toHaveProperty('place');
  });

  test.each<[string, Scope, readonly string[]]>([
    [
      'leaves it out',
      { exclude: { text: 'churn', selection: parseSelection('table:churn') } },
      [`delete monitor:prod.ml.a (destroy)`],
    ],
    [
      'does not select it',
      { select: { text: 'a', selection: parseSelection('table:a') } },
      [`delete monitor:prod.ml.a (destroy)`],
    ],
    ['selects it', { select: { text: 'churn', selection: parseSelection('table:churn') } }, ['error PLAN.PROTECTED']],
    [
      'selects what it would do to it',
      { select: { text: 'd', selection: parseSelection('action:delete') } },
      [`delete monitor:prod.ml.a (destroy)`, 'error PLAN.PROTECTED'],
    ],
  ])('a destroy that %s', (_name, scope, story) => {
    const other = 'monitor:prod.ml.a' as const;
    const made = planOf({
      mode: 'destroy',
      scope,
      recorded: { [other]: recordedMonitor(), [monitor]: recordedMonitor({}, protectedEntry) },
      live: { [other]: liveMonitor(), [monitor]: liveMonitor() },
    });
    expect(storyOf(made)).toEqual(story);
  });

  test('a destroy lists every protected object', () => {
    const more = ['monitor:prod.ml.a', 'monitor:prod.ml.b'] as const;
    const made = planOf({
      mode: 'destroy',
      recorded: Object.fromEntries(more.map((address) => [address, recordedMonitor({}, protectedEntry)])),
      live: Object.fromEntries(more.map((address) => [address, liveMonitor()])),
    });
    expect(made.problems.map(({ address }) => address)).toEqual([...more]);
  });
});
