import assert from 'node:assert/strict';
import { monitored, profiles } from './monitored.js';
import { collect, fails, until } from './world.js';

const creates = Object.fromEntries(
  Object.entries(profiles).map(([type, profile]) => [
    `creates one of type ${type}, PENDING and in version 0`,
    async (world) => {
      const { at, table, schemaId, monitor } = await monitored(world, profile);
      assert.deepEqual([monitor.object_type, monitor.object_id], ['table', at.object_id]);
      const config = monitor.data_profiling_config;
      assert.equal(config.status, 'DATA_PROFILING_STATUS_PENDING');
      assert.equal(config.dashboard_id, undefined);
      assert.deepEqual([config.output_schema_id, config.monitor_version], [schemaId, 0]);
      assert.deepEqual(config[type], profile[type]);
      assert.equal(config.monitored_table_name, table.full_name);
      assert.equal(config.profile_metrics_table_name, `${table.full_name}_profile_metrics`);
      assert.equal(config.drift_metrics_table_name, `${table.full_name}_drift_metrics`);
      const active = await until(
        () => world.client.dataQuality.getMonitor({ ...at }),
        (read) => read.data_profiling_config.status === 'DATA_PROFILING_STATUS_ACTIVE',
      );
      assert.deepEqual(active.data_profiling_config[type], profile[type]);
    },
  ]),
);

