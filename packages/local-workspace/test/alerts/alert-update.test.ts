import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import { withWorkspace } from '../workspace-client.ts';
import { alertBody, alertsPath, condition, createAlert, noticed, patchAlert } from './alert-client.ts';

const paused = { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'UTC', pause_status: 'PAUSED' };
const everything =
  'custom_description,custom_summary,display_name,evaluation,parameters,parent_path,query_text,run_as,run_as_user_name,schedule,warehouse_id';

describe('U102 update of an alert', () => {
  test('needs a mask of known paths', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace);
      const found: unknown[] = [];
      for (const query of [
        '',
        '?update_mask=',
        '?update_mask=colour',
        '?update_mask=evaluation.treshold',
        '?update_mask=parameters.0',
      ]) {
        const { status, body } = await workspace.call('PATCH', `${alertsPath}/${id}${query}`, {});
        found.push([status, body['message']]);
      }
      expect(found).toEqual([
        [400, 'update_mask: missing required field'],
        [400, 'update_mask: must not be empty'],
        [400, "update_mask: unknown path 'colour'"],
        [400, "update_mask: unknown path 'evaluation.treshold'"],
        [400, "update_mask: unknown path 'parameters.0'"],
      ]);
    });
  });

  test('changes what the mask names and nothing else', async () => {
    let now = new Date('2026-03-04T09:00:00Z');
    await withWorkspace({ clock: () => now }, async (workspace) => {
      const { id, body } = await createAlert(workspace, { custom_summary: 'old', schedule: paused });
      now = new Date('2026-03-04T10:00:00Z');
      const change = {
        custom_summary: 'new',
        query_text: 'ignored',
        evaluation: { threshold: { value: { double_value: 0 } }, comparison_operator: 'EQUAL' },
      };
      const changed = await patchAlert(workspace, id, 'custom_summary,evaluation.threshold', change);
      const evaluation = { ...(body['evaluation'] as object), threshold: { value: { double_value: 0 } } };
      const expected = { ...body, custom_summary: 'new', evaluation, update_time: '2026-03-04T10:00:00.000Z' };
      expect(changed.body).toEqual(expected);
      expect((await workspace.call('GET', `${alertsPath}/${id}`)).body).toEqual(expected);
    });
  });

  test('clears an optional field that the mask names and the body lacks, and refuses to clear a required one', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace, { custom_summary: 'old', evaluation: noticed() });
      const cleared = await patchAlert(workspace, id, 'custom_summary,evaluation.notification', {});
      expect(cleared.body).not.toHaveProperty('custom_summary');
      expect(cleared.body).toMatchObject({ evaluation: { notification: {} } });
      for (const [mask, message] of [
        ['display_name', 'Missing or empty alert name'],
        ['schedule.timezone_id', 'schedule.timezone_id: missing required field'],
        ['evaluation.threshold', 'evaluation.threshold: missing required field'],
        ['evaluation', 'evaluation: missing required field'],
      ] as const) {
        const { status, body } = await patchAlert(workspace, id, mask, {});
        expect([mask, status, body['message']]).toEqual([mask, 400, message]);
      }
    });
  });

  test('of one kind of threshold takes the place of another', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace);
      const text = { evaluation: { threshold: { value: { string_value: 'x' } } } };
      const changed = await patchAlert(workspace, id, 'evaluation.threshold.value.string_value', text);
      expect(changed.body).toMatchObject({ evaluation: { threshold: { value: { string_value: 'x' } } } });
      const column = { evaluation: { threshold: { column: { name: 'm' } } } };
      const again = await patchAlert(workspace, id, 'evaluation.threshold.column', column);
      expect((again.body['evaluation'] as Record<string, unknown>)['threshold']).toEqual({ column: { name: 'm' } });
    });
  });

  test('T30: with * replaces everything, but for the folder', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id, body } = await createAlert(workspace, { custom_summary: 'old', parent_path: '/Shared' });
      const given = alertBody(workspace, { query_text: 'SELECT 8 AS n', parent_path: '/Users' });
      const changed = await patchAlert(workspace, id, '*', given);
      expect(changed.body).toMatchObject({ query_text: 'SELECT 8 AS n', parent_path: body['parent_path'] });
      expect(changed.body['effective_parent_path']).toBe('/Workspace/Shared');
      expect(changed.body).not.toHaveProperty('custom_summary');
      expect((await patchAlert(workspace, id, '*', { display_name: 'x' })).status).toBe(400);
    });
  });

  test('with the mask of Terraform, folder and identities named, changes no folder and no identity', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id, body } = await createAlert(workspace, { parent_path: '/Shared' });
      const changed = await patchAlert(workspace, id, everything, { ...body, query_text: 'SELECT 9 AS n' });
      expect(changed.body).toEqual({ ...body, query_text: 'SELECT 9 AS n' });
    });
  });

  test('W013: that leaves the pause status out resumes the alert', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id, body } = await createAlert(workspace, { schedule: paused });
      expect(body).toMatchObject({ schedule: { pause_status: 'PAUSED', effective_pause_status: 'PAUSED' } });
      const { pause_status: _left, ...cron } = paused;
      const changed = await patchAlert(workspace, id, 'schedule', { schedule: cron });
      expect(changed.body['schedule']).toEqual({ ...cron, effective_pause_status: 'UNPAUSED' });
      const again = await patchAlert(workspace, id, 'schedule.pause_status', { schedule: { pause_status: 'PAUSED' } });
      expect(again.body['schedule']).toEqual({ ...paused, effective_pause_status: 'PAUSED' });
    });
  });

  test('is checked like a creation', async () => {
    await withWorkspace({}, async (workspace) => {
      const { id } = await createAlert(workspace);
      const operator = { evaluation: condition({ comparison_operator: 'IS_NULL' }) };
      expect((await patchAlert(workspace, id, 'evaluation.comparison_operator', operator)).status).toBe(400);
      const { body } = await patchAlert(workspace, id, 'warehouse_id', { warehouse_id: 'x' });
      expect(body['message']).toBe('warehouse_id: x is not a valid endpoint id.');
      const notification = { evaluation: { notification: { subscriptions: [{ destination_id: 'none' }] } } };
      expect((await patchAlert(workspace, id, 'evaluation.notification', notification)).status).toBe(400);
    });
  });
});

