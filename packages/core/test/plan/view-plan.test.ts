import { describe, expect, test } from '@jest/globals';
import { addressOf } from '../../src/address.ts';
import type { DesiredResource } from '../../src/desired.ts';
import { definitionOf } from '../../src/kinds/view.ts';
import type { Observation } from '../../src/live.ts';
import { viewQuery } from '../../src/views/view-query.ts';
import {
  absent,
  monitor,
  planOf,
  recordedMonitor,
  recordedSchema,
  liveMonitor,
  liveSchema,
  schema,
  storyOf,
  wantedMonitor,
  wantedSchema,
} from './world.ts';

const address = addressOf('view', 'prod.out.unified');
const facts = { owner: 'me' };
const view: DesiredResource = {
  address,
  spec: {
    name: 'prod.out.unified',
    family: 'profile',
    schema_id: { $ref: schema, path: 'schema_id' },
    branches: [
      { source: 'prod.ml.churn', metrics: { $ref: monitor, path: 'profile_metrics_table_name' }, facts, roles: {} },
    ],
  },
  place: { default: true },
  origins: {},
};
const desired = [wantedSchema(), wantedMonitor(), view];
const live = (more: Partial<Extract<Observation, { status: 'present' }>>): Observation => ({
  status: 'present',
  lookup: { by: 'name', address, name: 'prod.out.unified' },
  id: 'v',
  fields: { name: 'prod.out.unified' },
  out: { name: 'prod.out.unified' },
  ...more,
});
const made = { [schema]: liveSchema({ owner: 'dpo/test' }), [monitor]: liveMonitor() };
const recorded = { [schema]: recordedSchema(), [monitor]: recordedMonitor() };

describe('a plan of views', () => {
  test('N025 over metric tables that do not exist yet a view is known after apply, and no error', () => {
    const plan = planOf({
      desired,
      live: { [schema]: absent(schema), [monitor]: absent(monitor), [address]: absent(address) },
    });
    expect(plan.errored).toBe(false);
    expect(storyOf(plan).slice(0, 3)).toEqual([
      `create ${schema} (config)`,
      `create ${monitor} (config)`,
      `create ${address} (config)`,
    ]);
    const op = plan.ops.find((each) => each.address === address);
    expect(op?.changes.find(({ path }) => path.endsWith('.metrics'))?.unknown).toBe(true);
    expect(op?.spec).not.toHaveProperty('definition');
    expect(op?.needs).toContainEqual({ address: monitor, need: 'ready' });
  });

  test('C15 a view of that name with another owner is an error, whose remedy is another schema', () => {
    const plan = planOf({ desired, recorded, live: { ...made, [address]: live({ marker: { owner: 'other/prod' } }) } });
    expect(plan.ops).toEqual([]);
    expect(plan.problems.filter(({ severity }) => severity === 'error')).toMatchObject([
      {
        code: 'PLAN.OWNED_ELSEWHERE',
        address,
        hint: expect.stringContaining('observability_schema: <project>_monitoring'),
      },
    ]);
  });

  test.each<[string, Observation, readonly string[]]>([
    ['C15 U081 is made where it is missing', absent(schema), [`create ${schema} (config)`]],
    ['C15 W016 is used where it is there', liveSchema(), [`used ${schema}`]],
  ])('the schema of the views %s', (_, observed, story) => {
    expect(storyOf(planOf({ desired: [wantedSchema()], live: { [schema]: observed } })).slice(0, 1)).toEqual(story);
  });

  test('N013 a view whose query is as it was written has no operation', () => {
    const spec = {
      name: 'prod.out.unified',
      family: 'profile',
      branches: [],
      definition: definitionOf(viewQuery('profile', [], () => 'absent')),
    };
    const plan = planOf({
      desired: [{ ...view, spec }],
      recorded: { [address]: { version: 1, id: 'v', status: 'ok' as const, applied: spec, out: {}, needs: [] } },
      live: {
        [address]: live({ fields: { name: spec.name, definition: spec.definition }, marker: { owner: 'dpo/test' } }),
      },
    });
    expect(plan).toMatchObject({ ops: [], unchanged: 1 });
  });
});
