import { describe, expect, test } from '@jest/globals';
import { addressOf } from '../../src/address.ts';
import type { DesiredResource } from '../../src/desired.ts';
import type { Observation } from '../../src/live.ts';
import type { Change, Plan } from '../../src/plan-file.ts';
import type { RecordedResource } from '../../src/recorded.ts';
import { absent, planOf, unreadable, type World } from './world.ts';

const dashboard = addressOf('dashboard', 'sales');
const alert = addressOf('alert', 'sales/drift');
const place = { default: true } as const;

const desired: readonly DesiredResource[] = [
  { address: dashboard, spec: { display_name: 'D', serialized_dashboard: '{}' }, place, origins: {} },
  {
    address: alert,
    spec: { display_name: 'A', query_text: 'SELECT 1', dashboard: { $ref: dashboard, path: 'dashboard_id' } },
    place,
    origins: {},
  },
];
const recorded = (
  id: string,
  applied: RecordedResource['applied'],
  out: RecordedResource['out'],
): RecordedResource => ({
  version: 1,
  id,
  status: 'ok',
  applied,
  out,
  needs: [],
});
const present = (
  address: typeof alert,
  id: string,
  more: Pick<Extract<Observation, { status: 'present' }>, 'fields' | 'out'>,
): Observation => ({
  status: 'present',
  lookup: { by: 'id', address, id },
  id,
  marker: { owner: 'dpo/test' },
  ...more,
});
const alertFields = { display_name: 'A', query_text: 'SELECT 1', dashboard: 'd1' };
const dashboardFields = { display_name: 'D', serialized_dashboard: '{}' };
const liveDashboard = present(dashboard, 'd1', { fields: dashboardFields, out: { dashboard_id: 'd1' } });

function planWith(live: Observation, more: Partial<World> = {}): Plan {
  return planOf({
    desired,
    recorded: {
      [dashboard]: recorded('d1', dashboardFields, { dashboard_id: 'd1' }),
      [alert]: recorded('a1', alertFields, { id: 'a1' }),
    },
    live: { [dashboard]: live, [alert]: present(alert, 'a1', { fields: alertFields, out: { id: 'a1' } }) },
    ...more,
  });
}

const linkOf = ({ ops }: Plan): Change | undefined =>
  ops.find(({ address }) => address === alert)?.changes.find(({ path }) => path === 'dashboard');

describe('U117 the link from an alert to the dashboard of its group', () => {
  test('is no difference while the dashboard stays', () => {
    expect(planWith(liveDashboard)).toMatchObject({ ops: [], unchanged: 2 });
  });

  test.each<[string, Observation, Partial<World>]>([
    ['is made again', absent(dashboard), {}],
    ['is replaced', liveDashboard, { replace: new Set([dashboard]) }],
  ])('is known after apply where the dashboard %s, and goes into the alert after it in one plan', (_, live, more) => {
    const plan = planWith(live, more);
    expect(linkOf(plan)).toMatchObject({ live: 'd1', unknown: true });
    expect(plan.ops).toHaveLength(2);
    expect(plan.ops.find(({ address }) => address === alert)?.needs).toEqual([{ address: dashboard, need: 'order' }]);
  });

  test('is no difference where the dashboard cannot be read', () => {
    expect(planWith(unreadable(dashboard))).toMatchObject({ ops: [], blocked: [{ address: dashboard }] });
  });
});
