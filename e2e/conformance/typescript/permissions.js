import assert from 'node:assert/strict';
import { fails, sorted } from './world.js';

/** Objects of three kinds, with the type that answers name. */
const kinds = {
  directories: async ({ client, unique }) => {
    const path = `/Workspace/Shared/${unique('shared')}`;
    await client.workspace.mkdirs({ path });
    return String((await client.workspace.getStatus({ path })).object_id);
  },
  dashboards: async ({ client, unique }) => {
    const dashboard = { display_name: unique('shared'), serialized_dashboard: '{"datasets":[],"pages":[]}' };
    return (await client.lakeview.create({ dashboard })).dashboard_id;
  },
  alertsv2: async ({ client, unique, warehouseId }) => {
    const alert = {
      display_name: unique('shared'),
      query_text: 'SELECT 1 AS v',
      warehouse_id: warehouseId,
      evaluation: { source: { name: 'v' }, comparison_operator: 'IS_NULL' },
      schedule: { quartz_cron_schedule: '0 0 8 * * ?', timezone_id: 'UTC', pause_status: 'PAUSED' },
    };
    return (await client.alertsV2.createAlert({ alert })).id;
  },
};
const answered = { directories: 'directory', dashboards: 'dashboard', alertsv2: 'alertv2' };

const direct = ({ access_control_list: list }, group) =>
  list
    .filter((entry) => entry.group_name === group)
    .flatMap(({ all_permissions: all }) => all)
    .filter(({ inherited }) => inherited !== true)
    .map(({ permission_level: level }) => level);

const perKind = Object.fromEntries(
  Object.entries(kinds).map(([kind, make]) => [
    `of ${kind} are merged and replaced`,
    async (world) => {
      const { permissions } = world.client;
      const of = { request_object_type: kind, request_object_id: await make(world) };
      const grant = (level) => ({
        ...of,
        access_control_list: [{ group_name: 'account users', permission_level: level }],
      });
      const merged = await permissions.update(grant('CAN_READ'));
      assert.equal(merged.object_type, answered[kind]);
      assert.equal(merged.object_id, `/${kind}/${of.request_object_id}`);
      assert.deepEqual(direct(merged, 'account users'), ['CAN_READ']);
      await permissions.set(grant('CAN_RUN'));
      const read = await permissions.get({ ...of });
      assert.deepEqual(direct(read, 'account users'), ['CAN_RUN']);
      await permissions.set({ ...of, access_control_list: [] });
      assert.deepEqual(direct(await permissions.get({ ...of }), 'account users'), []);
    },
  ]),
);

export const checks = {
  ...perKind,

  'show the levels there are': async (world) => {
    const of = { request_object_type: 'directories', request_object_id: await kinds.directories(world) };
    const { permission_levels: levels } = await world.client.permissions.getPermissionLevels(of);
    assert.deepEqual(sorted(levels.map(({ permission_level: level }) => level)), [
      'CAN_EDIT',
      'CAN_MANAGE',
      'CAN_READ',
      'CAN_RUN',
    ]);
  },

  'of a kind that does not exist are refused': async ({ client }) => {
    const of = { request_object_type: 'clouds', request_object_id: '1' };
    const error = await client.permissions.get(of).catch((fault) => fault);
    assert.equal(error.statusCode, 400, error.message);
    await fails(client.permissions.get(of), { status: 400, code: error.errorCode });
  },
};
