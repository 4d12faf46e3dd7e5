import { describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Behaviour } from '../../src/index.ts';
import { shippedBehaviours } from '../../src/index.ts';
import { as, others } from '../access/principals.ts';
import { configOf, createMonitor, dailyConfig, monitorsPath, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

/** The documented behaviour but for one switch; first refreshes are held. */
async function withSwitch(
  behaviour: Partial<Behaviour>,
  work: (workspace: TestWorkspace) => Promise<void>,
  options: Parameters<typeof withWorkspace>[0] = {},
): Promise<void> {
  const all = { ...shippedBehaviours.documented, ...behaviour };
  await withWorkspace({ firstRefresh: 'held', principals: others, ...options, behaviour: all }, work);
}

const path = (tableId: string) => `${monitorsPath}/table/${tableId}`;

/** Changes one field; clears it if there is no value. */
function update(workspace: TestWorkspace, tableId: string, change: readonly [field: string, value?: unknown]) {
  const [field, value] = change;
  return workspace.call('PATCH', `${path(tableId)}?update_mask=data_profiling_config.${field}`, {
    object_type: 'table',
    object_id: tableId,
    data_profiling_config: value === undefined ? {} : { [field]: value },
  });
}

describe('the list of monitors', () => {
  test('F02 P2: is not implemented', async () => {
    await withSwitch({ monitor_list: 'unimplemented' }, async (workspace) => {
      const { status, body } = await workspace.call('GET', monitorsPath);
      expect([status, body['error_code']]).toEqual([501, 'NOT_IMPLEMENTED']);
    });
  });

  test('F02 P2: is served in pages, to each what he may read', async () => {
    await withSwitch({ monitor_list: 'served' }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const schema_id = await workspace.field(`${unityPrefix}/schemas/prod.ml`, 'schema_id');
      const schema = { object_type: 'schema', object_id: schema_id, anomaly_detection_config: {} };
      await workspace.call('POST', monitorsPath, schema);
      const first = await workspace.call('GET', `${monitorsPath}?page_size=1`);
      expect(first.body['monitors']).toMatchObject([{ object_type: 'table', object_id: tableId }]);
      const token = String(first.body['next_page_token']);
      const second = await workspace.call('GET', `${monitorsPath}?page_size=1&page_token=${token}`);
      expect(second.body).toMatchObject({ monitors: [{ object_type: 'schema', object_id: schema_id }] });
      expect(second.body).not.toHaveProperty('next_page_token');
      expect((await as(workspace, 'bo-token').call('GET', monitorsPath)).body).toEqual({ monitors: [] });
      expect((await workspace.call('GET', `${monitorsPath}?page_size=101`)).body['message']).toContain('page_size');
    });
  });
});

describe('an update of the output schema', () => {
  test.each(['updatable', 'refused'] as const)('W018: is %s', async (value) => {
    await withSwitch({ monitor_output_schema: value }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const other = await workspace.field(`${unityPrefix}/schemas/prod.ml`, 'schema_id');
      const reply = await update(workspace, tableId, ['output_schema_id', other]);
      if (value === 'updatable') {
        expect(configOf(reply)['drift_metrics_table_name']).toBe('prod.ml.churn_drift_metrics');
        return;
      }
      expect(reply).toMatchObject({
        status: 400,
        body: { message: 'data_profiling_config.output_schema_id: it cannot be changed' },
      });
      const same = (await dailyConfig(workspace))['output_schema_id'];
      expect((await update(workspace, tableId, ['output_schema_id', same])).status).toBe(200);
      // The legacy API is recorded to take it (databricks/cli `change_output_schema_name`).
      const legacy = `${unityPrefix}/tables/prod.ml.churn/monitor`;
      const replaced = await workspace.call('PUT', legacy, { output_schema_name: 'prod.ml', snapshot: {} });
      expect(replaced.body).toMatchObject({ output_schema_name: 'prod.ml', monitor_version: 2 });
    });
  });
});

