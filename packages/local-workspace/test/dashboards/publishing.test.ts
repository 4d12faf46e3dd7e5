import { describe, expect, test } from '@jest/globals';
import { withWorkspace } from '../workspace-client.ts';
import { content, drawn, lakeview } from './dashboard-client.ts';

const cron = { cron_schedule: { quartz_cron_expression: '0 0 8 * * ?', timezone_id: 'UTC' } };

describe('published dashboards', () => {
  test('T32 F34 what is published is a copy; it is stale once the draft changes, and current again when published', async () => {
    await withWorkspace({}, async (workspace) => {
      const path = `${lakeview}/${await drawn(workspace)}`;
      const times = async (): Promise<boolean> =>
        Date.parse(await workspace.field(`${path}/published`, 'revision_create_time')) >=
        Date.parse(await workspace.field(path, 'update_time'));
      expect(await workspace.call('GET', `${path}/published`)).toMatchObject({
        status: 404,
        body: { message: expect.stringMatching(/^Unable to find published dashboard \[[0-9a-f]{32}\]$/) },
      });
      const published = await workspace.call('POST', `${path}/published`, { embed_credentials: true });
      expect(published.body).toEqual({
        display_name: 'overview',
        embed_credentials: true,
        warehouse_id: workspace.warehouseId,
        revision_create_time: expect.any(String),
      });
      expect(await times()).toBe(true);
      await workspace.call('PATCH', path, { display_name: 'renamed', serialized_dashboard: content });
      expect(await times()).toBe(false);
      expect(await workspace.field(`${path}/published`, 'display_name')).toBe('overview');
      await workspace.call('POST', `${path}/published`, {});
      expect(await times()).toBe(true);
      expect((await workspace.call('DELETE', `${path}/published`)).body).toEqual({});
      expect((await workspace.call('GET', `${path}/published`)).status).toBe(404);
    });
  });

  test('a draft goes back to what is published', async () => {
    await withWorkspace({}, async (workspace) => {
      const path = `${lakeview}/${await drawn(workspace)}`;
      expect((await workspace.call('POST', `${path}/revert`, {})).status).toBe(400);
      await workspace.call('POST', `${path}/published`, {});
      const before = await workspace.field(path, 'serialized_dashboard');
      const text = content.replace('"P"', '"Q"');
      await workspace.call('PATCH', path, { display_name: 'overview', serialized_dashboard: text });
      const reverted = await workspace.call('POST', `${path}/revert`, {});
      expect(reverted.body).toMatchObject({ dashboard: { serialized_dashboard: before, etag: '3' } });
    });
  });

  test.each([
    ['of the call', {}, { warehouse_id: 'none' }],
    ['of the draft, which nobody looks up before', { warehouse_id: 'none' }, {}],
  ])('a warehouse %s that is not there is refused', async (...[, draft, body]) => {
    await withWorkspace({}, async (workspace) => {
      const path = `${lakeview}/${await drawn(workspace, draft)}`;
      expect(await workspace.call('POST', `${path}/published`, body)).toMatchObject({
        status: 400,
        body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'Warehouse none does not exist' },
      });
      expect((await workspace.call('GET', `${path}/published`)).status).toBe(404);
    });
  });
});

describe('schedules of dashboards', () => {
  test('at most ten, each changed only with its present etag', async () => {
    await withWorkspace({}, async (workspace) => {
      const path = `${lakeview}/${await drawn(workspace)}/schedules`;
      const made = await workspace.call('POST', path, cron);
      expect(made.body).toMatchObject({ ...cron, pause_status: 'UNPAUSED', etag: '1' });
      const at = `${path}/${String(made.body['schedule_id'])}`;
      expect((await workspace.call('PUT', at, cron)).body['message']).toBe('etag: missing required field');
      expect((await workspace.call('PUT', at, { ...cron, etag: '9' })).status).toBe(409);
      const paused = { ...cron, pause_status: 'PAUSED', etag: '1' };
      expect((await workspace.call('PUT', at, paused)).body).toMatchObject({ pause_status: 'PAUSED', etag: '2' });
      expect((await workspace.call('DELETE', `${at}?etag=1`)).status).toBe(409);
      for (let count = 1; count < 10; count += 1) await workspace.call('POST', path, cron);
      expect((await workspace.call('POST', path, cron)).status).toBe(400);
      expect((await workspace.call('GET', path)).body['schedules']).toHaveLength(10);
      expect((await workspace.call('DELETE', `${at}?etag=2`)).status).toBe(200);
      expect((await workspace.call('GET', at)).status).toBe(404);
    });
  });

  test.each([
    ['an expression of five fields', { quartz_cron_expression: '0 8 * * ?' }, 'is not a Quartz cron expression'],
    ['an unknown time zone', { timezone_id: 'Mars/Base' }, "'Mars/Base' is not a time zone"],
  ])('%s is refused', async (...[, field, message]) => {
    await withWorkspace({}, async (workspace) => {
      const path = `${lakeview}/${await drawn(workspace)}/schedules`;
      const body = { cron_schedule: { ...cron.cron_schedule, ...field } };
      const reply = await workspace.call('POST', path, body);
      expect([reply.status, reply.body['message']]).toEqual([400, expect.stringContaining(message)]);
      expect((await workspace.call('POST', path, { ...cron, etag: '1' })).status).toBe(400);
      expect((await workspace.call('GET', path)).body['schedules']).toEqual([]);
    });
  });

  test('subscriptions name one subscriber and go by themselves', async () => {
    await withWorkspace({}, async (workspace) => {
      const schedules = `${lakeview}/${await drawn(workspace)}/schedules`;
      const id = String((await workspace.call('POST', schedules, cron)).body['schedule_id']);
      const path = `${schedules}/${id}/subscriptions`;
      expect((await workspace.call('POST', path, { subscriber: {} })).status).toBe(400);
      const subscriber = { user_subscriber: { user_id: 7 } };
      const made = await workspace.call('POST', path, { subscriber, skip_notify: true });
      expect(made.body).toMatchObject({ subscriber, skip_notify: true, schedule_id: id });
      const at = `${path}/${String(made.body['subscription_id'])}`;
      expect((await workspace.call('GET', at)).body).toEqual(made.body);
      expect((await workspace.call('GET', path)).body['subscriptions']).toHaveLength(1);
      expect((await workspace.call('DELETE', at)).status).toBe(200);
      expect((await workspace.call('GET', path)).body['subscriptions']).toEqual([]);
    });
  });
});