describe('W012 identity of an alert', () => {
  const service = { userName: 'app-1', kind: 'service_principal', token: 'app-token' } as const;

  test('a user may only name himself', async () => {
    await withWorkspace({ principals: others }, async (workspace) => {
      const bo = as(workspace, 'bo-token');
      expect((await createAlert(bo, { run_as: { user_name: 'bo@x.com' } })).body).toMatchObject({
        run_as: { user_name: 'bo@x.com' },
        effective_run_as: { user_name: 'bo@x.com' },
      });
      for (const named of [{ run_as: { user_name: 'cy@x.com' } }, { run_as_user_name: 'cy@x.com' }]) {
        const denied = await bo.call('POST', alertsPath, alertBody(bo, named));
        expect(denied).toMatchObject({ status: 403, body: { error_code: 'PERMISSION_DENIED' } });
      }
    });
  });

  test('a service principal may be named by those who have its role', async () => {
    await withWorkspace({ principals: [...others, service] }, async (admin) => {
      const named = { run_as: { service_principal_name: 'app-1' } };
      expect((await createAlert(admin, named)).body).toMatchObject({
        effective_run_as: { service_principal_name: 'app-1' },
        run_as_user_name: 'app-1',
      });
      const bo = as(admin, 'bo-token');
      expect((await bo.call('POST', alertsPath, alertBody(bo, named))).status).toBe(403);
      const own = await createAlert(as(admin, 'app-token'), { display_name: 'own' });
      expect(own.body['effective_run_as']).toEqual({ service_principal_name: 'app-1' });
      const unknown = { run_as: { service_principal_name: 'app-2' } };
      expect((await admin.call('POST', alertsPath, alertBody(admin, unknown))).body['message']).toBe(
        "run_as: service principal 'app-2' does not exist",
      );
    });
  });

  test('stays when others change the alert, and becomes theirs when they take the field away', async () => {
    await withWorkspace({ principals: others }, async (admin) => {
      const { id } = await createAlert(as(admin, 'bo-token'), { run_as: { user_name: 'bo@x.com' } });
      const kept = await patchAlert(admin, id, 'query_text,run_as', {
        query_text: 'SELECT 1 AS n',
        run_as: { user_name: 'bo@x.com' },
      });
      expect(kept.body['effective_run_as']).toEqual({ user_name: 'bo@x.com' });
      const taken = await patchAlert(admin, id, 'run_as', {});
      expect(taken.body['effective_run_as']).toEqual({ user_name: 'local.user@example.com' });
      expect(taken.body['owner_user_name']).toBe('bo@x.com');
    });
  });

  test('run_as counts before the deprecated field, unless only that one is named', async () => {
    await withWorkspace({ principals: [service] }, async (admin) => {
      const own = 'local.user@example.com';
      const named = { run_as: { service_principal_name: 'app-1' }, run_as_user_name: own };
      const { id, body } = await createAlert(admin, named);
      expect(body).toMatchObject({ effective_run_as: { service_principal_name: 'app-1' }, run_as_user_name: 'app-1' });
      const changed = await patchAlert(admin, id, 'run_as_user_name', { run_as_user_name: own });
      expect(changed.body).toMatchObject({ effective_run_as: { user_name: own }, run_as_user_name: own });
      expect(changed.body).not.toHaveProperty('run_as');
      const again = await patchAlert(admin, id, 'run_as', { run_as: { service_principal_name: 'app-1' } });
      expect(again.body).toMatchObject({ effective_run_as: { service_principal_name: 'app-1' } });
      const other = await patchAlert(admin, id, 'query_text', { query_text: 'SELECT 1 AS n' });
      expect(other.body).toMatchObject({ run_as: { service_principal_name: 'app-1' }, run_as_user_name: 'app-1' });
    });
  });
});
