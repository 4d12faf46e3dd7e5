import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, kinds, type Address, type JsonObject, type Principal, type Provider, type Spec } from '@dpo/core';
import { connectionOf, createClient, createProviders, executeStatement } from '../../src/index.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { listOf, problemOf } from '../support/mock-workspace.ts';
import { startContractWorkspace, type ContractWorkspace } from './contract-workspace.ts';
import { marker } from './provider-contract.ts';

const folder = '/Workspace/Shared/DPO/churn/prod';
const me: Principal = { userName: 'local.user@example.com', groups: ['admins'] };

interface Case {
  readonly kind: 'view' | 'alert' | 'dashboard';
  readonly address: Address;
  readonly levels: readonly [view: string, run: string];
  readonly spec: (warehouse: string) => Spec;
  /** A change of something else. */
  readonly change: { readonly spec: JsonObject; readonly path: string };
  readonly permissions: (id: string) => string;
}

const viewName = 'prod.reports.unified_profile_metrics_ml';
const branches = (owner: string): JsonObject => ({
  branches: [
    { source: 'prod.ml.bare', metrics: 'prod.reports.bare_profile_metrics', facts: { owner, priority: 1 }, roles: {} },
  ],
});

const cases: readonly Case[] = [
  {
    kind: 'view',
    address: addressOf('view', viewName),
    levels: ['SELECT', 'SELECT'],
    spec: () => ({ name: viewName, family: 'profile', ...branches('a') }),
    change: { spec: branches('b'), path: 'branches[source=prod.ml.bare].facts.owner' },
    permissions: () => `/api/2.1/unity-catalog/permissions/table/${viewName}`,
  },
  {
    kind: 'alert',
    address: addressOf('alert', 'ml/drift'),
    levels: ['CAN_READ', 'CAN_RUN'],
    spec: (warehouse) => ({
      display_name: 'Drift',
      parent_path: folder,
      query_text: 'SELECT 1 AS level',
      warehouse_id: warehouse,
      evaluation: {
        source: { name: 'level' },
        comparison_operator: 'GREATER_THAN_OR_EQUAL',
        threshold: { value: { double_value: 1 } },
        empty_result_state: 'OK',
      },
      schedule: { quartz_cron_schedule: '0 0 * * * ?', timezone_id: 'UTC', pause_status: 'UNPAUSED' },
    }),
    change: { spec: { custom_summary: 'Other words' }, path: 'custom_summary' },
    permissions: (id) => `/api/2.0/permissions/alertsv2/${id}`,
  },
  {
    kind: 'dashboard',
    address: addressOf('dashboard', 'ml'),
    levels: ['CAN_READ', 'CAN_RUN'],
    spec: (warehouse) => ({
      display_name: 'Health',
      parent_path: folder,
      warehouse_id: warehouse,
      serialized_dashboard: JSON.stringify({
        pages: [{ name: 'p', displayName: 'P', pageType: 'PAGE_TYPE_CANVAS', layoutVersion: 'GRID_V1', layout: [] }],
        datasets: [],
      }),
      published: { current: true, embed_credentials: false, warehouse_id: warehouse },
    }),
    change: { spec: { display_name: 'Well-being' }, path: 'display_name' },
    permissions: (id) => `/api/2.0/permissions/dashboards/${id}`,
  },
];

