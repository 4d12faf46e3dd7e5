import { describe, expect, test } from '@jest/globals';
import { kinds, type DesiredResource, type Json, type JsonObject } from '@dpo/core';
import { groupAlerts, type AlertContext } from '../../src/groups/group-alerts.ts';
import type { Group } from '../../src/groups/monitored-table.ts';
import { load } from '../support.ts';

const contextOf = (text = ''): AlertContext => ({
  loaded: load(`monitored_tables: { prod.ml.churn: { profile_type: SNAPSHOT } }\n${text}`),
  owner: { project: 'churn', target: 'prod' },
  warehouseId: 'w',
  destinations: new Map(),
  development: undefined,
});
const groupOf = (name: string): Group => ({ name, slug: name.toLowerCase(), tables: [], kept: [] });
const alertsOf = (text: string, group = 'Sales'): readonly DesiredResource[] =>
  groupAlerts(groupOf(group), contextOf(text)).resources;
const recipientsOf = (text: string, group: string): Json | undefined => {
  const evaluation = alertsOf(text, group)[0]?.spec['evaluation'] as { notification: JsonObject } | undefined;
  return evaluation?.notification['subscriptions'];
};

const alerting = (members: string): string => `alerting: { null_rate_threshold: 0.1, ${members} }`;

describe('alerts as resources', () => {
  test('U093 they are named after the catalog of the outputs and the group', () => {
    expect(alertsOf(alerting('')).map(({ address, spec }) => [address, spec['display_name']])).toEqual([
      ['alert:sales/drift', '[DPO] Drift Alert - prod - Sales'],
      ['alert:sales/quality', '[DPO] Data Quality Alert - prod - Sales'],
    ]);
  });

  test.each([
    ['', '0 0 * * * ?', 'UTC'],
    ['alert_cron_schedule: "0 30 6 * * ?", alert_timezone: Europe/Berlin', '0 30 6 * * ?', 'Europe/Berlin'],
  ])('U038 they run every hour in UTC unless the config says otherwise: %s', (text, ...expected) => {
    for (const { spec } of alertsOf(alerting(text))) {
      const { quartz_cron_schedule: cron, timezone_id: zone } = spec['schedule'] as JsonObject;
      expect([cron, zone]).toEqual(expected);
    }
  });

  test.each([
    ['', 2],
    ['enable_aggregated_alerts: true', 2],
    ['enable_aggregated_alerts: false', 0],
  ])('R054 enable_aggregated_alerts turns them on and off: %s', (text, count) => {
    expect(alertsOf(alerting(text))).toHaveLength(count);
  });

  const routes =
    'default_notifications: [all@example.com], group_notifications: { Sales: [sales@example.com], Quiet: [] }';
  test.each<[string, string, readonly JsonObject[]]>([
    ['R056 R088', 'Sales', [{ user_email: 'sales@example.com' }]],
    ['R057 R087', 'Other', [{ user_email: 'all@example.com' }]],
    ['U100', 'Quiet', []],
  ])('%s the recipients of the group %s', (_ids, group, expected) => {
    expect(recipientsOf(alerting(routes), group)).toEqual(expected);
  });

  test('U117 each has a link to the dashboard of its group, which goes first and may fail without it', () => {
    for (const { spec } of alertsOf(alerting(''))) {
      expect(spec['dashboard']).toEqual({ $ref: 'dashboard:sales', path: 'dashboard_id' });
      expect(kinds.alert.edges(spec)).toContainEqual({ to: 'dashboard:sales', need: 'order' });
      expect(kinds.alert.reduced?.(spec)).not.toHaveProperty('dashboard');
      expect(kinds.alert.reduced?.({ ...spec, dashboard: 'd1' })).toHaveProperty('dashboard', 'd1');
    }
  });

  test('U117 without dashboards there is no link', () => {
    for (const { spec } of alertsOf(`deploy_aggregated_dashboard: false\n${alerting('')}`))
      expect(spec).not.toHaveProperty('dashboard');
  });
});
