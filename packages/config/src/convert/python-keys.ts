import { isJsonObject, type Json } from '@dpo/core';
import type { Path } from '../finding.ts';

const profile = [
  'profile_type',
  'output_schema_name',
  'granularity',
  'granularities',
  'slicing_exprs',
  'create_builtin_dashboard',
  'problem_type',
  'prediction_column',
  'label_column',
  'timestamp_column',
  'model_id_column',
  'timeseries_timestamp_column',
  'custom_metrics',
] as const;

const metric = ['name', 'metric_type', 'input_columns', 'definition', 'output_type'] as const;

/** Every key of the Python tool, by where it stands; `*` is any name and any entry of a list. */
const keys: Readonly<Record<string, readonly string[]>> = {
  '': [
    'catalog_name',
    'warehouse_id',
    'mode',
    'include_tagged_tables',
    'monitored_tables',
    'discovery',
    'profile_defaults',
    'alerting',
    'policy',
    'objective_functions',
    'monitor_group_tag',
    'cleanup_orphans',
    'deploy_aggregated_dashboard',
    'deploy_executive_rollup',
    'dashboard_parent_path',
    'wait_for_monitors',
    'wait_timeout_seconds',
    'wait_poll_interval',
    'stale_monitor_days',
  ],
  discovery: ['include_tags', 'exclude_schemas', 'include_schemas'],
  profile_defaults: [...profile, 'max_slicing_cardinality'],
  // One profile type held for all tables (T14).
  'monitored_tables/*': [
    ...profile.filter((key) => key !== 'profile_type'),
    'baseline_table_name',
    'owner',
    'runbook_url',
    'lineage_url',
    'drift_threshold',
    'objective_function_ids',
  ],
  'profile_defaults/custom_metrics/*': metric,
  'monitored_tables/*/custom_metrics/*': metric,
  'objective_functions/*': ['metric', 'version', 'owner', 'description', 'uc_function_name'],
  'objective_functions/*/metric': metric,
  alerting: [
    'enable_aggregated_alerts',
    'drift_threshold',
    'null_rate_threshold',
    'row_count_min',
    'distinct_count_min',
    'default_notifications',
    'group_notifications',
    'alert_cron_schedule',
    'alert_timezone',
  ],
  policy: [
    'naming_patterns',
    'forbidden_patterns',
    'required_tags',
    'require_baseline',
    'require_slicing',
    'max_tables_per_config',
  ],
};

/** The paths of all keys of a file that the Python tool had no use for. Free `x-` keys, which hold anchors, are not among them. */
export function unknownToPython(value: Json, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => unknownToPython(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  const known = keysAt(path);
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, key];
    if (path.length === 0 && key.startsWith('x-')) return [];
    return known === undefined || known.includes(key) ? unknownToPython(inner, at) : [at];
  });
}

/** The keys that may stand in a map; `undefined` for a map of free names. */
export function keysAt(path: Path): readonly string[] | undefined {
  return Object.entries(keys).find(([pattern]) => fits(pattern, path))?.[1];
}

function fits(pattern: string, path: Path): boolean {
  const steps = pattern === '' ? [] : pattern.split('/');
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
}
