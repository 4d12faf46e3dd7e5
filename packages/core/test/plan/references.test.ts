import { describe, expect, test } from '@jest/globals';
import type { DesiredResource } from '../../src/desired.ts';
import type { Spec } from '../../src/spec.ts';
import {
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

const path = 'schedule.quartz_cron_expression';
const list = 'notification_settings.on_failure.email_addresses';
const cron = (text: string): Spec => ({ schedule: { quartz_cron_expression: text, timezone_id: 'UTC' } });
const mails = (...addresses: readonly string[]): Spec => ({
  notification_settings: { on_failure: { email_addresses: addresses } },
});
const kept = '${env:CRON}';
const environment = { CRON: '5 5 5 * * ?', ONCALL: 'secret@example.com' };

function referring(spec: Spec, ...references: readonly string[]): DesiredResource {
  return { ...wantedMonitor(spec), references };
}

interface Sides {
  readonly desired: Spec;
  readonly recorded: Spec;
  readonly live: Spec;
  readonly references?: readonly string[];
  readonly known?: readonly string[];
}

function world({ desired, recorded, live, references = [path], known = [path] }: Sides): World {
  return {
    desired: [wantedSchema(), referring(desired, ...references)],
    recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor(recorded, { references: known }) },
    live: { [schema]: liveSchema(ours), [monitor]: liveMonitor(live) },
    environment,
  };
}

