import { describe, expect, test } from '@jest/globals';
import type { Privilege } from '../../src/access/privilege.ts';
import type { SecurableType } from '../../src/access/securable.ts';
import type { LocalWorkspaceOptions } from '../../src/index.ts';
import { as, grant, others } from '../access/principals.ts';
import { configOf, createMonitor, dailyConfig, monitorsPath, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { Reply, TestWorkspace } from '../workspace-client.ts';

type Grant = readonly [SecurableType, string, Privilege];

const use: readonly Grant[] = [
  ['catalog', 'prod', 'USE_CATALOG'],
  ['schema', 'prod.ml', 'USE_SCHEMA'],
];
const output: readonly Grant[] = [
  ['schema', 'prod.monitoring', 'USE_SCHEMA'],
  ['schema', 'prod.monitoring', 'CREATE_TABLE'],
];
const select: Grant = ['table', 'prod.ml.churn', 'SELECT'];
const manage: Grant = ['table', 'prod.ml.churn', 'MANAGE'];

const options: Partial<LocalWorkspaceOptions> = {
  firstRefresh: 'held',
  behaviour: { monitor_pending_refresh: 'queued', monitor_delete: 'immediate', int64: 'number' },
  principals: [
    ...others,
    { userName: 'far@x.com', token: 'far-token', workspaceId: '77', admin: true, metastoreAdmin: true },
  ],
};

/** The ids and the configuration as the owner reads them, and a user with these grants alone. */
async function asUser(
  grants: readonly Grant[],
  work: (world: {
    readonly user: TestWorkspace;
    readonly owner: TestWorkspace;
    readonly create: () => object;
  }) => Promise<void>,
): Promise<void> {
  await withWorkspace(options, async (owner) => {
    for (const [type, name, privilege] of grants) await grant(owner, { type, name, privilege, to: 'bo@x.com' });
    const object_id = await owner.field(`${unityPrefix}/tables/prod.ml.churn`, 'table_id');
    const config = await dailyConfig(owner);
    await work({
      owner,
      user: as(owner, 'bo-token'),
      create: () => ({ object_type: 'table', object_id, data_profiling_config: config }),
    });
  });
}

const outcome = ({ status, body }: Reply) => [status, body['message']];

describe('privileges on monitors', () => {
  test.each<readonly [string, readonly Grant[], string]>([
    ['nothing', [], "User does not have USE CATALOG on Catalog 'prod'."],
    ['BROWSE', [['catalog', 'prod', 'BROWSE']], "User does not have USE CATALOG on Catalog 'prod'."],
    ['USE alone', use, "User does not have SELECT on Table 'prod.ml.churn'."],
    ['SELECT without MANAGE', [...use, ...output, select], "User does not have MANAGE on Table 'prod.ml.churn'."],
    ['MANAGE without SELECT', [...use, ...output, manage], "User does not have SELECT on Table 'prod.ml.churn'."],
    [
      'MANAGE without USE SCHEMA',
      [['catalog', 'prod', 'USE_CATALOG'], ...output, select, manage],
      "User does not have USE SCHEMA on Schema 'prod.ml'.",
    ],
    [
      'no rights on the output schema',
      [...use, select, manage],
      "User does not have USE SCHEMA on Schema 'prod.monitoring'.",
    ],
    [
      'no CREATE TABLE in the output schema',
      [...use, select, manage, ['schema', 'prod.monitoring', 'USE_SCHEMA']],
      "User does not have CREATE TABLE on Schema 'prod.monitoring'.",
    ],
  ])('P9: nobody makes one with %s', async (_name, grants, message) => {
    await asUser(grants, async ({ user, create }) => {
      const reply = await user.call('POST', monitorsPath, create());
      expect([...outcome(reply), reply.body['error_code']]).toEqual([403, message, 'PERMISSION_DENIED']);
    });
  });

  test.each<readonly [string, Grant]>([
    ['table', manage],
    ['schema', ['schema', 'prod.ml', 'MANAGE']],
    ['catalog', ['catalog', 'prod', 'MANAGE']],
  ])('P9: one is made with MANAGE on the %s, and the metric tables belong to its creator', async (_name, managed) => {
    await asUser([...use, ...output, select, managed], async ({ user, owner, create }) => {
      expect((await user.call('POST', monitorsPath, create())).status).toBe(200);
      const { object_id: id } = create() as { object_id: string };
      const refreshes = `${monitorsPath}/table/${id}/refreshes`;
      expect((await user.call('POST', refreshes, { object_type: 'table', object_id: id })).status).toBe(200);
      await owner.idle();
      const metrics = await owner.call('GET', `${unityPrefix}/tables/prod.monitoring.churn_profile_metrics`);
      expect(metrics.body).toMatchObject({ owner: 'bo@x.com' });
    });
  });

  const calls = {
    get: (user: TestWorkspace, path: string) => user.call('GET', path),
    refreshes: (user: TestWorkspace, path: string) => user.call('GET', `${path}/refreshes`),
    update: (user: TestWorkspace, path: string, body: object) =>
      user.call('PATCH', `${path}?update_mask=data_profiling_config.slicing_exprs`, body),
    refresh: (user: TestWorkspace, path: string, body: object) => user.call('POST', `${path}/refreshes`, body),
    delete: (user: TestWorkspace, path: string) => user.call('DELETE', path),
  };

  test.each<readonly [string, readonly Grant[], readonly (keyof typeof calls)[]]>([
    ['BROWSE (F13: not even GET)', [['catalog', 'prod', 'BROWSE']], []],
    ['USE', use, []],
    ['SELECT', [...use, select], ['get', 'refreshes']],
    // Reading names SELECT, or MANAGE above the table.
    ['MANAGE on the table', [...use, manage], ['update', 'refresh', 'delete']],
    [
      'MANAGE on the schema',
      [...use, ['schema', 'prod.ml', 'MANAGE']],
      ['get', 'refreshes', 'update', 'refresh', 'delete'],
    ],
    [
      'MANAGE on the catalog, without USE SCHEMA',
      [
        ['catalog', 'prod', 'USE_CATALOG'],
        ['catalog', 'prod', 'MANAGE'],
      ],
      ['get', 'refreshes', 'update', 'refresh', 'delete'],
    ],
  ])('with %s', async (_name, grants, allowed) => {
    await asUser(grants, async ({ user, owner, create }) => {
      const { tableId } = await createMonitor(owner);
      const statuses: Record<string, number> = {};
      for (const [name, call] of Object.entries(calls)) {
        const body = name === 'update' ? create() : { object_type: 'table', object_id: tableId };
        statuses[name] = (await call(user, `${monitorsPath}/table/${tableId}`, body)).status;
      }
      const names = Object.keys(calls) as readonly (keyof typeof calls)[];
      expect(statuses).toEqual(Object.fromEntries(names.map((name) => [name, allowed.includes(name) ? 200 : 403])));
    });
  });

  test.each<readonly [string, readonly Grant[], number]>([
    ['without privileges it is not told that a table has no monitor', use, 403],
    ['those who may read are told', [...use, select], 404],
  ])('W002: %s', async (_name, grants, status) => {
    await asUser(grants, async ({ user, create }) => {
      const { object_id: id } = create() as { object_id: string };
      expect((await user.call('GET', `${monitorsPath}/table/${id}`)).status).toBe(status);
      expect((await user.call('GET', `${unityPrefix}/tables/prod.ml.churn/monitor`)).status).toBe(status);
      expect((await user.call('GET', `${monitorsPath}/table/${id}/refreshes`)).status).toBe(status);
    });
  });

  test('a refresh runs with the rights of the creator: without SELECT on the baseline it fails with a message', async () => {
    await withWorkspace(options, async (owner) => {
      const grants = [...use, ...output, manage, ['table', 'prod.ml.orders', 'SELECT'] as const];
      for (const [type, name, privilege] of grants) await grant(owner, { type, name, privilege, to: 'bo@x.com' });
      await owner.grant({ type: 'table', name: 'prod.ml.churn' }, 'analysts', 'SELECT');
      const { tableId } = await createMonitor(as(owner, 'bo-token'), { baseline_table_name: 'prod.ml.recent' });
      const refreshes = `${monitorsPath}/table/${tableId}/refreshes`;
      await owner.call('POST', refreshes, { object_type: 'table', object_id: tableId });
      await owner.idle();
      const { body } = await owner.call('GET', refreshes);
      expect(body['refreshes']).toContainEqual(
        expect.objectContaining({
          state: 'MONITOR_REFRESH_STATE_FAILED',
          message: "User does not have SELECT on Table 'prod.ml.recent'.",
        }),
      );
      const monitor = await owner.call('GET', `${monitorsPath}/table/${tableId}`);
      expect(configOf(monitor)['latest_monitor_failure_message']).toContain('SELECT');
    });
  });
});

describe('W026: a monitor and the workspace that made it', () => {
  const refused = (home: string) => ({
    status: 400,
    body: {
      error_code: 'INVALID_STATE',
      message: `Data Monitor 'prod.ml.churn' was created in workspace ${home}; this call must be made from there`,
    },
  });

  test('GET from elsewhere hides the assets and shows the rest', async () => {
    await withWorkspace({ ...options, lifecycle: { activeAfterMs: 0 } }, async (workspace) => {
      const { tableId } = await createMonitor(workspace, { assets_dir: '/Workspace/Shared', warehouse_id: 'w' });
      const path = `${monitorsPath}/table/${tableId}`;
      const { assets_dir, dashboard_id, effective_warehouse_id, warehouse_id, ...shared } = configOf(
        await workspace.call('GET', path),
      );
      expect([assets_dir, effective_warehouse_id]).toEqual(['/Workspace/Shared', 'w']);
      expect(dashboard_id).toMatch(/^[0-9a-f]{32}$/);
      expect([undefined, 'w']).toContain(warehouse_id);
      expect(configOf(await as(workspace, 'far-token').call('GET', path))).toEqual(shared);
    });
  });

  test('refreshes are neither made nor read nor canceled elsewhere', async () => {
    await withWorkspace(options, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const path = `${monitorsPath}/table/${tableId}/refreshes`;
      const [first] = (await workspace.call('GET', path)).body['refreshes'] as readonly Record<string, unknown>[];
      const far = as(workspace, 'far-token');
      const id = String(first?.['refresh_id']);
      const replies = [
        await far.call('POST', path, { object_type: 'table', object_id: tableId }),
        await far.call('GET', path),
        await far.call('GET', `${path}/${id}`),
        await far.call('POST', `${path}/${id}/cancel`, {}),
      ];
      for (const reply of replies) expect(reply).toMatchObject(refused(workspace.workspaceId));
    });
  });

  test('update and delete work from elsewhere in this API, and not in the legacy one', async () => {
    await withWorkspace(options, async (workspace) => {
      const { tableId } = await createMonitor(workspace);
      const far = as(workspace, 'far-token');
      const legacy = `${unityPrefix}/tables/prod.ml.churn/monitor`;
      const body = { output_schema_name: 'prod.monitoring', snapshot: {} };
      expect(await far.call('PUT', legacy, body)).toMatchObject(refused(workspace.workspaceId));
      expect(await far.call('DELETE', legacy)).toMatchObject(refused(workspace.workspaceId));
      expect(await far.call('POST', `${legacy}/refreshes`)).toMatchObject(refused(workspace.workspaceId));
      const read = await far.call('GET', legacy);
      expect(read.body).toMatchObject({ table_name: 'prod.ml.churn' });
      expect(read.body).not.toHaveProperty('assets_dir');
      const path = `${monitorsPath}/table/${tableId}`;
      const changed = await far.call('PATCH', `${path}?update_mask=data_profiling_config.slicing_exprs`, {
        object_type: 'table',
        object_id: tableId,
        data_profiling_config: { slicing_exprs: ['id > 3'], ...(await dailyConfig(workspace)) },
      });
      expect(configOf(changed)).toMatchObject({ slicing_exprs: ['id > 3'] });
      expect((await far.call('DELETE', path)).status).toBe(200);
    });
  });
});
