import { describe, expect, test } from '@jest/globals';
import { shippedBehaviours } from '../../src/index.ts';
import { createMonitor, fixedClock, monitorsPath, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const behaviour = shippedBehaviours.documented;

describe('R109 refreshes', () => {
  test('the first one starts by itself and makes the metric tables, owned by the creator', async () => {
    await withWorkspace({ behaviour, principal: 'ann@example.com' }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const path = `${monitorsPath}/table/${tableId}/refreshes`;
      const [pending] = await refreshes(workspace, tableId);
      expect(pending).toMatchObject({
        state: expect.stringMatching(/PENDING|RUNNING/),
        start_time_ms: expect.any(Number),
      });
      expect(pending).not.toHaveProperty('end_time_ms');
      await workspace.idle();
      const [done] = await refreshes(workspace, tableId);
      expect(done).toEqual({
        object_type: 'table',
        object_id: tableId,
        refresh_id: pending?.['refresh_id'],
        state: 'MONITOR_REFRESH_STATE_SUCCESS',
        trigger: 'MONITOR_REFRESH_TRIGGER_MANUAL',
        start_time_ms: fixedClock().getTime(),
        end_time_ms: fixedClock().getTime(),
      });
      expect((await workspace.call('GET', `${path}/${String(done?.['refresh_id'])}`)).body).toEqual(done);
      for (const kind of ['profile', 'drift']) {
        const table = await workspace.call('GET', `${unityPrefix}/tables/prod.monitoring.churn_${kind}_metrics`);
        expect(table.body).toMatchObject({ owner: 'ann@example.com', table_type: 'MANAGED' });
        expect(table.body['columns']).toContainEqual(
          expect.objectContaining({ name: 'window', type_text: 'struct<start:timestamp,end:timestamp>' }),
        );
      }
    });
  });

  test('metric tables are read through statements', async () => {
    await withWorkspace({ behaviour }, async (workspace) => {
      await createMonitor(workspace);
      await workspace.idle();
      const reply = await workspace.call('POST', '/api/2.0/sql/statements', {
        statement: `SELECT window.start, count FROM prod.monitoring.churn_profile_metrics
          WHERE column_name = ':table' AND slice_key IS NULL AND log_type = 'INPUT' ORDER BY 1`,
        warehouse_id: workspace.warehouseId,
      });
      expect(reply.body['result']).toMatchObject({
        data_array: [
          [expect.stringMatching(/^2026-03-01/), '20'],
          [expect.stringMatching(/^2026-03-02/), '20'],
          [expect.stringMatching(/^2026-03-03/), '20'],
        ],
      });
    });
  });

  test('U023: custom metrics of a monitor are columns of its metric tables', async () => {
    const metric = (name: string, type: string, definition: string) => ({
      name,
      definition,
      input_columns: ['id'],
      output_data_type: '{"metadata":{},"name":"output","nullable":true,"type":"double"}',
      type: `DATA_PROFILING_CUSTOM_METRIC_TYPE_${type}`,
    });
    await withWorkspace({ behaviour }, async (workspace) => {
      await createMonitor(workspace, {
        custom_metrics: [
          metric('span', 'AGGREGATE', 'max({{input_column}}) - min({{input_column}})'),
          metric('half_span', 'DERIVED', 'span / 2'),
          metric('span_change', 'DRIFT', '{{current_df}}.half_span - {{base_df}}.half_span'),
        ],
      });
      await workspace.idle();
      const rows = async (columns: string, table: string): Promise<unknown> => {
        const statement = `SELECT DISTINCT ${columns} FROM prod.monitoring.churn_${table} WHERE column_name = 'id'`;
        const reply = await workspace.call('POST', '/api/2.0/sql/statements', {
          statement,
          warehouse_id: workspace.warehouseId,
        });
        return reply.body['result'];
      };
      expect(await rows('span, half_span', 'profile_metrics')).toMatchObject({ data_array: [['57.0', '28.5']] });
      expect(await rows('span_change', 'drift_metrics')).toMatchObject({ data_array: [['0.0']] });
    });
  });

  test('of a table with a change data feed leaves windows alone whose rows are the same, unless their metrics were edited', async () => {
    await withWorkspace({ behaviour }, async (workspace) => {
      const sql = async (statement: string): Promise<unknown> => {
        const body = { statement, warehouse_id: workspace.warehouseId };
        const reply = await workspace.call('POST', '/api/2.0/sql/statements', body);
        expect(reply.body['status']).toEqual({ state: 'SUCCEEDED' });
        return (reply.body['result'] as Record<string, unknown>)['data_array'];
      };
      const read = async (): Promise<unknown> =>
        sql(`SELECT DISTINCT day(window.start), logging_table_commit_version
          FROM prod.monitoring.churn_profile_metrics WHERE log_type = 'INPUT' ORDER BY 1`);
      await sql('ALTER TABLE prod.ml.churn SET TBLPROPERTIES (delta.enableChangeDataFeed = true)');
      const { tableId } = await createMonitor(workspace);
      const refresh = async (): Promise<unknown> => {
        await workspace.call('POST', `${monitorsPath}/table/${tableId}/refreshes`, {
          object_type: 'table',
          object_id: tableId,
        });
        await workspace.idle();
        return read();
      };
      await workspace.idle();
      expect(await read()).toEqual([
        ['1', '0'],
        ['2', '0'],
        ['3', '0'],
      ]);
      await sql('UPDATE prod.ml.churn SET score = score + 1 WHERE day(event_time) = 2');
      expect(await refresh()).toEqual([
        ['1', '0'],
        ['2', '1'],
        ['3', '0'],
      ]);
      await sql('UPDATE prod.monitoring.churn_profile_metrics SET avg = 0 WHERE day(window.start) = 3');
      expect(await refresh()).toEqual([
        ['1', '1'],
        ['2', '1'],
        ['3', '1'],
      ]);
      await sql('ALTER TABLE prod.ml.churn UNSET TBLPROPERTIES (delta.enableChangeDataFeed)');
      await sql('UPDATE prod.ml.churn SET score = score + 1 WHERE day(event_time) = 1');
      expect(await refresh()).toEqual([
        ['1', '2'],
        ['2', '2'],
        ['3', '2'],
      ]);
    });
  });

  test('ids are large integers that a double holds, and the list is the newest first in pages', async () => {
    await withWorkspace({ behaviour, firstRefresh: 'held' }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const path = `${monitorsPath}/table/${tableId}/refreshes`;
      const body = { object_type: 'table', object_id: tableId };
      const started = await workspace.call('POST', path, body);
      const id = Number(started.body['refresh_id']);
      expect(Number.isSafeInteger(id) && id > 2 ** 52).toBe(true);
      await workspace.idle();
      const first = await workspace.call('GET', `${path}?page_size=1`);
      expect(first.body['refreshes']).toMatchObject([{ refresh_id: id, state: 'MONITOR_REFRESH_STATE_SUCCESS' }]);
      const second = await workspace.call(
        'GET',
        `${path}?page_size=1&page_token=${String(first.body['next_page_token'])}`,
      );
      expect(second.body).toMatchObject({ refreshes: [{ state: 'MONITOR_REFRESH_STATE_PENDING' }] });
      expect(second.body).not.toHaveProperty('next_page_token');
      const foreign = await workspace.call('POST', path, { ...body, object_id: workspace.metastoreId });
      expect(foreign.status).toBe(400);
      expect((await workspace.call('GET', `${path}/12`)).status).toBe(404);
    });
  });

  test('a page has 25 refreshes unless told otherwise, and at most 100', async () => {
    const delays = { activeAfterMs: 0, refreshDelayMs: 60_000 };
    await withWorkspace({ behaviour, firstRefresh: 'held', lifecycle: delays }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const path = `${monitorsPath}/table/${tableId}/refreshes`;
      for (let count = 0; count < 25; count += 1) {
        await workspace.call('POST', path, { object_type: 'table', object_id: tableId });
      }
      const first = await workspace.call('GET', path);
      expect(first.body['refreshes']).toHaveLength(25);
      const second = await workspace.call('GET', `${path}?page_token=${String(first.body['next_page_token'])}`);
      expect(second.body['refreshes']).toHaveLength(1);
      expect((await workspace.call('GET', `${path}?page_size=100`)).body['refreshes']).toHaveLength(26);
      const large = await workspace.call('GET', `${path}?page_size=101`);
      expect([large.status, large.body['message']]).toEqual([400, 'page_size: must be at most 100']);
    });
  });

  test.each([
    ['SCHEDULE', 'SCHEDULE'],
    ['DATA_CHANGE', 'UNKNOWN_TRIGGER'],
  ])('a refresh can be started as if by %s; the legacy API calls it %s', async (trigger, legacy) => {
    await withWorkspace({ behaviour, firstRefresh: 'held' }, async (workspace) => {
      await createMonitor(workspace);
      const started = await workspace.call('POST', '/__local/refreshes', { table_name: 'prod.ml.churn', trigger });
      expect(started.body['trigger']).toBe(`MONITOR_REFRESH_TRIGGER_${trigger}`);
      await workspace.idle();
      const id = String(started.body['refresh_id']);
      const path = `${unityPrefix}/tables/prod.ml.churn/monitor/refreshes/${id}`;
      expect((await workspace.call('GET', path)).body).toMatchObject({ trigger: legacy, state: 'SUCCESS' });
    });
  });

  test('of another table or type in the body is refused, and a text for an id', async () => {
    await withWorkspace({ behaviour, firstRefresh: 'held' }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const path = `${monitorsPath}/table/${tableId}/refreshes`;
      const replies = [
        await workspace.call('POST', path, { object_type: 'table', object_id: workspace.metastoreId }),
        await workspace.call('POST', path, { object_type: 'schema', object_id: tableId }),
        await workspace.call('GET', `${path}/first`),
      ];
      expect(replies.map(({ status, body }) => [status, String(body['message']).split(':')[0]])).toEqual([
        [400, 'object_id'],
        [400, 'object_type'],
        [400, 'refresh_id'],
      ]);
    });
  });

  test('a held refresh can be canceled, a finished one stays as it is', async () => {
    await withWorkspace({ behaviour, firstRefresh: 'held' }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const [held] = await refreshes(workspace, tableId);
      const path = `${monitorsPath}/table/${tableId}/refreshes/${String(held?.['refresh_id'])}/cancel`;
      const canceled = await workspace.call('POST', path, {});
      expect(canceled.body['refresh']).toMatchObject({
        state: 'MONITOR_REFRESH_STATE_CANCELED',
        end_time_ms: expect.any(Number),
      });
      expect((await workspace.call('POST', path)).body).toEqual(canceled.body);
    });
  });

  test('without its baseline table a refresh fails with a message and makes no tables', async () => {
    await withWorkspace({ behaviour }, async (workspace) => {
      const { tableId } = await createMonitor(workspace, { baseline_table_name: 'prod.ml.base' });
      await workspace.idle();
      expect(await refreshes(workspace, tableId)).toMatchObject([
        { state: 'MONITOR_REFRESH_STATE_FAILED', message: "baseline table 'prod.ml.base' does not exist" },
      ]);
      const table = await workspace.call('GET', `${unityPrefix}/tables/prod.monitoring.churn_profile_metrics`);
      expect(table.status).toBe(404);
      const monitor = await workspace.call('GET', `${monitorsPath}/table/${tableId}`);
      expect(monitor.body['data_profiling_config']).toMatchObject({
        latest_monitor_failure_message: "baseline table 'prod.ml.base' does not exist",
      });
    });
  });

  test('a second refresh keeps the ids of the metric tables', async () => {
    await withWorkspace({ behaviour }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      await workspace.idle();
      const metrics = `${unityPrefix}/tables/prod.monitoring.churn_profile_metrics`;
      const id = await workspace.field(metrics, 'table_id');
      const body = { object_type: 'table', object_id: tableId };
      await workspace.call('POST', `${monitorsPath}/table/${tableId}/refreshes`, body);
      await workspace.idle();
      expect(await workspace.field(metrics, 'table_id')).toBe(id);
      expect(await refreshes(workspace, tableId)).toHaveLength(2);
    });
  });
});

async function refreshes(workspace: TestWorkspace, tableId: string): Promise<readonly Record<string, unknown>[]> {
  const { body } = await workspace.call('GET', `${monitorsPath}/table/${tableId}/refreshes`);
  return body['refreshes'] as readonly Record<string, unknown>[];
}
