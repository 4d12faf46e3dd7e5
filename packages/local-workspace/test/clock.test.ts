import { describe, expect, test } from '@jest/globals';
import { createWorkspaceClock } from '../src/index.ts';
import { configOf, createMonitor, monitorsPath, withWorkspace } from './workspace-client.ts';

const start = new Date('2026-03-04T09:00:00Z');
const hour = 3_600_000;

describe('clock', () => {
  test('it follows its source, is set, advanced, frozen and let go', async () => {
    let real = start.getTime();
    const clock = createWorkspaceClock(
      () => new Date(real),
      () => real,
    );
    const iso = (): string => clock.now().toISOString();
    real += hour;
    expect(iso()).toBe('2026-03-04T10:00:00.000Z');
    await clock.change({ advanceMs: 24 * hour });
    expect(iso()).toBe('2026-03-05T10:00:00.000Z');
    await clock.change({ set: new Date('2030-01-01T00:00:00Z'), frozen: true });
    real += hour;
    expect(iso()).toBe('2030-01-01T00:00:00.000Z');
    await clock.change({ advanceMs: 1 });
    expect([iso(), clock.state().frozen]).toEqual(['2030-01-01T00:00:00.001Z', true]);
    await clock.change({ frozen: false });
    real += hour;
    expect(iso()).toBe('2030-01-01T01:00:00.001Z');
  });

  test('hooks hear of each change with the new time, are waited for, and can be taken away', async () => {
    const clock = createWorkspaceClock(() => start);
    const heard: string[] = [];
    const forget = clock.onChange(async (now) => {
      await Promise.resolve();
      heard.push(now.toISOString());
    });
    await clock.change({ advanceMs: hour });
    expect(heard).toEqual(['2026-03-04T10:00:00.000Z']);
    forget();
    await clock.change({ advanceMs: hour });
    expect(heard).toHaveLength(1);
  });

  test('delays end early when the clock jumps over them, and not when it goes back', async () => {
    const clock = createWorkspaceClock();
    const { signal } = new AbortController();
    let done = false;
    const waiting = clock.wait(hour, signal).then(() => {
      done = true;
    });
    await clock.change({ set: new Date(0) });
    await clock.change({ advanceMs: hour / 2 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    await clock.change({ advanceMs: hour / 2 });
    await waiting;
    expect(done).toBe(true);
  });

  test('over HTTP it is read and changed, and what is made shows its time', async () => {
    await withWorkspace({}, async ({ call, clock, warehouseId }) => {
      expect((await call('GET', '/__local/clock')).body).toEqual({
        now: start.toISOString(),
        now_ms: start.getTime(),
        frozen: false,
      });
      const changed = await call('POST', '/__local/clock', {
        set: '2027-05-01T00:00:00Z',
        advance_ms: 1,
        frozen: true,
      });
      expect(changed.body).toEqual({ now: '2027-05-01T00:00:00.001Z', now_ms: 1_809_129_600_001, frozen: true });
      expect(clock.now().toISOString()).toBe('2027-05-01T00:00:00.001Z');
      const made = await call('POST', '/api/2.1/unity-catalog/schemas', { name: 'later', catalog_name: 'prod' });
      expect(made.body['created_at']).toBe(1_809_129_600_001);
      const statement = 'SELECT CAST(current_date() AS STRING)';
      const { body } = await call('POST', '/api/2.0/sql/statements', { statement, warehouse_id: warehouseId });
      expect(body['result']).toMatchObject({ data_array: [['2027-05-01']] });
    });
  });

  test('a time that is none and an advance backwards are refused', async () => {
    await withWorkspace({}, async ({ call }) => {
      for (const [body, message] of [
        [{ set: 'tomorrow' }, 'set: is not a time such as 2026-03-01T08:00:00Z'],
        [{ advance_ms: -1 }, 'advance_ms: must be at least 0'],
        [{ frozen: 'yes' }, 'frozen: expected a boolean but got a string'],
      ] as const) {
        const reply = await call('POST', '/__local/clock', body);
        expect([reply.status, reply.body['message']]).toEqual([400, message]);
      }
    });
  });

  test('a monitor and its refresh become ready in a jump, whatever the delays are', async () => {
    const lifecycle = { activeAfterMs: hour, refreshDelayMs: hour, refreshDurationMs: hour };
    await withWorkspace({ realism: { lifecycle } }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const status = async (): Promise<unknown> =>
        configOf(await workspace.call('GET', `${monitorsPath}/table/${tableId}`))['status'];
      const refresh = async (): Promise<unknown> => {
        const { body } = await workspace.call('GET', `${monitorsPath}/table/${tableId}/refreshes`);
        return (body['refreshes'] as readonly Record<string, unknown>[])[0]?.['state'];
      };
      expect([await status(), await refresh()]).toEqual([
        'DATA_PROFILING_STATUS_PENDING',
        'MONITOR_REFRESH_STATE_PENDING',
      ]);
      await workspace.call('POST', '/__local/clock', { advance_ms: 2 * hour + 1000 });
      expect(await status()).toBe('DATA_PROFILING_STATUS_ACTIVE');
      while ((await refresh()) === 'MONITOR_REFRESH_STATE_PENDING')
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await refresh()).toBe('MONITOR_REFRESH_STATE_RUNNING');
      await workspace.call('POST', '/__local/clock', { advance_ms: hour });
      await workspace.idle();
      expect(await refresh()).toBe('MONITOR_REFRESH_STATE_SUCCESS');
    });
  });

  test('a refresh that is RUNNING for long can be canceled and does not hold up the next', async () => {
    await withWorkspace({ realism: { lifecycle: { refreshDurationMs: hour } } }, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const prefix = `${monitorsPath}/table/${tableId}/refreshes`;
      const newest = async (): Promise<Record<string, unknown>> => {
        const { body } = await workspace.call('GET', prefix);
        return (body['refreshes'] as readonly Record<string, unknown>[])[0] ?? {};
      };
      while ((await newest())['state'] !== 'MONITOR_REFRESH_STATE_RUNNING') {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await workspace.call('POST', `${prefix}/${String((await newest())['refresh_id'])}/cancel`, {});
      await workspace.idle();
      expect((await newest())['state']).toBe('MONITOR_REFRESH_STATE_CANCELED');
    });
  });
});
