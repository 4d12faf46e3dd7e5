import { describe, expect, test } from '@jest/globals';
import { fieldSides } from '../../src/inspect/field-sides.ts';
import { plan } from '../../src/plan/plan.ts';
import type { PlanInput } from '../../src/plan/plan-input.ts';
import { nothingRecorded } from '../../src/recorded.ts';
import type { Spec } from '../../src/spec.ts';
import type { DesiredResource } from '../../src/desired.ts';
import type { Observation } from '../../src/live.ts';
import {
  absent,
  liveMonitor,
  liveSchema,
  monitor,
  schema,
  unreadable,
  wantedMonitor,
  wantedSchema,
} from '../plan/world.ts';

interface Sides {
  /** Beside what every monitor of this test has; undefined for a side that is not there. */
  readonly desired?: Spec;
  readonly live?: Spec;
  readonly recorded?: Spec;
  readonly more?: Partial<DesiredResource>;
  readonly seen?: Observation;
  readonly unreturned?: readonly string[];
}

const target = { name: 'test', host: 'local', workspaceId: '1', metastoreId: 'm' };
const base: Spec = {
  object_id: 'table-1',
  profile_type: 'SNAPSHOT',
  output_schema_id: 's-1',
  assets_dir: '/Workspace/Shared/DPO/dpo/test/monitors/prod.ml.churn',
};

function inputOf({ desired, live, recorded, more = {}, seen, unreturned }: Sides): PlanInput {
  const wanted = desired === undefined ? [] : [{ ...wantedMonitor(desired), ...more }];
  const observed = seen ?? (live === undefined ? absent(monitor) : liveMonitor(live));
  const entry = {
    version: 1,
    id: 'table-1',
    status: 'ok' as const,
    applied: { ...base, ...recorded },
    out: {},
    needs: [schema],
    ...(unreturned === undefined ? {} : { unreturned }),
  };
  return {
    desired: {
      owner: { project: 'dpo', target: 'test' },
      target,
      resources: [wantedSchema(), ...wanted],
      skipped: [],
      undecided: [],
      problems: [],
    },
    recorded:
      recorded === undefined
        ? nothingRecorded
        : { ...nothingRecorded, lineage: 'L1', owner: 'dpo/test', target, resources: new Map([[monitor, entry]]) },
    live: new Map([
      [schema, liveSchema()],
      [monitor, observed],
    ]),
    options: { mode: 'apply', version: '0', consent: {} },
  };
}

/** `verdict` of one path. */
function verdictAt(path: string, sides: Sides): string | undefined {
  const input = inputOf(sides);
  return fieldSides({ address: monitor, input, plan: plan(input) }).find((field) => field.path === path)?.verdict;
}

const a = { slicing_exprs: ['a'] };
const b = { slicing_exprs: ['b'] };
const c = { slicing_exprs: ['c'] };

describe('wanted, live and recorded side by side', () => {
  const cases: readonly (Sides & { readonly what: string; readonly verdict: string })[] = [
    { what: 'all the same', desired: a, live: a, recorded: a, verdict: 'same' },
    { what: 'the config changed', desired: b, live: a, recorded: a, verdict: 'config' },
    { what: 'somebody changed it outside', desired: a, live: c, recorded: a, verdict: 'drift' },
    { what: 'both changed', desired: b, live: c, recorded: a, verdict: 'config+drift' },
    { what: 'both changed to the same', desired: b, live: b, recorded: a, verdict: 'absorbed' },
    { what: 'no longer declared', desired: {}, live: a, recorded: a, verdict: 'config' },
    { what: 'nobody declared it', desired: {}, live: a, recorded: {}, verdict: 'undeclared' },
    { what: 'the object is not there yet', desired: a, verdict: 'planned' },
    {
      what: 'ignored by the config',
      desired: a,
      live: c,
      recorded: a,
      more: { ignore: ['slicing_exprs'] },
      verdict: 'ignored',
    },
    {
      what: 'the service does not tell it',
      desired: a,
      live: {},
      recorded: a,
      unreturned: ['slicing_exprs'],
      verdict: 'unreturned',
    },
    { what: 'cannot be read', desired: a, recorded: a, seen: unreadable(monitor), verdict: 'unread' },
    { what: 'no longer wanted', live: a, recorded: a, verdict: 'removed' },
  ];
  test.each(cases)('$what: $verdict', ({ verdict, what: _what, ...sides }) => {
    expect(verdictAt('slicing_exprs', sides)).toBe(verdict);
  });

  test.each([
    [a, a, 'same'],
    [c, a, 'drift'],
    [a, {}, 'undeclared'],
  ])(
    'of what is skipped or undecided nobody says that it is no longer declared: live %j, recorded %j: %s',
    (live, recorded, verdict) => {
      const input = inputOf({ live, recorded });
      const skipped = [{ address: monitor, code: 'X', reason: 'x' }];
      const kept = { ...input, desired: { ...input.desired, skipped } };
      const fields = fieldSides({ address: monitor, input: kept, plan: plan(kept) });
      expect(fields.find(({ path }) => path === 'slicing_exprs')?.verdict).toBe(verdict);
    },
  );

  test('what is set once at the creation is fixed, not a difference to be written', () => {
    const other = { assets_dir: '/Workspace/Shared/Other/dpo/test/monitors/prod.ml.churn' };
    expect(verdictAt('assets_dir', { desired: other, live: {}, recorded: {} })).toBe('fixed');
    expect(verdictAt('assets_dir', { desired: {}, live: {}, recorded: {} })).toBe('same');
  });

  test('of a stranger that is not adopted nothing is going to change', () => {
    const input = inputOf({ desired: b, seen: liveMonitor(a, null) });
    const fields = fieldSides({ address: monitor, input, plan: plan(input) });
    expect(fields.find(({ path }) => path === 'slicing_exprs')).toMatchObject({
      desired: ['b'],
      live: ['a'],
      verdict: 'differs',
    });
  });

  test('N001 each wanted value says where it comes from, and a reference that is known is shown by its value', () => {
    const input = inputOf({ desired: b, live: a, recorded: a });
    const fields = fieldSides({ address: monitor, input, plan: plan(input) });
    expect(fields.find(({ path }) => path === 'slicing_exprs')?.from).toEqual({
      file: 'dpo.yaml',
      start: { line: 11, column: 5 },
    });
    expect(fields.find(({ path }) => path === 'output_schema_id')).toMatchObject({ desired: 's-1', verdict: 'same' });
  });

  test('a value of the environment is shown by reference on every side', () => {
    const place = { file: 'dpo.yaml', start: { line: 1, column: 1 } };
    const kept = { notification_settings: { on_failure: { email_addresses: ['${env:MAIL}'] } } };
    const path = 'notification_settings.on_failure.email_addresses';
    const input = inputOf({
      desired: kept,
      live: { notification_settings: { on_failure: { email_addresses: ['secret@x.org'] } } },
      recorded: kept,
      more: { references: [path], origins: { notification_settings: place } },
    });
    const shown = { ...input, options: { ...input.options, environment: { MAIL: 'secret@x.org' } } };
    const fields = fieldSides({ address: monitor, input: shown, plan: plan(shown) });
    expect(JSON.stringify(fields)).not.toContain('secret');
    expect(fields.find((field) => field.path === path)).toMatchObject({ live: ['${env:MAIL}'], from: place });
  });
});
