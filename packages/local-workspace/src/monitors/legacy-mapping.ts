import type { Answer } from '../api/route.ts';
import type { LegacyConfig, LegacySettings } from './legacy-config.ts';
import { granularityText } from './monitor-fields.ts';
import type { MonitorConfig } from './monitor-config.ts';

/** The settings of a legacy body as the store keeps them. */
export function configOfLegacy(legacy: LegacyConfig, outputSchemaId: string): MonitorConfig {
  const { time_series: series, inference_log: log, custom_metrics: metrics, notifications } = legacy;
  return present({
    output_schema_id: outputSchemaId,
    snapshot: legacy.snapshot,
    time_series: series && { timestamp_column: series.timestamp_col, granularities: series.granularities },
    inference_log: log && logOfLegacy(log),
    baseline_table_name: legacy.baseline_table_name,
    slicing_exprs: legacy.slicing_exprs,
    custom_metrics: metrics?.map((metric) => ({ ...metric, type: `DATA_PROFILING_${metric.type}` as const })),
    schedule: legacy.schedule,
    notification_settings: notifications?.on_failure && { on_failure: notifications.on_failure },
  });
}

export function settingsOfLegacy({ data_classification_config: tags, notifications }: LegacyConfig): LegacySettings {
  const tagged = notifications?.on_new_classification_tag_detected;
  return present({ data_classification_config: tags, on_new_classification_tag_detected: tagged });
}

/** The settings of a monitor as the legacy API shows them; `undefined` fields are not sent. */
export function legacyOfConfig(config: MonitorConfig, legacy: LegacySettings = {}): Answer {
  const { time_series: series, inference_log: log, custom_metrics: metrics } = config;
  const onFailure = config.notification_settings?.on_failure;
  const onTag = legacy.on_new_classification_tag_detected;
  return {
    assets_dir: config.assets_dir,
    snapshot: config.snapshot,
    time_series: series && {
      timestamp_col: series.timestamp_column,
      granularities: series.granularities.map(granularityText),
    },
    inference_log: log && legacyOfLog(log),
    baseline_table_name: config.baseline_table_name,
    slicing_exprs: config.slicing_exprs,
    custom_metrics: metrics?.map((metric) => ({ ...metric, type: metric.type.replace('DATA_PROFILING_', '') })),
    schedule: config.schedule && { ...config.schedule, pause_status: 'UNPAUSED' },
    notifications:
      onFailure === undefined && onTag === undefined
        ? undefined
        : { on_failure: onFailure, on_new_classification_tag_detected: onTag },
    data_classification_config: legacy.data_classification_config,
  };
}

function logOfLegacy(log: NonNullable<LegacyConfig['inference_log']>): NonNullable<MonitorConfig['inference_log']> {
  return present({
    problem_type: `INFERENCE_${log.problem_type}` as const,
    timestamp_column: log.timestamp_col,
    granularities: log.granularities,
    prediction_column: log.prediction_col,
    model_id_column: log.model_id_col,
    label_column: log.label_col,
    prediction_probability_column: log.prediction_proba_col,
  });
}

function legacyOfLog(log: NonNullable<MonitorConfig['inference_log']>): Answer {
  return {
    problem_type: log.problem_type.replace('INFERENCE_', ''),
    timestamp_col: log.timestamp_column,
    granularities: log.granularities.map(granularityText),
    prediction_col: log.prediction_column,
    model_id_col: log.model_id_column,
    label_col: log.label_column,
    prediction_proba_col: log.prediction_probability_column,
  };
}

type Present<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The same fields without those that hold nothing. */
function present<T extends object>(fields: T): Present<T> {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as unknown as Present<T>;
}