describe('what GET echoes', () => {
  test.each(['hidden', 'echoed'] as const)('W019: inputs of creation are %s', async (value) => {
    await withSwitch({ monitor_create_inputs: value }, async (workspace) => {
      const inputs = { warehouse_id: 'w', skip_builtin_dashboard: true };
      const { tableId, reply } = await createMonitor(workspace, inputs);
      const read = configOf(await workspace.call('GET', path(tableId)));
      for (const config of [configOf(reply), read]) {
        const { warehouse_id, skip_builtin_dashboard } = config;
        const shown = value === 'echoed' ? inputs : { warehouse_id: undefined, skip_builtin_dashboard: undefined };
        expect({ warehouse_id, skip_builtin_dashboard }).toEqual(shown);
      }
    });
  });

  test.each(['dropped', 'echoed'] as const)('W019 F05: the probability column is %s', async (value) => {
    await withSwitch({ monitor_probability_column: value }, async (workspace) => {
      const log = {
        problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
        timestamp_column: 'event_time',
        granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
        prediction_column: 'prediction',
        model_id_column: 'model_id',
      };
      const given = { ...log, prediction_probability_column: 'score' };
      const { reply } = await createMonitor(workspace, { time_series: null, inference_log: given });
      expect(configOf(reply)['inference_log']).toEqual(value === 'echoed' ? given : log);
    });
  });

  test.each(['number', 'text'] as const)('int64 fields are %s', async (value) => {
    await withSwitch({ int64: value }, async (workspace) => {
      const { tableId, reply } = await createMonitor(workspace);
      const type = value === 'text' ? 'string' : 'number';
      expect(typeof configOf(reply)['monitor_version']).toBe(type);
      const added = await workspace.call('POST', `${path(tableId)}/refreshes`, {
        object_type: 'table',
        object_id: tableId,
      });
      await workspace.idle();
      const id = String(added.body['refresh_id']);
      const done = (await workspace.call('GET', `${path(tableId)}/refreshes/${id}`)).body;
      const legacy = await workspace.call('GET', `${unityPrefix}/tables/prod.ml.churn/monitor/refreshes/${id}`);
      for (const refresh of [done, legacy.body]) {
        const fields = ['refresh_id', 'start_time_ms', 'end_time_ms'].map((field) => typeof refresh[field]);
        expect(fields).toEqual([type, type, type]);
      }
      expect(String(done['refresh_id'])).toBe(id);
    });
  });
});

describe('what a creation needs', () => {
  test.each(['any', 'existing'] as const)('F07: the assets directory may be %s', async (value) => {
    await withSwitch({ monitor_assets_dir: value }, async (workspace) => {
      const wanted = { assets_dir: '/Workspace/Shared/none/yet' };
      const { reply, tableId } = await createMonitor(workspace, wanted);
      if (value === 'any') {
        expect(reply.status).toBe(200);
        return;
      }
      expect(reply).toMatchObject({
        status: 400,
        body: { message: "data_profiling_config.assets_dir: folder '/Workspace/Shared/none/yet' does not exist" },
      });
      await workspace.call('POST', '/api/2.0/workspace/mkdirs', { path: '/Shared/none/yet' });
      expect((await createMonitor(workspace, wanted)).reply.status).toBe(200);
      await workspace.call('DELETE', path(tableId));
      // Without a directory of one's own the default is taken, whether it is there or not.
      expect((await createMonitor(workspace)).reply.status).toBe(200);
    });
  });

  test.each(['allowed', 'refused'] as const)('a view is %s', async (value) => {
    await withSwitch({ monitor_on_view: value }, async (workspace) => {
      const object_id = await workspace.field(`${unityPrefix}/tables/prod.ml.recent`, 'table_id');
      const reply = await workspace.call('POST', monitorsPath, {
        object_type: 'table',
        object_id,
        data_profiling_config: await dailyConfig(workspace),
      });
      const refused = 'object_id: prod.ml.recent is a VIEW; only managed and external tables are supported';
      expect([reply.status, reply.body['message']]).toEqual(value === 'allowed' ? [200, undefined] : [400, refused]);
    });
  });
});