export const checks = {
  ...creates,

  'echoes everything optional': async (world) => {
    const optional = {
      assets_dir: '/Workspace/Shared/conformance',
      slicing_exprs: ['region', 'id > 10'],
      baseline_table_name: 'conf.data.events',
      schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'Europe/Berlin' },
      notification_settings: { on_failure: { email_addresses: ['a@example.com'] } },
      custom_metrics: [
        {
          name: 'spread',
          type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
          input_columns: ['score'],
          definition: 'max({{input_column}}) - min({{input_column}})',
          output_data_type: '{"metadata":{},"name":"output","nullable":true,"type":"double"}',
        },
      ],
    };
    await world.client.workspace.mkdirs({ path: '/Workspace/Shared/conformance' });
    const { at } = await monitored(world, { ...profiles.time_series, ...optional });
    const { data_profiling_config: config } = await world.client.dataQuality.getMonitor({ ...at });
    const { schedule, ...rest } = optional;
    for (const [field, value] of Object.entries(rest)) assert.deepEqual(config[field], value, field);
    assert.deepEqual(config.schedule, { ...schedule, pause_status: 'CRON_SCHEDULE_PAUSE_STATUS_UNPAUSED' });
  },

  'has a dashboard once it is active, unless told otherwise': async (world) => {
    const { at } = await monitored(world, { ...profiles.snapshot, skip_builtin_dashboard: false });
    const active = await until(
      () => world.client.dataQuality.getMonitor({ ...at }),
      (read) => read.data_profiling_config.status === 'DATA_PROFILING_STATUS_ACTIVE',
    );
    assert.match(active.data_profiling_config.dashboard_id, /^[0-9a-f]{32}$/);
  },

  'changes the leaf that the mask names, and the version': async (world) => {
    const { at, schemaId } = await monitored(world, { ...profiles.time_series, slicing_exprs: ['region'] });
    const changed = await world.client.dataQuality.updateMonitor({
      ...at,
      update_mask: 'data_profiling_config.slicing_exprs',
      monitor: {
        ...at,
        data_profiling_config: { output_schema_id: schemaId, ...profiles.time_series, slicing_exprs: ['id > 10'] },
      },
    });
    assert.deepEqual(changed.data_profiling_config.slicing_exprs, ['id > 10']);
    assert.equal(changed.data_profiling_config.monitor_version, 1);
    assert.deepEqual(changed.data_profiling_config.time_series, profiles.time_series.time_series);
  },

  'drops a schedule that the mask names and the body lacks': async (world) => {
    const schedule = { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' };
    const { at, schemaId } = await monitored(world, { ...profiles.time_series, schedule });
    const changed = await world.client.dataQuality.updateMonitor({
      ...at,
      update_mask: 'data_profiling_config.schedule',
      monitor: { ...at, data_profiling_config: { output_schema_id: schemaId, ...profiles.time_series } },
    });
    assert.equal(changed.data_profiling_config.schedule, undefined);
  },

  'replaces the whole configuration under its mask, but for the assets directory': async (world) => {
    const config = { ...profiles.time_series, slicing_exprs: ['region'], assets_dir: '/Workspace/Shared/first' };
    await world.client.workspace.mkdirs({ path: config.assets_dir });
    const { at, schemaId } = await monitored(world, config);
    const changed = await world.client.dataQuality.updateMonitor({
      ...at,
      update_mask: 'data_profiling_config',
      monitor: {
        ...at,
        data_profiling_config: { output_schema_id: schemaId, ...profiles.snapshot, assets_dir: '/Workspace/Shared/b' },
      },
    });
    const { snapshot, time_series: series, slicing_exprs: slices, assets_dir: assets } = changed.data_profiling_config;
    assert.deepEqual([snapshot, series, slices, assets], [{}, undefined, undefined, config.assets_dir]);
  },

  'refuses a mask with a path that no monitor has': async (world) => {
    const { at, schemaId } = await monitored(world);
    const call = world.client.dataQuality.updateMonitor({
      ...at,
      update_mask: 'data_profiling_config.colour',
      monitor: { ...at, data_profiling_config: { output_schema_id: schemaId, ...profiles.time_series } },
    });
    await fails(call, { status: 400, code: 'INVALID_PARAMETER_VALUE', message: /colour/ });
  },

  'refuses a second one on the same table': async (world) => {
    const { at, table, schemaId } = await monitored(world);
    const again = { ...at, data_profiling_config: { output_schema_id: schemaId, ...profiles.snapshot } };
    await fails(world.client.dataQuality.createMonitor({ monitor: again }), {
      status: 409,
      code: 'ALREADY_EXISTS',
      message: `Data Monitor '${table.full_name}' already exists`,
    });
  },

  'goes, and its metric tables stay': async (world) => {
    const { at, table } = await monitored(world);
    const { client, metastoreId } = world;
    const name = `${table.full_name}_profile_metrics`;
    await until(
      () => client.tables.exists({ full_name: name }),
      ({ table_exists: exists }) => exists === true,
    );
    await client.dataQuality.deleteMonitor({ ...at });
    await fails(client.dataQuality.getMonitor({ ...at }), {
      status: 404,
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: `Cannot find Monitor with ID: /metastores:${metastoreId}/tables:${at.object_id}/`,
    });
    assert.deepEqual(await client.tables.exists({ full_name: name }), { table_exists: true });
  },

  'are not listed, as every generated client says': async ({ client }) => {
    await fails(collect(client.dataQuality.listMonitor({})), { status: 501, code: 'NOT_IMPLEMENTED' });
  },

  'refuses a table that does not exist and two profiles at once': async (world) => {
    const { schema_id: schemaId } = await world.schema();
    const create = (tableId, config) =>
      world.client.dataQuality.createMonitor({
        monitor: {
          object_type: 'table',
          object_id: tableId,
          data_profiling_config: { output_schema_id: schemaId, ...config },
        },
      });
    const missing = create('00000000-0000-4000-8000-000000000000', profiles.snapshot);
    await fails(missing, { status: 404, code: 'TABLE_DOES_NOT_EXIST' });
    const { table_id: tableId } = await world.client.tables.get({ full_name: 'conf.data.events' });
    await fails(create(tableId, { ...profiles.snapshot, ...profiles.time_series }), {
      status: 400,
      code: 'INVALID_PARAMETER_VALUE',
    });
  },
};
