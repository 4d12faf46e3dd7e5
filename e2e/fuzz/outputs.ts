import fc from 'fast-check';
import type { JsonObject } from '@dpo/core';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const count = fc.nat({ max: 1000 });
const recipients = fc.constantFrom([], ['data@example.com'], ['b@example.com', 'a@example.com']);

const alerting = fc.record(
  {
    enable_aggregated_alerts: fc.boolean(),
    drift_threshold: share,
    numeric_drift_threshold: share,
    null_rate_threshold: share,
    row_count_min: count,
    distinct_count_min: count,
    distinct_count_columns: fc.constantFrom([], ['id'], ['id', 'region']),
    ignore_columns: fc.constantFrom([], ['id'], ["it's", 'odd name']),
    drift_type: fc.constantFrom('baseline', 'consecutive', 'any'),
    default_notifications: recipients,
    alert_cron_schedule: fc.constantFrom('0 0 * * * ?', '0  30 6 * * ?'),
    alert_timezone: fc.constantFrom('UTC', 'Europe/Berlin'),
  },
  { requiredKeys: [] },
);

/** What a config may say about views, alerts and dashboards, without the groups of its tables. */
export const outputSettings: fc.Arbitrary<JsonObject> = fc.record(
  {
    alerting,
    deploy_aggregated_dashboard: fc.boolean(),
    deploy_executive_rollup: fc.boolean(),
    dashboards: fc.record({ embed_credentials: fc.boolean() }, { requiredKeys: [] }),
    dashboard_parent_path: fc.constantFrom('/Workspace/Shared/DPO', '/Workspace/Shared/Other/'),
    observability_schema: fc.constantFrom('global_monitoring', 'Views', 'reports'),
    stale_monitor_days: fc.integer({ min: 1, max: 60 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

/** Of a table; two names that would be called the same are refused (U050), so that there are none. */
export const groupNames: fc.Arbitrary<string | undefined> = fc.constantFrom(
  undefined,
  'default',
  'Sales',
  'Ärzte / Nord',
  "it's `odd` $${x}",
  '{{group}} "quoted"',
);
