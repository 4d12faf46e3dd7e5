import { describe, expect, test } from '@jest/globals';
import { createMonitor, monitorsPath, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const hours = (count: number): number => count * 3_600_000;
const daily = { schedule: { quartz_cron_expression: '0 0 12 * * ?', timezone_id: 'Europe/Berlin' } };

/** Triggers of the refreshes of a table, the oldest first. */
async function triggers(workspace: TestWorkspace, tableId: string): Promise<readonly unknown[]> {
  const { body } = await workspace.call('GET', `${monitorsPath}/table/${tableId}/refreshes`);
  const refreshes = (body['refreshes'] ?? []) as readonly Record<string, unknown>[];
  return refreshes.map(({ trigger }) => String(trigger).replace('MONITOR_REFRESH_TRIGGER_', '')).toReversed();
}

describe('schedule of a monitor', () => {
  test('starts a refresh at each of its times, as long as it is there', async () => {
    await withWorkspace({ scheduler: true }, async (workspace) => {
      const { tableId, reply } = await createMonitor(workspace, daily);
      expect(reply.status).toBe(200);
      await workspace.idle();
      await workspace.clock.change({ advanceMs: hours(1.9), frozen: true });
      const first = await triggers(workspace, tableId);
      expect(first).toHaveLength(1);
      await workspace.clock.change({ advanceMs: hours(0.1) });
      await workspace.clock.change({ advanceMs: hours(24) });
      expect(await triggers(workspace, tableId)).toEqual([...first, 'SCHEDULE', 'SCHEDULE']);
      const mask = 'data_profiling_config.schedule';
      const config = reply.body['data_profiling_config'] as Record<string, unknown>;
      const { schedule: _removed, ...rest } = config;
      const body = { object_type: 'table', object_id: tableId, data_profiling_config: rest };
      expect((await workspace.call('PATCH', `${monitorsPath}/table/${tableId}?update_mask=${mask}`, body)).status).toBe(
        200,
      );
      await workspace.clock.change({ advanceMs: hours(48) });
      expect(await triggers(workspace, tableId)).toHaveLength(3);
      await workspace.idle();
    });
  });

  test('does nothing unless the workspace runs schedules', async () => {
    await withWorkspace({}, async (workspace) => {
      const { tableId } = await createMonitor(workspace, daily);
      await workspace.idle();
      await workspace.clock.change({ advanceMs: hours(48) });
      expect(await triggers(workspace, tableId)).toHaveLength(1);
    });
  });

  test('is a Quartz expression in a time zone', async () => {
    await withWorkspace({}, async (workspace) => {
      for (const [cron, zone] of [
        ['0 0 12 * * *', 'UTC'],
        ['0 0 12 * * ?', 'Mars/Base'],
      ]) {
        const schedule = { quartz_cron_expression: cron, timezone_id: zone };
        const { reply } = await createMonitor(workspace, { schedule });
        expect([reply.status, reply.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      }
    });
  });
});