describe.each(cases)('access of $kind', ({ kind, address, levels: [view, more], change, permissions, ...given }) => {
  let workspace: ContractWorkspace;
  let spec: Spec;
  beforeAll(async () => {
    workspace = await startContractWorkspace();
    await workspace.local.seed(join(import.meta.dirname, 'access-workspace.yaml'));
    spec = given.spec(workspace.local.warehouseId);
  });
  afterAll(() => workspace.close());

  const provider = (): Provider =>
    createProviders({ client: workspace.client, warehouseId: workspace.local.warehouseId, me })[kind];
  const accessed = (...grants: readonly (readonly [string, string])[]): Spec => ({
    ...spec,
    access: grants.map(([to, level]) => ({ to, level })),
  });
  const lookup = (id: string, wanted: Spec) =>
    kinds[kind].lookup(address, wanted, { version: 1, id, status: 'ok', applied: {}, out: {}, needs: [] });
  const seen = async (id: string, by = provider()): Promise<unknown> => {
    const [found] = await listOf(by.observe([lookup(id, accessed(['analysts', view]))], workspace.read));
    if (found?.status !== 'present') return found?.status;
    const { access } = found.fields;
    const list = access as readonly { to: string; level: string }[] | undefined;
    return list
      ?.map(({ to, level }) => `${to} ${level}`)
      .filter((line) => !line.startsWith('local.user'))
      .toSorted();
  };
  const gaveOut = async (id: string, body: JsonObject): Promise<void> => {
    await workspace.client.send({ method: 'PATCH', path: permissions(id), body });
  };
  const stranger = async (id: string): Promise<void> =>
    gaveOut(
      id,
      kind === 'view'
        ? { changes: [{ principal: 'others', add: ['SELECT'] }] }
        : { access_control_list: [{ group_name: 'others', permission_level: 'CAN_EDIT' }] },
    );
  const theirs = kind === 'view' ? 'others SELECT' : 'others CAN_EDIT';
  const run = async (text: string): Promise<void> => {
    const statement = { warehouseId: workspace.local.warehouseId, text, effect: 'create' } as const;
    await executeStatement(workspace.client, statement, workspace.write);
  };
  const make = async (wanted: Spec): Promise<string> =>
    (await provider().create({ address, spec: wanted, marker }, workspace.write)).id;
  const update = async (id: string, wanted: Spec, ...mask: readonly string[]) =>
    provider().update({ address, id, spec: wanted, mask }, workspace.write);
  const remove = async (id: string): Promise<void> => provider().delete({ address, id }, workspace.write);
  const asked = (): readonly string[] =>
    workspace.local
      .requests()
      .flatMap(({ method, path }) => (path.includes('permissions') ? [`${method} ${path}`] : []));

  test('W006 it is given as the object is made, and reads back', async () => {
    const wanted = accessed(['analysts', view], ['ann@example.com', more]);
    const { id, fields } = await provider().create({ address, spec: wanted, marker }, workspace.write);
    expect(fields['access']).toEqual(expect.arrayContaining([{ to: 'analysts', level: view }]));
    expect(await seen(id)).toEqual([`analysts ${view}`, `ann@example.com ${more}`]);
    await remove(id);
  });

  test('W006 N013 it survives a change of the object, and is not asked about then', async () => {
    const wanted = accessed(['analysts', view]);
    const id = await make(wanted);
    await stranger(id);
    workspace.local.clearRequests();
    await update(id, { ...wanted, ...change.spec }, change.path);
    expect(asked()).toEqual([]);
    expect(await seen(id)).toEqual([`analysts ${view}`, theirs]);
    await remove(id);
  });

  test('W006 one is given and one is taken away with what else changes; others keep theirs', async () => {
    const id = await make(accessed(['analysts', view], ['oncall', more]));
    await stranger(id);
    const wanted = { ...accessed(['analysts', view], ['bob@example.com', more]), ...change.spec };
    const mask = [change.path, 'access[to=bob@example.com].level', 'access[to=oncall].level'];
    await update(id, wanted, ...mask);
    expect(await seen(id)).toEqual([`analysts ${view}`, `bob@example.com ${more}`, theirs]);
    // Access alone: the object is not written.
    workspace.local.clearRequests();
    const { fields } = await update(id, spec, 'access[to=analysts].level', 'access[to=bob@example.com].level');
    const writes = workspace.local.requests().filter(({ method }) => method !== 'GET');
    expect(writes.map(({ path }) => path)).toEqual([permissions(id)]);
    expect(JSON.stringify(fields['access'])).not.toContain('analysts');
    expect(await seen(id)).toEqual([theirs]);
    await remove(id);
  });

  test('W006 nothing is asked and nothing sent where no spec has it', async () => {
    workspace.local.clearRequests();
    const id = await make(spec);
    await listOf(provider().observe([lookup(id, spec)], workspace.read));
    await update(id, { ...spec, ...change.spec }, change.path);
    await remove(id);
    expect(asked()).toEqual([]);
  });

  test('W006 a principal that there is not fails the write and says so', async () => {
    const id = await make(spec);
    const problem = await problemOf(update(id, accessed(['nobody', view]), 'access[to=nobody].level'));
    expect(problem.message).toContain('nobody');
    await remove(id);
  });

  test('W002 W006 whoever may not see all grants is told nothing of them', async () => {
    const id = await make(accessed(['analysts', view]));
    if (kind === 'view') {
      await run(`GRANT SELECT ON VIEW ${viewName} TO \`others\``);
      await run('GRANT USE CATALOG, USE SCHEMA ON CATALOG prod TO `analysts`');
    }
    const client = createClient({
      connection: connectionOf({
        host: workspace.local.url,
        hostSource: 'test',
        token: 'ann-token',
        tokenSource: 'test',
      }),
      clock: fakeClock(),
      random: () => 0,
      userAgent: 'dpo/0.1.0 contract',
    });
    const ann = createProviders({ client, me: { userName: 'ann@example.com', groups: ['analysts'] } })[kind];
    // Levels on workspace objects are shown to whoever may read these.
    const expected = kind === 'view' ? undefined : [`analysts ${view}`];
    expect(await seen(id, ann)).toEqual(expected);
    await client.close();
    await remove(id);
  });
});
