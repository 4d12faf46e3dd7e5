import assert from 'node:assert/strict';
import { fails, until } from './world.js';

const daily = { timestamp_col: 'event_time', granularities: ['1 day'] };

async function legacyMonitored(world, config = { snapshot: {} }) {
  const table = await world.table();
  const wanted = {
    table_name: table.full_name,
    output_schema_name: `conf.${table.schema_name}`,
    assets_dir: '/Workspace/Shared/legacy',
    warehouse_id: world.warehouseId,
    ...config,
  };
  await world.client.workspace.mkdirs({ path: wanted.assets_dir });
  const created = await world.client.qualityMonitors.create(wanted);
  return { table, wanted, created, of: { table_name: table.full_name } };
}

export const checks = {
  'creates one with the recorded fields': async (world) => {
    const { created, table, of } = await legacyMonitored(world);
    assert.deepEqual([created.status, created.dashboard_id], ['MONITOR_STATUS_PENDING', undefined]);
    const read = await until(
      () => world.client.qualityMonitors.get({ ...of }),
      ({ status }) => status === 'MONITOR_STATUS_ACTIVE',
    );
    assert.match(read.dashboard_id, /^[0-9a-f]{32}$/);
    const { dashboard_id: _dashboard, ...rest } = read;
    // databricks/cli acceptance/bundle/resources/quality_monitors/create: warehouse_id is not echoed.
    assert.deepEqual(rest, {
      assets_dir: '/Workspace/Shared/legacy',
      drift_metrics_table_name: `${table.full_name}_drift_metrics`,
      monitor_version: 0,
      output_schema_name: `conf.${table.schema_name}`,
      profile_metrics_table_name: `${table.full_name}_profile_metrics`,
      snapshot: {},
      status: 'MONITOR_STATUS_ACTIVE',
      table_name: table.full_name,
    });
  },

  'shows the monitor of the other API': async (world) => {
    const { table } = await legacyMonitored(world, { time_series: daily });
    const { data_profiling_config: config } = await world.client.dataQuality.getMonitor({
      object_type: 'table',
      object_id: table.table_id,
    });
    assert.deepEqual(config.time_series, {
      timestamp_column: 'event_time',
      granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
    });
  },

  'replaces everything in an update, but for the assets directory': async (world) => {
    const { wanted, of } = await legacyMonitored(world, { snapshot: {}, slicing_exprs: ['region'] });
    const updated = await world.client.qualityMonitors.update({
      ...of,
      output_schema_name: wanted.output_schema_name,
      snapshot: {},
    });
    assert.equal(updated.slicing_exprs, undefined);
    const read = await world.client.qualityMonitors.get({ ...of });
    assert.deepEqual([read.slicing_exprs, read.assets_dir], [undefined, wanted.assets_dir]);
  },

  'runs a refresh and lists it': async (world) => {
    const { of } = await legacyMonitored(world, { time_series: daily });
    const started = await world.client.qualityMonitors.runRefresh({ ...of });
    assert.deepEqual([started.state, started.trigger], ['PENDING', 'MANUAL']);
    const ended = await until(
      () => world.client.qualityMonitors.getRefresh({ ...of, refresh_id: started.refresh_id }),
      ({ state }) => !['PENDING', 'RUNNING'].includes(state),
    );
    assert.equal(ended.state, 'SUCCESS', ended.message);
    const { refreshes } = await world.client.qualityMonitors.listRefreshes({ ...of });
    assert.ok(refreshes.some(({ refresh_id: id, end_time_ms: end }) => id === started.refresh_id && end > 0));
  },

  'refuses a second one and tells that one is missing': async (world) => {
    const { table, wanted, of } = await legacyMonitored(world);
    const again = await world.client.qualityMonitors.create(wanted).catch((fault) => fault);
    assert.equal(again.message, `Data Monitor '${table.full_name}' already exists`);
    await world.client.qualityMonitors.delete({ ...of });
    await fails(world.client.qualityMonitors.get({ ...of }), {
      status: 404,
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: `Cannot find Monitor with ID: /metastores:${world.metastoreId}/tables:${table.table_id}/`,
    });
    // databricks/cli acceptance/bundle/resources/quality_monitors/change_assets_dir: a new one right after the delete.
    assert.equal((await world.client.qualityMonitors.create(wanted)).monitor_version, 0);
  },

  'makes the dashboard anew': async (world) => {
    const { of } = await legacyMonitored(world);
    const made = await world.client.qualityMonitors.regenerateDashboard({ ...of, warehouse_id: world.warehouseId });
    assert.match(made.dashboard_id, /^[0-9a-f]{32}$/);
    assert.equal(typeof made.parent_folder, 'string');
  },
};
