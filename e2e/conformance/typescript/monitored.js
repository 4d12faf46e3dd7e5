const day = ['AGGREGATION_GRANULARITY_1_DAY'];

/** One configuration for each of the three types of profile, over the columns of the seeded events. */
export const profiles = {
  snapshot: { snapshot: {} },
  time_series: { time_series: { timestamp_column: 'event_time', granularities: day } },
  inference_log: {
    inference_log: {
      problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
      timestamp_column: 'event_time',
      granularities: day,
      prediction_column: 'prediction',
      label_column: 'label',
      model_id_column: 'model_id',
    },
  },
};

/** A monitor on a table of its own, with its metric tables beside the table. */
export async function monitored(world, config = profiles.time_series) {
  const { client } = world;
  const table = await world.table();
  const { schema_id: schemaId } = await client.schemas.get({ full_name: `conf.${table.schema_name}` });
  const at = { object_type: 'table', object_id: table.table_id };
  const monitor = await client.dataQuality.createMonitor({
    monitor: { ...at, data_profiling_config: { output_schema_id: schemaId, skip_builtin_dashboard: true, ...config } },
  });
  return { at, table, schemaId, monitor };
}
