import type { Path } from '../finding.ts';

/** What a variable may be. */
export type Scalar = string | number | boolean;

/** A value that came from the environment, by itself or through a variable: it is shown and kept as it is written. */
export interface Reference {
  /** Path of the value in the config, as the target sees it. */
  readonly path: Path;
  /** What stands for it, with variables written out: `${env:ONCALL}`, `dq-${env:TEAM}@company.com`; `$${` is a literal `${`. */
  readonly text: string;
  /** What it is now. */
  readonly value: Scalar;
  /** The variables of the environment, each once. */
  readonly names: readonly string[];
}

/**
 * Keys whose values name things, say where to find them or choose between a few words: a plan and a state hold them, so that
 * they are plain to see wherever they come from. Every other text that comes from the environment is kept by reference.
 */
const namingKeys: ReadonlySet<string> = new Set([
  'catalog_name',
  'catalogs',
  'output_catalog',
  'warehouse_id',
  'project',
  'output_schema_name',
  'observability_schema',
  'dashboard_parent_path',
  'host',
  'profile',
  'state',
  'baseline_table_name',
  'profile_type',
  'granularity',
  'granularities',
  'problem_type',
  'prediction_column',
  'prediction_probability_column',
  'label_column',
  'model_id_column',
  'timestamp_column',
  'timeseries_timestamp_column',
  'monitor_group',
  'monitor_group_tag',
  'tag_prefix',
  'include_tags',
  'include_schemas',
  'exclude_schemas',
  'name',
  'metric_type',
  'input_columns',
  'output_type',
]);

/** Maps whose keys are names that people choose, and may be any word. */
const mapsByName: ReadonlySet<string> = new Set([
  'monitored_tables',
  'group_notifications',
  'groups',
  'labels',
  'objective_functions',
  'include_tags',
  'targets',
  'variables',
]);

/** Whether the value at a path names something, and so cannot be kept from a plan. */
export function isNaming(path: Path): boolean {
  return path.some((step, index) => {
    const map = path[index - 1];
    const chosen = typeof map === 'string' && mapsByName.has(map);
    return typeof step === 'string' && namingKeys.has(step) && !chosen;
  });
}
