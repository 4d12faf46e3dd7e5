import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import type { Observation, PresentObject } from '../../src/live.ts';
import type { RecordedResource } from '../../src/recorded.ts';
import { parseSelection } from '../../src/selection/parse-selection.ts';
import { absent, liveSchema, ours, planOf, recordedSchema, schema, storyOf, unreadable, type World } from './world.ts';

const views: readonly Address[] = ['view:prod.out.unified_drift_metrics_a', 'view:prod.out.unified_profile_metrics_a'];
const [drift = 'view:', profile = 'view:'] = views;

function recordedView(address: Address): RecordedResource {
  const name = address.slice('view:'.length);
  return { version: 1, id: `id of ${name}`, status: 'ok', applied: { name }, out: { name }, needs: [schema] };
}

function liveView(address: Address, owner = ours.owner): PresentObject {
  const name = address.slice('view:'.length);
  const lookup = { by: 'name', address, name } as const;
  return {
    status: 'present',
    lookup,
    id: `id of ${name}`,
    fields: { name },
    out: { name },
    marker: { owner, lineage: 'L1' },
  };
}

function holding(tables: number): Observation {
  return { ...liveSchema(ours), out: { schema_id: 's-1', tables } } as Observation;
}

/** Two views in a schema of ours, of which the config wants nothing any more. */
function world(tables: number, more: Partial<World> = {}): World {
  return {
    mode: 'destroy',
    recorded: {
      [schema]: recordedSchema(),
      ...Object.fromEntries(views.map((view) => [view, recordedView(view)])),
    },
    live: { [schema]: holding(tables), ...Object.fromEntries(views.map((view) => [view, liveView(view)])) },
    ...more,
  };
}

describe('C18 D009 a schema that dpo made for its views', () => {
  test.each<[string, 'destroy' | 'apply', string]>([
    ['destroy', 'destroy', 'destroy'],
    ['apply that wants no views', 'apply', 'removed'],
  ])('goes in a %s, after everything that is in it', (_name, mode, reason) => {
    const made = planOf(world(2, { mode }));
    expect(storyOf(made)).toEqual([schema, ...views].map((address) => `delete ${address} (${reason})`));
    expect(made.ops[0]).toMatchObject({
      needs: views.map((address) => ({ address, need: 'exists' })),
      notes: [expect.stringContaining('unless anything else is in it')],
    });
    expect(made.survives).toEqual([]);
  });

  test('stays, and is named, when it holds something else', () => {
    const made = planOf(world(3));
    expect(storyOf(made)).toEqual([...views.map((view) => `delete ${view} (destroy)`), `forget ${schema} (removed)`]);
    expect(made.survives).toEqual(['schema prod.out holds tables and stays']);
  });

  test.each<[string, Partial<World>, readonly string[]]>(
    [
      [
        'somebody made another one in its place',
        { [drift]: { ...liveView(drift), id: 'another' } },
        [`delete ${profile} (destroy)`, `forget ${schema} (removed)`, `forget ${drift} (removed)`],
      ],
      [
        'it cannot be read',
        { [drift]: unreadable(drift) },
        [`blocked ${drift} PLAN.UNREADABLE`, 'error PLAN.INCOMPLETE'],
      ],
    ].map(([name, live, story]) => [name, { live }, story] as [string, Partial<World>, readonly string[]]),
  )('stays when a view stays: %s', (_name, { live = {} }, story) => {
    const whole = world(2);
    expect(storyOf(planOf({ ...whole, live: { ...whole.live, ...live } }))).toEqual(story);
  });

  test('goes after a run that was killed when the views were gone already', () => {
    const made = planOf(
      world(0, { live: { [schema]: holding(0), [drift]: absent(drift), [profile]: absent(profile) } }),
    );
    expect(storyOf(made)).toContain(`delete ${schema} (destroy)`);
  });

  test('is not deleted by a selection that leaves a view', () => {
    const select = { text: `${profile}`, selection: parseSelection('kind:schema') };
    const made = planOf(world(2, { scope: { select } }));
    expect(storyOf(made)).toEqual([`blocked ${schema} PLAN.NOT_SELECTED`]);
  });

  test('goes after views that only a search finds', () => {
    const { [schema]: known = recordedSchema() } = world(2).recorded ?? {};
    const made = planOf({
      mode: 'destroy',
      recorded: { [schema]: known },
      live: { [schema]: holding(2) },
      orphans: { fate: 'deleted' },
      discovered: { found: views.map((view) => liveView(view)) },
    });
    expect(made.ops.find(({ address }) => address === schema)).toMatchObject({
      action: 'delete',
      needs: views.map((address) => ({ address, need: 'exists' })),
    });
  });

  test('goes after them too when a search finds it itself', () => {
    const found = { ...liveSchema(ours), out: { schema_id: 's-1', tables: 2 } } as PresentObject;
    const made = planOf({
      mode: 'destroy',
      orphans: { fate: 'deleted' },
      discovered: { found: [found, ...views.map((view) => liveView(view))] },
    });
    expect(storyOf(made)).toEqual([
      ...[schema, ...views].map((address) => `delete ${address} (orphan)`),
      ...[schema, ...views].map((address) => `orphan ${address} deleted`),
    ]);
  });
});
