import { expect, test } from '@jest/globals';
import { ref, type DesiredResource } from '../../src/index.ts';
import { planOf, storyOf, unreadable } from '../plan/world.ts';

const dashboard = 'dashboard:sales';
const [drift, performance] = ['view:prod.out.drift', 'view:prod.out.performance'] as const;

const wanted = (spec: DesiredResource['spec']): DesiredResource => ({
  address: dashboard,
  spec: { display_name: 'DPO Health - sales', ...spec },
  place: { file: 'dpo.yaml', start: { line: 1, column: 1 } },
  origins: {},
});
const view = (address: typeof drift | typeof performance): DesiredResource => ({
  ...wanted({}),
  address,
  spec: { name: address.slice(5), family: 'drift', branches: [] },
});

test('ruling 41 a view that cannot be read stops the dashboard that reads it, and not one that only comes after it', () => {
  const world = (spec: DesiredResource['spec']) => ({
    desired: [view(drift), view(performance), wanted(spec)],
    live: { [performance]: unreadable(performance) },
  });
  const after = storyOf(planOf(world({ views: [ref(drift, 'name')], after: [performance] })));
  expect(after).toContain(`create ${dashboard} (config)`);
  const reads = storyOf(planOf(world({ views: [ref(drift, 'name'), ref(performance, 'name')] })));
  expect(reads).toContain(`blocked ${dashboard} PLAN.BLOCKED`);
});
