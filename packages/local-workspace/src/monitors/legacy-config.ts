import { filledText, flag, ignored, list, narrowed, oneOf, shape, ShapeFault } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { requireOneProfile } from './monitor-config.ts';
import { absolutePath, addressees, filledList, granularityFromText, schedule } from './monitor-fields.ts';

/** Readers of the bodies of the deprecated API (databricks-sdk-py `service/catalog.py`, `MonitorInfo`). */

const timeSeries = shape({ required: { timestamp_col: filledText, granularities: filledList(granularityFromText) } });

const inferenceLog = shape({
  required: {
    problem_type: oneOf('PROBLEM_TYPE_CLASSIFICATION', 'PROBLEM_TYPE_REGRESSION'),
    timestamp_col: filledText,
    granularities: filledList(granularityFromText),
    prediction_col: filledText,
    model_id_col: filledText,
  },
  optional: { label_col: filledText, prediction_proba_col: filledText },
});

const customMetric = shape({
  required: {
    name: filledText,
    definition: filledText,
    input_columns: filledList(filledText),
    output_data_type: filledText,
    type: oneOf('CUSTOM_METRIC_TYPE_AGGREGATE', 'CUSTOM_METRIC_TYPE_DERIVED', 'CUSTOM_METRIC_TYPE_DRIFT'),
  },
});

const settings = {
  snapshot: shape({}),
  time_series: timeSeries,
  inference_log: inferenceLog,
  baseline_table_name: filledText,
  custom_metrics: list(customMetric),
  data_classification_config: shape({ optional: { enabled: flag } }),
  notifications: shape({ optional: { on_failure: addressees, on_new_classification_tag_detected: addressees } }),
  schedule,
  slicing_exprs: list(filledText),
};

const outputs = [
  'status',
  'profile_metrics_table_name',
  'drift_metrics_table_name',
  'monitor_version',
  'latest_monitor_failure_msg',
] as const;

/** Annotated as errors on creation. */
const refused: Reader<never> = (_value, { path }) => {
  throw new ShapeFault(path, 'output only: it cannot be set');
};

function each<Name extends string, T>(names: readonly Name[], reader: Reader<T>): Readonly<Record<Name, Reader<T>>> {
  return Object.fromEntries(names.map((name) => [name, reader])) as Readonly<Record<Name, Reader<T>>>;
}

const creation = shape({
  required: { output_schema_name: filledText, assets_dir: absolutePath },
  optional: {
    ...settings,
    skip_builtin_dashboard: flag,
    warehouse_id: filledText,
    ...each([...outputs, 'table_name', 'dashboard_id'], refused),
  },
});

/** Output fields and `assets_dir` are ignored, as the recorded `change_assets_dir` of databricks/cli shows for the latter. */
const replacement = shape({
  required: { output_schema_name: filledText },
  optional: {
    ...settings,
    dashboard_id: filledText,
    ...each([...outputs, 'table_name', 'assets_dir', 'skip_builtin_dashboard', 'warehouse_id'], ignored),
  },
});

export type LegacyCreation = ReturnType<typeof creation>;
export type LegacyReplacement = ReturnType<typeof replacement>;
export type LegacyConfig = Pick<LegacyReplacement, 'output_schema_name' | keyof typeof settings>;

/** What the data quality API has no field for. */
export interface LegacySettings {
  readonly data_classification_config?: LegacyConfig['data_classification_config'];
  readonly on_new_classification_tag_detected?: NonNullable<
    LegacyConfig['notifications']
  >['on_new_classification_tag_detected'];
}

export const legacyCreation = withOneProfile(creation);
export const legacyReplacement = withOneProfile(replacement);

function withOneProfile<T extends object>(reader: Reader<T>): Reader<T> {
  return narrowed(reader, (value, place) => {
    const read = reader(value, place);
    requireOneProfile(read, ['monitor']);
    return read;
  });
}