describe('the end of a monitor', () => {
  test.each(['gone', 'readable'] as const)('P5: of a dropped table it is %s', async (value) => {
    await withSwitch({ monitor_of_dropped_table: value, monitor_list: 'served' }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      await workspace.call('DELETE', `${unityPrefix}/tables/prod.ml.churn`);
      const expected = value === 'gone' ? 404 : 200;
      const read = await workspace.call('GET', path(tableId));
      expect(read.status).toBe(expected);
      expect((await workspace.call('GET', monitorsPath)).body['monitors']).toHaveLength(value === 'gone' ? 0 : 1);
      if (value === 'gone') expect(read.body['message']).toContain(`/tables:${tableId}/`);
      else expect(configOf(read)['monitored_table_name']).toBe('prod.ml.churn');
      const started = await workspace.call('POST', `${path(tableId)}/refreshes`, {
        object_type: 'table',
        object_id: tableId,
      });
      expect(started.status).toBe(expected);
      await workspace.idle();
      expect((await workspace.call('DELETE', path(tableId))).status).toBe(expected);
      expect((await workspace.call('GET', path(tableId))).status).toBe(404);
    });
  });

  test('a deletion is done at once', async () => {
    await withSwitch({ monitor_delete: 'immediate' }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      expect(await workspace.call('DELETE', path(tableId))).toMatchObject({ status: 200, body: {} });
      expect((await workspace.call('DELETE', path(tableId))).status).toBe(404);
      expect((await createMonitor(workspace)).reply.status).toBe(200);
    });
  });

  test('a deletion passes through DELETE_PENDING, in which a creation conflicts', async () => {
    const options = { lifecycle: { deleteDelayMs: 60_000 } };
    await withSwitch(
      { monitor_delete: 'pending' },
      async (workspace) => {
        const { tableId } = await createMonitor(workspace, { slicing_exprs: ['id > 3'] });
        await workspace.call('DELETE', path(tableId));
        const leaving = await workspace.call('GET', path(tableId));
        expect(configOf(leaving)['status']).toBe('DATA_PROFILING_STATUS_DELETE_PENDING');
        expect((await createMonitor(workspace)).reply).toMatchObject({
          status: 409,
          body: { error_code: 'ALREADY_EXISTS' },
        });
        const changed = await update(workspace, tableId, ['slicing_exprs']);
        expect([changed.status, changed.body['error_code']]).toEqual([400, 'INVALID_STATE']);
        expect((await workspace.call('DELETE', path(tableId))).status).toBe(200);
      },
      options,
    );
  });
});

describe('after DELETE_PENDING', () => {
  test('a monitor is gone, and the next one of its table starts from nothing', async () => {
    const options = { lifecycle: { deleteDelayMs: 20 } };
    await withSwitch(
      { monitor_delete: 'pending' },
      async (workspace) => {
        const { tableId } = await createMonitor(workspace, { slicing_exprs: ['id > 3'] });
        await workspace.call('DELETE', path(tableId));
        while ((await workspace.call('GET', path(tableId))).status !== 404) await sleep(5);
        const again = (await createMonitor(workspace)).reply;
        expect(configOf(again)).toMatchObject({ monitor_version: 0 });
        expect(configOf(again)).not.toHaveProperty('slicing_exprs');
        const { body } = await workspace.call('GET', `${path(tableId)}/refreshes`);
        expect(body['refreshes']).toHaveLength(1);
      },
      options,
    );
  });
});

