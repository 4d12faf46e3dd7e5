import type { ViewBranch } from '@dpo/core';

/** The profile of a table of the contract workspace as a branch of a view. */
export const branchOf = (table: string): ViewBranch => ({
  source: `prod.ml.${table}`,
  metrics: `prod.reports.${table}_profile_metrics`,
  facts: {
    monitor_group: 'ml',
    owner: "it's ours",
    department: null,
    priority: 1,
    runbook_url: null,
    lineage_url: null,
    drift_threshold: 0.2,
    numeric_drift_threshold: 0.2,
    alert_granularity: null,
    freshness_days: 30,
  },
  roles: {},
});
