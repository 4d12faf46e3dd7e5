import { describe, expect, test } from '@jest/globals';
import { addressOf, kinds, type Address, type DesiredResource } from '@dpo/core';
import { executiveRollup } from '../../src/groups/executive-rollup.ts';
import { groupDashboards, type DashboardContext } from '../../src/groups/group-dashboards.ts';
import type { Group } from '../../src/groups/monitored-table.ts';
import { load } from '../support.ts';

const sales: Group = { name: 'sales', slug: 'sales', tables: [], kept: [] };
const groups: readonly Group[] = [{ name: 'R&D / "x"', slug: 'r_d_x', tables: [], kept: [] }, sales];

const contextOf = (text = ''): DashboardContext => ({
  loaded: load(`monitored_tables: { prod.ml.churn: { profile_type: SNAPSHOT } }\n${text}`),
  owner: { project: 'churn', target: 'prod' },
  warehouseId: 'w',
  development: undefined,
});

const edgesOf = (resource: DesiredResource | undefined): readonly string[] =>
  kinds.dashboard.edges(resource?.spec ?? {}).map(({ to, need }) => `${need} ${to}`);
const view = (family: string, slug: string): Address =>
  addressOf('view', `prod.global_monitoring.unified_${family}_metrics_${slug}`);

describe('dashboards as resources', () => {
  test('U104 a group has one named after it, in the folder of the owner', () => {
    const [first] = groups.flatMap((group) => groupDashboards(group, contextOf()));
    expect(first?.address).toBe('dashboard:r_d_x');
    expect(first?.spec).toMatchObject({
      display_name: 'DPO Health - R&D - "x"',
      parent_path: '/Workspace/Shared/DPO/churn/prod',
      published: { current: true, embed_credentials: false, warehouse_id: 'w' },
    });
  });

  test.each([
    ['', '/Workspace/Shared/DPO/churn/prod'],
    ['dashboard_parent_path: /Workspace/Teams/ml', '/Workspace/Teams/ml/churn/prod'],
  ])('U044 the folder of dashboards is that of the owner below dashboard_parent_path: %s', (text, folder) => {
    const context = contextOf(text);
    const made = [...groupDashboards(sales, context), ...executiveRollup(groups, context)];
    expect(made.map(({ spec }) => spec['parent_path'])).toEqual([folder, folder]);
  });

  test('ruling 41 the view of model quality may fail without the dashboard of the group', () => {
    expect(edgesOf(groupDashboards(sales, contextOf())[0])).toEqual([
      `exists ${view('drift', 'sales')}`,
      `exists ${view('profile', 'sales')}`,
      `order ${view('performance', 'sales')}`,
    ]);
  });

  test('ruling 41 U114 the roll-up reads the views of every group and waits for their dashboards in order only', () => {
    const [rollup] = executiveRollup(groups, contextOf());
    expect(rollup?.address).toBe('dashboard:*');
    expect(rollup?.spec['display_name']).toBe('DPO Executive Roll-up');
    expect(edgesOf(rollup)).toEqual([
      `exists ${view('drift', 'r_d_x')}`,
      `exists ${view('profile', 'r_d_x')}`,
      `exists ${view('drift', 'sales')}`,
      `exists ${view('profile', 'sales')}`,
      'order dashboard:r_d_x',
      'order dashboard:sales',
    ]);
  });

  test.each<[string, readonly Group[], string]>([
    ['with one group', [sales], ''],
    ['when it is not wanted', groups, 'deploy_executive_rollup: false'],
  ])('U043 U114 there is no roll-up %s', (_, chosen, text) => {
    expect(executiveRollup(chosen, contextOf(text))).toEqual([]);
  });

  test('U042 without dashboards of groups the roll-up waits for none', () => {
    const context = contextOf('deploy_aggregated_dashboard: false');
    expect(groupDashboards(sales, context)).toEqual([]);
    expect(edgesOf(executiveRollup(groups, context)[0]).every((edge) => edge.startsWith('exists'))).toBe(true);
  });

  test.each<[boolean, string]>([
    [true, 'with the credentials of whoever applies'],
    [false, 'needs SELECT on the views'],
  ])('W012 embed_credentials: %s says what it means for viewers', (embed, consequence) => {
    const context = contextOf(`dashboards: { embed_credentials: ${String(embed)} }`);
    for (const made of [...groupDashboards(sales, context), ...executiveRollup(groups, context)]) {
      expect(made.spec['published']).toMatchObject({ embed_credentials: embed });
      expect(made.notes?.join()).toContain(consequence);
    }
  });

  test('what a group is stands on its dashboard', () => {
    const context = contextOf('groups: { sales: { description: Models of the *sales* team } }');
    expect(groupDashboards(sales, context)[0]?.spec['serialized_dashboard']).toContain('of the \\\\*sales\\\\* team');
  });
});