describe('values that are kept by reference (ruling 77)', () => {
  test('a create keeps the name of the variable, and says which of its texts are names', () => {
    const plan = planOf({ desired: [wantedSchema(), referring(cron(kept), path)], environment });
    const [, op] = plan.ops;
    expect(op).toMatchObject({ action: 'create', spec: cron(kept), references: [path] });
    expect(op?.changes.find((change) => change.path === path)).toMatchObject({ desired: kept });
  });

  test.each<[string, Sides, readonly string[]]>([
    ['live is what it stands for', { desired: cron(kept), recorded: cron(kept), live: cron('5 5 5 * * ?') }, []],
    [
      'live says the same in another spelling',
      { desired: cron(kept), recorded: cron(kept), live: cron('5  5 5 * * ?') },
      [],
    ],
    [
      'the same value was recorded as it is',
      { desired: cron(kept), recorded: cron('5 5 5 * * ?'), live: cron('5 5 5 * * ?'), known: [] },
      [`absorb ${monitor} (config)`],
    ],
    [
      'the same value is wanted as it is',
      { desired: cron('5 5 5 * * ?'), recorded: cron(kept), live: cron('5 5 5 * * ?'), references: [] },
      [`absorb ${monitor} (config)`],
    ],
    [
      'live is something else',
      { desired: cron(kept), recorded: cron(kept), live: cron('1 2 3 * * ?') },
      [`update ${monitor} (drift)`, `drift ${monitor} reverted`],
    ],
    [
      'another text is wanted, and live is what the former stands for',
      { desired: cron('7 7 7 * * ?'), recorded: cron(kept), live: cron('5 5 5 * * ?'), references: [] },
      [`update ${monitor} (config)`],
    ],
    [
      'another variable is wanted, with the same value',
      { desired: cron('${env:OTHER}'), recorded: cron(kept), live: cron('5 5 5 * * ?') },
      [`update ${monitor} (config)`],
    ],
    [
      'a list in another order',
      {
        desired: mails('a@example.com', '${env:ONCALL}'),
        recorded: mails('a@example.com', '${env:ONCALL}'),
        live: mails('secret@example.com', 'a@example.com'),
        references: [list],
        known: [list],
      },
      [],
    ],
  ])('%s', (_name, sides, story) => {
    const plan = planOf(world(sides));
    expect(storyOf(plan)).toEqual(story);
    expect(JSON.stringify(plan)).not.toMatch(sides.references?.length === 0 ? /secret@/u : /5 +5 5|secret@|1 2 3/u);
  });

  test('what is live and neither wanted nor recorded is never shown: it may be what the variable held before', () => {
    const plan = planOf(world({ desired: cron(kept), recorded: cron(kept), live: cron('1 2 3 * * ?') }));
    expect(plan.ops[0]).toMatchObject({
      mask: [path],
      references: [path],
      changes: [{ path, recorded: kept, desired: kept, live: '(hidden)', reason: 'drift' }],
      notes: ['schedule.cron does not hold what ${env:CRON} is now: either a variable or the object was changed'],
    });
  });

  test('of a list only what config and state say anyway is shown', () => {
    const sides = {
      desired: mails('a@example.com', '${env:ONCALL}'),
      recorded: mails('b@example.com', '${env:ONCALL}'),
      live: mails('b@example.com', 'secret@example.com', 'former@example.com'),
      references: [list],
      known: [list],
    };
    expect(planOf(world(sides)).ops[0]?.changes[0]).toMatchObject({
      live: ['${env:ONCALL}', '(hidden)', 'b@example.com'].toSorted(),
    });
  });

  test('a literal that looks like a reference is no reference', () => {
    const sides = { desired: cron(kept), recorded: cron(kept), live: cron(kept), references: [], known: [] };
    const plan = planOf(world(sides));
    expect(storyOf(plan)).toEqual([]);
    const made = planOf({ desired: [wantedSchema(), wantedMonitor(cron(kept))], environment });
    expect(made.ops.map(({ references }) => references)).toEqual([undefined, undefined]);
  });

  test('a variable that is not set hides what is live', () => {
    const plan = planOf({
      ...world({ desired: {}, recorded: cron(kept), live: cron('5 5 5 * * ?'), references: [] }),
      environment: {},
    });
    expect(plan.ops[0]?.changes.find((change) => change.path === path)).toMatchObject({
      recorded: kept,
      live: '(hidden)',
    });
  });

  test('an ignored setting stays in the state as it was recorded: by reference', () => {
    const sides = {
      desired: { ...cron('9 9 9 * * ?'), slicing_exprs: ['x'] },
      recorded: cron(kept),
      live: cron('1 2 3 * * ?'),
    };
    const base = world({ ...sides, references: [] });
    const ignoring = { ...referring(sides.desired), ignore: ['schedule'] };
    const plan = planOf({ ...base, desired: [wantedSchema(), ignoring] });
    expect(plan.ops[0]).toMatchObject({
      action: 'update',
      spec: { ...cron(kept), slicing_exprs: ['x'] },
      references: [path],
    });
    expect(JSON.stringify(plan)).not.toContain('1 2 3');
  });

  test('a protection that is set keeps the references of the state', () => {
    const base = world({ desired: cron(kept), recorded: cron(kept), live: cron('5 5 5 * * ?') });
    const place = { file: 'dpo.yaml', start: { line: 1, column: 1 } };
    const wanted = { ...referring(cron(kept), path), preventDestroy: { value: true, place } };
    expect(planOf({ ...base, desired: [wantedSchema(), wanted] }).ops[0]).toMatchObject({
      action: 'absorb',
      references: [path],
    });
  });

  test('refresh-only takes no such value into the state', () => {
    const base = world({ desired: {}, recorded: cron(kept), live: { ...cron('1 2 3 * * ?'), slicing_exprs: ['x'] } });
    const plan = planOf({
      ...base,
      desired: [],
      mode: 'refresh-only',
      recorded: {
        ...base.recorded,
        [monitor]: recordedMonitor({ ...cron(kept), slicing_exprs: ['y'] }, { references: [path] }),
      },
    });
    expect(plan.ops[0]).toMatchObject({
      action: 'absorb',
      spec: { ...cron(kept), slicing_exprs: ['x'] },
      references: [path],
    });
    expect(JSON.stringify(plan)).not.toContain('1 2 3');
    const same = planOf({
      ...base,
      desired: [],
      mode: 'refresh-only',
      live: { [schema]: liveSchema(ours), [monitor]: liveMonitor(cron('1 2 3 * * ?')) },
    });
    expect(storyOf(same)).toEqual([]);
  });

  test('the guard does not depend on the value of a variable', () => {
    const guards = ['1 2 3 * * ?', '4 5 6 * * ?'].map(
      (live) => planOf(world({ desired: cron(kept), recorded: cron(kept), live: cron(live) })).ops[0]?.guard,
    );
    expect(guards[0]).toEqual(guards[1]);
    const other = planOf(
      world({ desired: cron(kept), recorded: cron(kept), live: { ...cron('1 2 3 * * ?'), profile_type: 'X' } }),
    );
    expect(other.ops[0]?.guard).not.toEqual(guards[0]);
  });
});
