import { describe, expect, test } from '@jest/globals';
import {
  configOf,
  createMonitor,
  dailyConfig,
  monitorsPath,
  unityPrefix,
  withWorkspace,
} from '../../workspace-client.ts';
import { planned, replay } from '../planned-call.ts';
import type { Seen } from '../planned-call.ts';

const of = ({ tableId }: Seen): string => `${monitorsPath}/table/${tableId}`;

describe('what was recorded of monitors', () => {
  // databricks/cli acceptance/bundle/resources/quality_monitors/create (legacy API, cloud); ai-dev-kit PR #226 (live).
  test('a new one is PENDING without a dashboard, and ACTIVE with one of 32 digits soon after', async () => {
    await withWorkspace({ behaviour: { int64: 'number' } }, async (workspace) => {
      const { tableId, reply } = await createMonitor(workspace);
      expect(configOf(reply)).toMatchObject({
        status: 'DATA_PROFILING_STATUS_PENDING',
        monitor_version: 0,
        profile_metrics_table_name: 'prod.monitoring.churn_profile_metrics',
        drift_metrics_table_name: 'prod.monitoring.churn_drift_metrics',
        assets_dir: expect.stringMatching(/^\//),
      });
      expect(configOf(reply)).not.toHaveProperty('dashboard_id');
      await workspace.idle();
      expect(configOf(await workspace.call('GET', of({ tableId })))).toMatchObject({
        status: 'DATA_PROFILING_STATUS_ACTIVE',
        dashboard_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
    });
  });

  // databricks/cli issue 2437 (text of the service); ai-dev-kit PR #226 (text of the service).
  test('a second one and a missing one are told in the words of the service', async () => {
    await withWorkspace({ behaviour: { monitor_delete: 'immediate' } }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const again = { object_type: 'table', object_id: tableId, data_profiling_config: await dailyConfig(workspace) };
      const missing = `Cannot find Monitor with ID: /metastores:${workspace.metastoreId}/tables:${tableId}/`;
      await replay(
        workspace.call,
        [
          planned('POST', monitorsPath, {
            body: () => again,
            status: 409,
            answer: { message: "Data Monitor 'prod.ml.churn' already exists" },
          }),
          planned('DELETE', of, { status: 200, answer: {} }),
          planned('GET', of, { status: 404, answer: { message: missing } }),
        ],
        { tableId },
      );
    });
  });

  // ai-dev-kit PR #226 (live): the server starts the first refresh; a manual one has a large id and ends with a time.
  test('the first refresh is there without being asked for, and a manual one ends', async () => {
    await withWorkspace({ behaviour: { int64: 'number', monitor_pending_refresh: 'queued' } }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const refreshes = (seen: Seen): string => `${of(seen)}/refreshes`;
      const seen = await replay(
        workspace.call,
        [
          planned('GET', refreshes, { status: 200, answer: { refreshes: [{}] } }),
          planned('POST', refreshes, {
            body: () => ({ object_type: 'table', object_id: tableId }),
            status: 200,
            answer: { state: 'MONITOR_REFRESH_STATE_PENDING', trigger: 'MONITOR_REFRESH_TRIGGER_MANUAL' },
            keep: { refreshId: 'refresh_id' },
          }),
        ],
        { tableId },
      );
      expect(Number(seen['refreshId'])).toBeGreaterThan(2 ** 32);
      await workspace.idle();
      const ended = await workspace.call('GET', `${refreshes(seen)}/${seen['refreshId']}`);
      expect(ended.body).toMatchObject({
        state: 'MONITOR_REFRESH_STATE_SUCCESS',
        end_time_ms: expect.any(Number),
      });
    });
  });

  // databricks/cli acceptance/bundle/resources/quality_monitors/change_assets_dir, both engines (legacy API, cloud).
  test('another assets directory is ignored in an update; a new monitor right after the delete has it', async () => {
    await withWorkspace(
      { behaviour: { monitor_delete: 'immediate', monitor_assets_dir: 'any' } },
      async (workspace) => {
        const { tableId } = await createMonitor(workspace, { assets_dir: '/Workspace/Shared/first' });
        const config = { ...(await dailyConfig(workspace)), assets_dir: '/Workspace/Shared/second' };
        const body = () => ({ object_type: 'table', object_id: tableId, data_profiling_config: config });
        const directory = (path: string) => ({ data_profiling_config: { assets_dir: path } });
        await replay(
          workspace.call,
          [
            planned('PATCH', (seen) => `${of(seen)}?update_mask=data_profiling_config`, {
              body,
              status: 200,
              answer: directory('/Workspace/Shared/first'),
            }),
            planned('DELETE', of, { status: 200, answer: {} }),
            planned('POST', monitorsPath, { body, status: 200, answer: directory('/Workspace/Shared/second') }),
          ],
          { tableId },
        );
      },
    );
  });

  // databricks/cli acceptance/bundle/resources/quality_monitors/change_output_schema_name (legacy API, cloud).
  test('another output schema is taken in place', async () => {
    await withWorkspace({ behaviour: { monitor_output_schema: 'updatable' } }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const schemaId = await workspace.field(`${unityPrefix}/schemas/prod.ml`, 'schema_id');
      const config = { ...(await dailyConfig(workspace)), output_schema_id: schemaId };
      const path = `${of({ tableId })}?update_mask=data_profiling_config.output_schema_id`;
      const moved = await workspace.call('PATCH', path, {
        object_type: 'table',
        object_id: tableId,
        data_profiling_config: config,
      });
      expect(configOf(moved)).toMatchObject({
        output_schema_id: schemaId,
        profile_metrics_table_name: 'prod.ml.churn_profile_metrics',
      });
    });
  });

  // terraform-provider-databricks issue 3859 and PR #4224: only the absence of the schedule stops it.
  test('a schedule is stopped by leaving it out and cannot be paused', async () => {
    await withWorkspace({}, async (workspace) => {
      const schedule = { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' };
      const { tableId, reply } = await createMonitor(workspace, { schedule });
      expect(configOf(reply)['schedule']).toEqual({
        ...schedule,
        pause_status: 'CRON_SCHEDULE_PAUSE_STATUS_UNPAUSED',
      });
      const daily = await dailyConfig(workspace);
      const change = (config: object) => ({
        object_type: 'table',
        object_id: tableId,
        data_profiling_config: { ...daily, ...config },
      });
      const path = `${of({ tableId })}?update_mask=data_profiling_config.schedule`;
      const paused = { schedule: { ...schedule, pause_status: 'CRON_SCHEDULE_PAUSE_STATUS_PAUSED' } };
      expect((await workspace.call('PATCH', path, change(paused))).status).toBe(400);
      expect(configOf(await workspace.call('PATCH', path, change({})))).not.toHaveProperty('schedule');
    });
  });

  // Live notebook export of August 2025 (both metric tables): scale of percentages, families of drift statistics.
  test('percentages run to 100 and numeric columns have no categorical distance', async () => {
    await withWorkspace({}, async (workspace) => {
      await createMonitor(workspace);
      await workspace.idle();
      const rows = async (statement: string): Promise<unknown> => {
        const { body } = await workspace.call('POST', '/api/2.0/sql/statements', {
          statement,
          warehouse_id: workspace.warehouseId,
        });
        return (body['result'] as Record<string, unknown>)['data_array'];
      };
      expect(
        await rows(`SELECT DISTINCT percent_distinct FROM prod.monitoring.churn_profile_metrics
          WHERE column_name = 'id' AND slice_key IS NULL`),
      ).toEqual([['100.0']]);
      expect(
        await rows(`SELECT DISTINCT js_distance, chi_squared_test, tv_distance, l_infinity_distance, ks_test IS NULL,
            wasserstein_distance IS NULL, population_stability_index IS NULL
          FROM prod.monitoring.churn_drift_metrics WHERE column_name = 'score' AND slice_key IS NULL`),
      ).toEqual([[null, null, null, null, 'false', 'false', 'false']]);
      expect(
        await rows(`SELECT DISTINCT avg, data_type FROM prod.monitoring.churn_profile_metrics
          WHERE column_name = ':table' AND slice_key IS NULL`),
      ).toEqual([[null, null]]);
    });
  });
});