describe('a monitor that is not ACTIVE', () => {
  const metric = (output_data_type: string) => ({
    custom_metrics: [
      {
        name: 'm',
        definition: 'avg({{input_column}})',
        input_columns: ['score'],
        output_data_type,
        type: 'DATA_PROFILING_CUSTOM_METRIC_TYPE_AGGREGATE',
      },
    ],
  });
  const structField = '{"metadata":{},"name":"output","nullable":true,"type":"double"}';

  test.each([
    ['accepted', 'double', 'ACTIVE'],
    ['never_initialises', 'double', 'PENDING'],
    ['never_initialises', structField, 'ACTIVE'],
  ] as const)('F15: metric types %s, type %s: %s', async (value, type, status) => {
    const options = { firstRefresh: 'automatic', lifecycle: { activeAfterMs: 0, refreshDelayMs: 0 } } as const;
    await withSwitch(
      { custom_metric_bare_type: value },
      async (workspace) => {
        const { tableId } = await createMonitor(workspace, metric(type));
        await workspace.idle();
        const config = configOf(await workspace.call('GET', path(tableId)));
        expect(config['status']).toBe(`DATA_PROFILING_STATUS_${status}`);
        if (status === 'ACTIVE') return;
        expect(config).not.toHaveProperty('latest_monitor_failure_message');
        expect(config).not.toHaveProperty('dashboard_id');
        const { body } = await workspace.call('GET', `${path(tableId)}/refreshes`);
        expect(body['refreshes']).toMatchObject([{ state: 'MONITOR_REFRESH_STATE_PENDING' }]);
        const metrics = `${unityPrefix}/tables/prod.monitoring.churn_profile_metrics`;
        expect((await workspace.call('GET', metrics)).status).toBe(404);
        await update(workspace, tableId, ['custom_metrics', metric(structField).custom_metrics]);
        await workspace.idle();
        expect(configOf(await workspace.call('GET', path(tableId)))['status']).toBe('DATA_PROFILING_STATUS_ACTIVE');
        expect((await workspace.call('GET', metrics)).status).toBe(200);
      },
      options,
    );
  });

  test.each(['queued', 'refused'] as const)('a refresh of it is %s', async (value) => {
    await withSwitch(
      { monitor_pending_refresh: value },
      async (workspace) => {
        const { tableId } = await createMonitor(workspace);
        const body = { object_type: 'table', object_id: tableId };
        const reply = await workspace.call('POST', `${path(tableId)}/refreshes`, body);
        expect([reply.status, reply.body['error_code']]).toEqual(
          value === 'queued' ? [200, undefined] : [400, 'INVALID_STATE'],
        );
      },
      { lifecycle: { activeAfterMs: 60_000, refreshDelayMs: 60_000 } },
    );
  });
});

describe('limits', () => {
  test.each([
    ['quota_exceeded', 429, 'QUOTA_EXCEEDED'],
    ['resource_exhausted', 400, 'RESOURCE_EXHAUSTED'],
  ] as const)('W011 P1: beyond the quota a creation is refused as %s', async (value, status, code) => {
    await withSwitch(
      { monitor_quota_error: value },
      async (workspace) => {
        const { tableId } = await createMonitor(workspace);
        const orders = await workspace.field(`${unityPrefix}/tables/prod.ml.orders`, 'table_id');
        const { output_schema_id } = await dailyConfig(workspace);
        const body = {
          object_type: 'table',
          object_id: orders,
          data_profiling_config: { output_schema_id, snapshot: {} },
        };
        const reply = await workspace.call('POST', monitorsPath, body);
        expect([reply.status, reply.body['error_code'], reply.body['message']]).toEqual([
          status,
          code,
          `Cannot create 1 Data Monitor(s) in Metastore ${workspace.metastoreId} (estimated count: 1, limit: 1).`,
        ]);
        // A second one on the same table is a conflict all the same.
        expect((await createMonitor(workspace)).reply.status).toBe(409);
        await workspace.call('DELETE', path(tableId));
        expect((await workspace.call('POST', monitorsPath, body)).status).toBe(200);
      },
      { realism: { monitorQuota: 1 } },
    );
  });

  test('without data profiling every call of both APIs is refused by name', async () => {
    await withWorkspace({ dataProfilingEnabled: false }, async (workspace) => {
      const legacy = `${unityPrefix}/tables/prod.ml.churn/monitor`;
      const replies = [
        (await createMonitor(workspace)).reply,
        await workspace.call('GET', `${monitorsPath}/table/x`),
        await workspace.call('GET', legacy),
        await workspace.call('POST', `${legacy}/refreshes`),
      ];
      for (const { status, body } of replies) {
        expect([status, body['error_code']]).toEqual([400, 'FEATURE_NOT_ENABLED']);
      }
    });
  });
});
