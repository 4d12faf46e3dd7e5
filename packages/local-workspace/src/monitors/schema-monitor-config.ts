import { filledText, flag, ignored, list, narrowed, oneOf, shape, ShapeFault } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { partially } from './monitor-config.ts';
import { filledList, uuidText } from './monitor-fields.ts';

const number: Reader<number> = (value, { path }) => {
  if (typeof value !== 'number') throw new ShapeFault(path, 'expected a number');
  return value;
};

const columnNames = filledList(filledText);

/** databricks-sdk-py `ValidityCheckConfiguration`. */
const validityCheck = shape({
  optional: {
    name: filledText,
    percent_null_validity_check: shape({ optional: { column_names: columnNames, upper_bound: number } }),
    range_validity_check: shape({
      optional: { column_names: columnNames, lower_bound: number, upper_bound: number },
    }),
    uniqueness_validity_check: shape({ optional: { column_names: columnNames } }),
  },
});

const fullName: Reader<string> = (value, place) => {
  const name = filledText(value, place);
  if (/^[^.]+\.[^.]+\.[^.]+$/.test(name)) return name;
  throw new ShapeFault(place.path, `'${name}' is not of the form catalog.schema.table`);
};

/** A user id is a number on other calls; as the text of one it is taken as well, and given as one. */
const userId: Reader<string> = (value, { path }) => {
  const id = typeof value === 'number' ? String(value) : value;
  if (typeof id === 'string' && /^\d{1,19}$/.test(id)) return id;
  throw new ShapeFault(path, 'expected the id of a user');
};

/**
 * Bundles Python reference, "Data Quality Monitors": only `on_unhealthy_table`, and of it only ids of destinations and
 * of users.
 */
const notificationSettings = shape({
  optional: {
    on_unhealthy_table: shape({ optional: { destination_ids: list(uuidText), destination_user_ids: list(userId) } }),
  },
});

const outputFields = { anomaly_detection_workflow_id: ignored, job_type: ignored };

const configShape = shape({
  optional: {
    excluded_table_full_names: list(fullName),
    publish_health_indicator: flag,
    validity_check_configurations: list(validityCheck),
    notification_settings: notificationSettings,
    ...outputFields,
  },
});

export type AnomalyConfig = Omit<ReturnType<typeof configShape>, keyof typeof outputFields>;

/** The `anomaly_detection_config` of a monitor on a schema; nothing in it is required. */
export const anomalyConfig = narrowed(configShape, (value, place): AnomalyConfig => {
  const { anomaly_detection_workflow_id: _workflow, job_type: _type, ...config } = configShape(value, place);
  return config;
});

const identity = { object_type: oneOf('schema'), object_id: uuidText };

export const newSchemaMonitor = shape({ required: { ...identity, anomaly_detection_config: anomalyConfig } });

export const changedSchemaMonitor = shape({
  required: identity,
  optional: { anomaly_detection_config: partially(anomalyConfig), data_profiling_config: ignored },
});
