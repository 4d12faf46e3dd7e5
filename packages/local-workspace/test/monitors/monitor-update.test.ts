import { describe, expect, test } from '@jest/globals';
import { shippedBehaviours } from '../../src/index.ts';
import { configOf, createMonitor, monitorsPath, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { Reply, TestWorkspace } from '../workspace-client.ts';

const behaviour = shippedBehaviours.documented;
const held = { firstRefresh: 'held', behaviour } as const;
const schedule = { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'UTC' };
const full = { slicing_exprs: ['id > 1'], schedule, assets_dir: '/Workspace/Shared/dpo' };

describe('R109 D013 update of a monitor', () => {
  test('needs a mask of known paths', async () => {
    await withWorkspace(held, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const path = `${monitorsPath}/table/${tableId}`;
      const body = { object_type: 'table', object_id: tableId, data_profiling_config: {} };
      const without = await workspace.call('PATCH', path, body);
      const unknown = await workspace.call('PATCH', `${path}?update_mask=data_profiling_config.colour`, body);
      const indexed = await workspace.call('PATCH', `${path}?update_mask=data_profiling_config.slicing_exprs.0`, body);
      expect([without, unknown, indexed].map(({ status, body: { message } }) => [status, message])).toEqual([
        [400, 'update_mask: missing required field'],
        [400, "update_mask: unknown path 'data_profiling_config.colour'"],
        [400, "update_mask: unknown path 'data_profiling_config.slicing_exprs.0'"],
      ]);
    });
  });

  test('a leaf mask changes that leaf only and raises the version', async () => {
    await withWorkspace({ ...held, lifecycle: { activeAfterMs: 60_000 } }, async (workspace) => {
      const { tableId, reply } = await createMonitor(workspace, full);
      const changed = await patch(workspace, tableId, 'data_profiling_config.schedule.quartz_cron_expression', {
        schedule: { quartz_cron_expression: '0 0 6 * * ?' },
        slicing_exprs: ['ignored'],
      });
      expect(configOf(changed)).toEqual({
        ...configOf(reply),
        schedule: { ...schedule, quartz_cron_expression: '0 0 6 * * ?', pause_status: expect.any(String) },
        monitor_version: 1,
      });
    });
  });

  test('a masked path that the body lacks is cleared', async () => {
    await withWorkspace(held, async (workspace) => {
      const { tableId } = await createMonitor(workspace, full);
      const mask = 'data_profiling_config.schedule,data_profiling_config.slicing_exprs';
      const cleared = configOf(await patch(workspace, tableId, mask, {}));
      expect(cleared).not.toHaveProperty('schedule');
      expect(cleared).not.toHaveProperty('slicing_exprs');
      const half = await patch(workspace, tableId, 'data_profiling_config.output_schema_id', {});
      expect([half.status, half.body['message']]).toEqual([
        400,
        'data_profiling_config.output_schema_id: missing required field',
      ]);
    });
  });

  test('T16 the mask data_profiling_config replaces everything but the assets directory', async () => {
    await withWorkspace(held, async (workspace) => {
      const { tableId, reply } = await createMonitor(workspace, full);
      const changed = await patch(workspace, tableId, 'data_profiling_config', {
        output_schema_id: configOf(reply)['output_schema_id'],
        snapshot: {},
        assets_dir: '/Workspace/elsewhere',
      });
      expect(configOf(changed)).toMatchObject({
        snapshot: {},
        assets_dir: '/Workspace/Shared/dpo',
        monitor_version: 1,
      });
      for (const gone of ['schedule', 'slicing_exprs', 'time_series'])
        expect(configOf(changed)).not.toHaveProperty(gone);
      const moved = await patch(workspace, tableId, 'data_profiling_config.assets_dir', { assets_dir: '/Workspace/b' });
      expect(configOf(moved)['assets_dir']).toBe('/Workspace/Shared/dpo');
    });
  });

  test('a new output schema gives new names to the metric tables', async () => {
    await withWorkspace(held, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const schemaId = await workspace.field(`${unityPrefix}/schemas/prod.ml`, 'schema_id');
      const mask = 'data_profiling_config.output_schema_id';
      const changed = await patch(workspace, tableId, mask, { output_schema_id: schemaId });
      expect(configOf(changed)['profile_metrics_table_name']).toBe('prod.ml.churn_profile_metrics');
    });
  });

  test('output fields are ignored, a pause status and two profile types are refused', async () => {
    await withWorkspace(held, async (workspace) => {
      const { tableId } = await createMonitor(workspace, full);
      const same = await patch(workspace, tableId, 'data_profiling_config.status', { status: 'X' });
      expect(configOf(same)).toMatchObject({ status: expect.stringContaining('STATUS_'), slicing_exprs: ['id > 1'] });
      const paused = await patch(workspace, tableId, 'data_profiling_config.schedule', {
        schedule: { ...schedule, pause_status: 'CRON_SCHEDULE_PAUSE_STATUS_PAUSED' },
      });
      const double = await patch(workspace, tableId, 'data_profiling_config.snapshot', { snapshot: {} });
      const column = await patch(workspace, tableId, 'data_profiling_config.time_series.timestamp_column', {
        time_series: { timestamp_column: 'none' },
      });
      expect([paused.status, double.status, column.status]).toEqual([400, 400, 400]);
    });
  });

  test('with the other reading of masks every mask replaces the whole configuration', async () => {
    await withWorkspace({ ...held, behaviour: { ...behaviour, monitor_mask: 'whole' } }, async (workspace) => {
      const { tableId, reply } = await createMonitor(workspace, full);
      const { output_schema_id, time_series } = configOf(reply);
      const given = { output_schema_id, time_series, slicing_exprs: ['id > 2'] };
      const changed = configOf(await patch(workspace, tableId, 'data_profiling_config.slicing_exprs', given));
      expect(changed).toMatchObject({ ...given, assets_dir: '/Workspace/Shared/dpo' });
      expect(changed).not.toHaveProperty('schedule');
    });
  });

  test('a deleted monitor leaves its metric tables and can be created again', async () => {
    await withWorkspace({ behaviour }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      await workspace.idle();
      const deleted = await workspace.call('DELETE', `${monitorsPath}/table/${tableId}`);
      expect([deleted.status, deleted.body]).toEqual([200, {}]);
      expect((await workspace.call('GET', `${monitorsPath}/table/${tableId}`)).status).toBe(404);
      expect((await workspace.call('DELETE', `${monitorsPath}/table/${tableId}`)).status).toBe(404);
      const metrics = await workspace.call('GET', `${unityPrefix}/tables/prod.monitoring.churn_profile_metrics`);
      expect(metrics.status).toBe(200);
      expect((await createMonitor(workspace)).reply.status).toBe(200);
      await workspace.idle();
    });
  });
});

async function patch(workspace: TestWorkspace, tableId: string, ...change: [string, object]): Promise<Reply> {
  const [mask, config] = change;
  const body = { object_type: 'table', object_id: tableId, data_profiling_config: config };
  return workspace.call('PATCH', `${monitorsPath}/table/${tableId}?update_mask=${mask}`, body);
}
