import { describe, expect, test } from '@jest/globals';
import { unityPrefix, withWorkspace } from '../../workspace-client.ts';
import { planned, replay } from '../planned-call.ts';

const monitor = `${unityPrefix}/tables/prod.ml.churn/monitor`;
const wanted = { assets_dir: '/Workspace/Shared/first', output_schema_name: 'prod.monitoring', snapshot: {} };
const names = (schema: string) => ({
  output_schema_name: schema,
  profile_metrics_table_name: `${schema}.churn_profile_metrics`,
  drift_metrics_table_name: `${schema}.churn_drift_metrics`,
});

/** databricks/cli acceptance/bundle/resources/quality_monitors, recorded on a cloud workspace. */
describe('what was recorded of monitors in the legacy API', () => {
  test('create: the remote state of a new one, without its warehouse', async () => {
    await withWorkspace({}, async ({ call, idle, warehouseId }) => {
      const created = await call('POST', monitor, { ...wanted, warehouse_id: warehouseId });
      expect(created.body).toMatchObject({ status: 'MONITOR_STATUS_PENDING' });
      expect(created.body).not.toHaveProperty('dashboard_id');
      await idle();
      expect((await call('GET', monitor)).body).toEqual({
        ...wanted,
        ...names('prod.monitoring'),
        dashboard_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        monitor_version: expect.anything(),
        status: 'MONITOR_STATUS_ACTIVE',
        table_name: 'prod.ml.churn',
      });
    });
  });

  test('change_output_schema_name: taken in place, so that the next plan is clean', async () => {
    await withWorkspace({ behaviour: { monitor_output_schema: 'updatable' } }, async ({ call }) => {
      const replacement = { output_schema_name: 'prod.ml', snapshot: {} };
      await replay(
        call,
        [
          planned('POST', monitor, { body: () => wanted, status: 200, answer: names('prod.monitoring') }),
          planned('PUT', monitor, { body: () => replacement, status: 200, answer: names('prod.ml') }),
          planned('GET', monitor, { status: 200, answer: { ...names('prod.ml'), assets_dir: wanted.assets_dir } }),
        ],
        {},
      );
    });
  });

  test('change_assets_dir: kept by a replacement, new after a delete and a create at once', async () => {
    await withWorkspace({ behaviour: { monitor_delete: 'immediate' } }, async ({ call }) => {
      const other = { ...wanted, assets_dir: '/Workspace/Shared/second' };
      await replay(
        call,
        [
          planned('POST', monitor, { body: () => wanted, status: 200, answer: { assets_dir: wanted.assets_dir } }),
          planned('PUT', monitor, { body: () => other, status: 200, answer: { assets_dir: wanted.assets_dir } }),
          planned('DELETE', monitor, { status: 200, answer: {} }),
          planned('POST', monitor, { body: () => other, status: 200, answer: { assets_dir: other.assets_dir } }),
        ],
        {},
      );
    });
  });

  // ai-dev-kit PR #226 (live): a manual refresh and the list of refreshes.
  test('a manual refresh is PENDING and listed when it ended', async () => {
    await withWorkspace({ behaviour: { monitor_pending_refresh: 'queued' } }, async ({ call, idle }) => {
      await call('POST', monitor, wanted);
      await replay(
        call,
        [
          planned('POST', `${monitor}/refreshes`, {
            status: 200,
            answer: { state: 'PENDING', trigger: 'MANUAL', refresh_id: expect.anything() },
          }),
        ],
        {},
      );
      await idle();
      expect((await call('GET', `${monitor}/refreshes`)).body).toMatchObject({
        refreshes: [{ state: 'SUCCESS', end_time_ms: expect.anything() }, { state: 'SUCCESS' }],
      });
    });
  });
});
