import { describe, expect, test } from '@jest/globals';
import type { Privilege } from '../../src/access/privilege.ts';
import type { SecurableType } from '../../src/access/securable.ts';
import type { LocalWorkspaceOptions } from '../../src/index.ts';
import { as, grant, others } from '../access/principals.ts';
import { monitorsPath, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const options: Partial<LocalWorkspaceOptions> = {
  behaviour: { int64: 'number', monitor_of_dropped_table: 'gone' },
  principals: [
    ...others,
    { userName: 'far@x.com', token: 'far-token', workspaceId: '77', admin: true, metastoreAdmin: true },
  ],
};
const full = {
  excluded_table_full_names: ['prod.ml.orders'],
  publish_health_indicator: true,
  validity_check_configurations: [
    { name: 'ids', percent_null_validity_check: { column_names: ['id'], upper_bound: 0.5 } },
  ],
};

async function create(workspace: TestWorkspace, config: object = full) {
  const id = await workspace.field(`${unityPrefix}/schemas/prod.ml`, 'schema_id');
  const body = { object_type: 'schema', object_id: id, anomaly_detection_config: config };
  return { id, body, reply: await workspace.call('POST', monitorsPath, body), path: `${monitorsPath}/schema/${id}` };
}

describe('W010 F33: anomaly detection on a schema', () => {
  test('is created, read, changed by a mask and deleted', async () => {
    await withWorkspace(options, async (workspace) => {
      const { id, body, reply, path } = await create(workspace);
      const config = { ...full, anomaly_detection_workflow_id: expect.any(Number) };
      expect(reply.body).toEqual({ object_type: 'schema', object_id: id, anomaly_detection_config: config });
      expect((await workspace.call('GET', path)).body).toEqual(reply.body);
      expect(await workspace.call('POST', monitorsPath, body)).toMatchObject({
        status: 409,
        body: { error_code: 'ALREADY_EXISTS', message: "Data Monitor 'prod.ml' already exists" },
      });
      const mask = 'data_profiling_config,anomaly_detection_config.excluded_table_full_names';
      const changed = await workspace.call('PATCH', `${path}?update_mask=${mask}`, {
        ...body,
        anomaly_detection_config: { excluded_table_full_names: ['prod.ml.churn', 'prod.ml.recent'] },
      });
      expect(changed.body['anomaly_detection_config']).toEqual({
        ...config,
        excluded_table_full_names: ['prod.ml.churn', 'prod.ml.recent'],
      });
      const replaced = await workspace.call('PATCH', `${path}?update_mask=*`, {
        ...body,
        anomaly_detection_config: {},
      });
      expect(replaced.body['anomaly_detection_config']).toEqual({
        anomaly_detection_workflow_id: expect.any(Number),
      });
      expect((await workspace.call('DELETE', path)).body).toEqual({});
      expect(await workspace.call('GET', path)).toMatchObject({
        status: 404,
        body: { message: `Cannot find Monitor with ID: /metastores:${workspace.metastoreId}/schemas:${id}/` },
      });
    });
  });

  test.each(['number', 'text'] as const)('tells of unhealthy tables by ids, given as %s', async (int64) => {
    await withWorkspace({ behaviour: { int64 } }, async (workspace) => {
      const id = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
      const told = (recipients: object): object => ({ notification_settings: { on_unhealthy_table: recipients } });
      const recipients = { destination_ids: [id.toUpperCase()], destination_user_ids: ['17', 18] };
      const { path, body, reply } = await create(workspace, told(recipients));
      const ids = int64 === 'text' ? ['17', '18'] : [17, 18];
      const shown = told({ destination_ids: [id], destination_user_ids: ids });
      expect(reply.body['anomaly_detection_config']).toMatchObject(shown);
      const mask = 'anomaly_detection_config.notification_settings';
      const cleared = await workspace.call('PATCH', `${path}?update_mask=${mask}`, {
        ...body,
        anomaly_detection_config: {},
      });
      expect(cleared.body['anomaly_detection_config']).not.toHaveProperty('notification_settings');
    });
  });

  test.each([
    ['on_failure', { on_failure: { email_addresses: ['a@x.com'] } }],
    ['email_addresses', { on_unhealthy_table: { email_addresses: ['a@x.com'] } }],
    ['destination_user_ids', { on_unhealthy_table: { destination_user_ids: ['ann'] } }],
  ])('refuses %s among its recipients', async (field, settings) => {
    await withWorkspace(options, async (workspace) => {
      const { reply } = await create(workspace, { notification_settings: settings });
      expect([reply.status, String(reply.body['message'])]).toEqual([400, expect.stringContaining(field)]);
    });
  });

  test('shows the id of its workflow only where it was made', async () => {
    await withWorkspace(options, async (workspace) => {
      const { path } = await create(workspace);
      const far = await as(workspace, 'far-token').call('GET', path);
      expect(far.body['anomaly_detection_config']).toEqual(full);
    });
  });

  test('has no refreshes', async () => {
    await withWorkspace(options, async (workspace) => {
      const { path } = await create(workspace);
      expect((await workspace.call('GET', `${path}/refreshes`)).body).toEqual({ refreshes: [] });
      expect((await workspace.call('GET', `${path}/refreshes/1`)).status).toBe(404);
      expect(await workspace.call('POST', `${path}/refreshes`, {})).toMatchObject({
        status: 400,
        body: { message: 'object_type: refreshes are supported for tables only' },
      });
    });
  });

  test.each<readonly [string, readonly (readonly [SecurableType, string, Privilege])[], readonly number[]]>([
    ['BROWSE', [['catalog', 'prod', 'BROWSE']], [403, 403]],
    [
      'USE',
      [
        ['catalog', 'prod', 'USE_CATALOG'],
        ['schema', 'prod.ml', 'USE_SCHEMA'],
      ],
      [200, 403],
    ],
    [
      'MANAGE on the schema',
      [
        ['catalog', 'prod', 'USE_CATALOG'],
        ['schema', 'prod.ml', 'USE_SCHEMA'],
        ['schema', 'prod.ml', 'MANAGE'],
      ],
      [200, 200],
    ],
    [
      'MANAGE on the schema without USE on it',
      [
        ['catalog', 'prod', 'USE_CATALOG'],
        ['schema', 'prod.ml', 'MANAGE'],
      ],
      [403, 403],
    ],
    [
      'MANAGE on the catalog',
      [
        ['catalog', 'prod', 'USE_CATALOG'],
        ['catalog', 'prod', 'MANAGE'],
      ],
      [200, 200],
    ],
  ])('with %s', async (_name, grants, statuses) => {
    await withWorkspace(options, async (owner) => {
      for (const [type, name, privilege] of grants) await grant(owner, { type, name, privilege, to: 'bo@x.com' });
      const { path } = await create(owner);
      const user = as(owner, 'bo-token');
      const read = await user.call('GET', path);
      const removed = await user.call('DELETE', path);
      expect([read.status, removed.status]).toEqual(statuses);
    });
  });

  test.each([
    ['a table name', { excluded_table_full_names: ['orders'] }, 'excluded_table_full_names[0]'],
    ['an unknown field', { colour: 1 }, 'anomaly_detection_config.colour: unknown field'],
    [
      'a bound that is text',
      { validity_check_configurations: [{ range_validity_check: { lower_bound: '1' } }] },
      'lower_bound: expected a number',
    ],
  ])('refuses %s', async (_name, config, message) => {
    await withWorkspace(options, async (workspace) => {
      const { reply } = await create(workspace, config);
      expect([reply.status, reply.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      expect(reply.body['message']).toContain(message);
    });
  });

  test('ends with its schema', async () => {
    await withWorkspace(options, async (workspace) => {
      const { path } = await create(workspace);
      await workspace.call('DELETE', `${unityPrefix}/schemas/prod.ml?force=true`);
      expect((await workspace.call('GET', path)).status).toBe(404);
    });
  });
});
