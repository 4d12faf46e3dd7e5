import assert from 'node:assert/strict';
import { monitored, profiles } from './monitored.js';
import { collect, fails, until } from './world.js';

const terminal = ['MONITOR_REFRESH_STATE_SUCCESS', 'MONITOR_REFRESH_STATE_FAILED', 'MONITOR_REFRESH_STATE_CANCELED'];

/** Starts a refresh and polls it to its end, as the documentation's sample does. */
async function refreshed({ client }, at) {
  const started = await client.dataQuality.createRefresh({ ...at, refresh: { ...at } });
  assert.match(started.state, /_(PENDING|RUNNING)$/);
  assert.equal(started.trigger, 'MONITOR_REFRESH_TRIGGER_MANUAL');
  assert.equal(started.end_time_ms, undefined);
  const ended = await until(
    () => client.dataQuality.getRefresh({ ...at, refresh_id: started.refresh_id }),
    ({ state }) => terminal.includes(state),
  );
  assert.equal(ended.state, 'MONITOR_REFRESH_STATE_SUCCESS', ended.message);
  return ended;
}

export const checks = {
  'the first one starts by itself': async (world) => {
    const { at } = await monitored(world);
    const refreshes = await until(
      () => collect(world.client.dataQuality.listRefresh({ ...at })),
      ([first]) => terminal.includes(first?.state),
    );
    assert.deepEqual(
      refreshes.map(({ state }) => state),
      ['MONITOR_REFRESH_STATE_SUCCESS'],
    );
  },

  'one more fills the metric tables of a time series': async (world) => {
    const { at, table } = await monitored(world, { ...profiles.time_series, slicing_exprs: ['region'] });
    const ended = await refreshed(world, at);
    assert.ok(ended.end_time_ms >= ended.start_time_ms);
    const counts = await world.sql(
      `SELECT granularity, count FROM ${table.full_name}_profile_metrics
       WHERE column_name = ':table' AND slice_key IS NULL ORDER BY window.start`,
    );
    assert.deepEqual(counts, [
      ['1 day', '20'],
      ['1 day', '20'],
      ['1 day', '20'],
    ]);
    const drift = await world.sql(
      `SELECT DISTINCT drift_type, ks_test.statistic IS NOT NULL, js_distance IS NULL
       FROM ${table.full_name}_drift_metrics WHERE column_name = 'score' AND slice_key IS NULL`,
    );
    assert.deepEqual(drift, [['CONSECUTIVE', 'true', 'true']]);
    const slices = await world.sql(
      `SELECT DISTINCT slice_value FROM ${table.full_name}_profile_metrics WHERE slice_key = 'region' ORDER BY 1`,
    );
    assert.deepEqual(slices, [['north'], ['south']]);
  },

  'of an inference log measures the model': async (world) => {
    const { at, table } = await monitored(world, profiles.inference_log);
    await refreshed(world, at);
    const rows = await world.sql(
      `SELECT DISTINCT model_id, accuracy_score FROM ${table.full_name}_profile_metrics
       WHERE column_name = ':table' AND slice_key IS NULL AND model_id = 'v1'`,
    );
    assert.deepEqual(rows, [['v1', '1.0']]);
  },

  'of a snapshot profiles the whole table': async (world) => {
    const { at, table } = await monitored(world, profiles.snapshot);
    await refreshed(world, at);
    const rows = await world.sql(
      `SELECT DISTINCT num_nulls, percent_null, distinct_count FROM ${table.full_name}_profile_metrics
       WHERE column_name = 'id'`,
    );
    assert.deepEqual(rows, [['0', '0.0', '60']]);
  },

  'are listed in pages, the newest first': async (world) => {
    const { at } = await monitored(world, profiles.snapshot);
    const second = await refreshed(world, at);
    const listed = await collect(world.client.dataQuality.listRefresh({ ...at, page_size: 1 }));
    assert.equal(listed.length, 2);
    assert.equal(listed[0].refresh_id, second.refresh_id);
  },

  'can be canceled, a finished one to no effect': async (world) => {
    const { at } = await monitored(world, profiles.snapshot);
    const { refresh_id: id } = await refreshed(world, at);
    const canceled = await world.client.dataQuality.cancelRefresh({ ...at, refresh_id: id });
    assert.deepEqual([canceled.refresh.refresh_id, canceled.refresh.state], [id, 'MONITOR_REFRESH_STATE_SUCCESS']);
    const started = await world.client.dataQuality.createRefresh({ ...at, refresh: { ...at } });
    await world.client.dataQuality.cancelRefresh({ ...at, refresh_id: started.refresh_id });
    const ended = await world.client.dataQuality.getRefresh({ ...at, refresh_id: started.refresh_id });
    assert.equal(ended.state, 'MONITOR_REFRESH_STATE_CANCELED');
  },

  'that nobody started is missing': async (world) => {
    const { at } = await monitored(world, profiles.snapshot);
    await fails(world.client.dataQuality.getRefresh({ ...at, refresh_id: 12 }), {
      status: 404,
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
  },
};
