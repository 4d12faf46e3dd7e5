import { ShapeFault } from '../api/reader.ts';

/** How a mask below the configuration is understood; which of the two the service does is not documented. */
export type MaskMode = 'leaf' | 'whole';

type MaskTree = { readonly [field: string]: MaskTree };
type Fields = Readonly<Record<string, unknown>>;

const leaf: MaskTree = {};
const timeSeries: MaskTree = { timestamp_column: leaf, granularities: leaf };

/** Fields that only the server writes, and `assets_dir`, which is fixed at creation (databricks/cli `change_assets_dir`). */
const unchangeable = new Set([
  'anomaly_detection_workflow_id',
  'job_type',
  'assets_dir',
  'monitored_table_name',
  'status',
  'latest_monitor_failure_message',
  'profile_metrics_table_name',
  'drift_metrics_table_name',
  'dashboard_id',
  'monitor_version',
  'effective_warehouse_id',
]);

const configTree: MaskTree = {
  ...Object.fromEntries([...unchangeable].map((name) => [name, leaf])),
  output_schema_id: leaf,
  snapshot: leaf,
  time_series: timeSeries,
  inference_log: {
    ...timeSeries,
    problem_type: leaf,
    prediction_column: leaf,
    model_id_column: leaf,
    label_column: leaf,
    prediction_probability_column: leaf,
  },
  baseline_table_name: leaf,
  slicing_exprs: leaf,
  custom_metrics: leaf,
  schedule: { quartz_cron_expression: leaf, timezone_id: leaf, pause_status: leaf },
  notification_settings: { on_failure: { email_addresses: leaf } },
  skip_builtin_dashboard: leaf,
  warehouse_id: leaf,
};

const anomalyTree: MaskTree = {
  excluded_table_full_names: leaf,
  publish_health_indicator: leaf,
  validity_check_configurations: leaf,
  notification_settings: { on_unhealthy_table: { destination_ids: leaf, destination_user_ids: leaf } },
  anomaly_detection_workflow_id: leaf,
  job_type: leaf,
};

const root: MaskTree = {
  '*': leaf,
  object_type: leaf,
  object_id: leaf,
  anomaly_detection_config: anomalyTree,
  data_profiling_config: configTree,
};

/** Splits the mask and refuses paths that no monitor has. */
export function parseMask(mask: string): readonly (readonly string[])[] {
  const paths = mask.split(',').map((path) => path.split('.'));
  const unknown = paths.find((path) => !isKnown(path));
  if (unknown !== undefined) throw new ShapeFault(['update_mask'], `unknown path '${unknown.join('.')}'`);
  return paths;
}

/**
 * The configuration after an update. A masked path that the body lacks is cleared; what no path names stays as it is.
 * The result may be incomplete and has to be read again.
 */
export function applyMask(options: {
  /** Which of the two configurations of a monitor it is; paths of the other are passed over. */
  readonly part: 'data_profiling_config' | 'anomaly_detection_config';
  readonly current: Fields;
  readonly given: Fields | undefined;
  readonly paths: readonly (readonly string[])[];
  readonly mode: MaskMode;
}): Fields {
  const { part, current, given = {}, paths, mode } = options;
  return paths.reduce<Fields>((config, [top, ...path]) => {
    if (top !== part && top !== '*') return config;
    const whole = path.length === 0 || mode === 'whole';
    if (whole) return { ...given, ...pick(current, ['assets_dir']), ...createInputs(current, given) };
    const [field = ''] = path;
    if (unchangeable.has(field) || path[1] === 'pause_status') return config;
    return replaceAt(config, { path, value: valueAt(given, path) });
  }, current);
}

/** Inputs of creation that GET never shows: a client that writes back what it read must not lose them. */
function createInputs(current: Fields, given: Fields): Fields {
  const hidden = ['warehouse_id', 'skip_builtin_dashboard'].filter((name) => given[name] === undefined);
  return pick(current, hidden);
}

function pick(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, fields[name]]).filter(([, value]) => value !== undefined));
}

function isKnown(path: readonly string[]): boolean {
  let tree: MaskTree | undefined = root;
  for (const part of path) tree = tree !== undefined && Object.hasOwn(tree, part) ? tree[part] : undefined;
  return tree !== undefined;
}

function valueAt(fields: Fields, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, part) => (isFields(value) ? value[part] : undefined), fields);
}

function replaceAt(fields: Fields, change: { readonly path: readonly string[]; readonly value: unknown }): Fields {
  const [field = '', ...rest] = change.path;
  const { [field]: old, ...others } = fields;
  if (rest.length > 0) {
    const inner = isFields(old) ? old : {};
    if (change.value === undefined && !isFields(old)) return fields;
    return { ...others, [field]: replaceAt(inner, { path: rest, value: change.value }) };
  }
  return change.value === undefined ? others : { ...others, [field]: change.value };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
