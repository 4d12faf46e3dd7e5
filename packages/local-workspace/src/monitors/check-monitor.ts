import { ApiError, invalidParameter } from '../api/api-error.ts';
import type { SchemaObject, TableObject } from '../unity/objects.ts';
import type { Unity } from '../unity/unity.ts';
import type { MonitorConfig } from './monitor-config.ts';

/** Objects that a configuration refers to. */
export interface MonitorTargets {
  readonly table: TableObject;
  readonly outputSchema: SchemaObject;
}

/** Resolves table and output schema by their ids and requires that every named column is a column of the table. */
export function checkMonitor(unity: Unity, objectId: string, config: MonitorConfig): MonitorTargets {
  const table = unity.tableById(objectId);
  if (table === undefined) {
    throw new ApiError(404, 'TABLE_DOES_NOT_EXIST', `Table with ID '${objectId}' does not exist.`);
  }
  if (table.tableType === 'FOREIGN') {
    throw invalidParameter(`object_id: ${fullName(table)} is a foreign table, which cannot be profiled`);
  }
  const outputSchema = unity.schemaById(config.output_schema_id);
  if (outputSchema === undefined) {
    throw new ApiError(404, 'SCHEMA_DOES_NOT_EXIST', `Schema with ID '${config.output_schema_id}' does not exist.`);
  }
  const columns = new Set(table.columns.map((column) => column.name.toLowerCase()));
  for (const [field, column] of namedColumns(config)) {
    if (!columns.has(column.toLowerCase())) {
      throw invalidParameter(`data_profiling_config.${field}: table ${fullName(table)} has no column '${column}'`);
    }
  }
  return { table, outputSchema };
}

/** Names that follow from table and output schema. Tables of the same leaf name share them, as in the service. */
export function metricTables({ table, outputSchema }: MonitorTargets) {
  const prefix = `${outputSchema.catalog}.${outputSchema.name}.${table.name}`;
  return {
    monitoredTable: fullName(table),
    profileMetricsTable: `${prefix}_profile_metrics`,
    driftMetricsTable: `${prefix}_drift_metrics`,
  };
}

function namedColumns(config: MonitorConfig): readonly (readonly [field: string, column: string])[] {
  const profiles = { time_series: config.time_series, inference_log: config.inference_log };
  return Object.entries(profiles).flatMap(([profile, fields]) =>
    Object.entries(fields ?? {}).flatMap(([field, value]) =>
      field.endsWith('_column') && typeof value === 'string' ? [[`${profile}.${field}`, value] as const] : [],
    ),
  );
}

function fullName(table: TableObject): string {
  return `${table.catalog}.${table.schema}.${table.name}`;
}
