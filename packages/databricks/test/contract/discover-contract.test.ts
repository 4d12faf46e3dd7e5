import { afterEach, describe, expect, test } from '@jest/globals';
import { addressOf, type Address, type DiscoverRequest, type Discovery, type KindName } from '@dpo/core';
import { createProviders } from '../../src/index.ts';
import { listOf } from '../support/mock-workspace.ts';
import { schemaIdOf, startContractWorkspace, tableIdOf, type ContractWorkspace } from './contract-workspace.ts';

const ours = 'churn/prod';
const root = '/Workspace/Shared/dpo';
const nowhere: DiscoverRequest = {
  owner: ours,
  catalogs: [],
  schemas: [],
  folders: [],
  known: new Set(),
  explained: new Set(),
};
const everywhere: DiscoverRequest = {
  ...nowhere,
  catalogs: ['prod'],
  schemas: ['prod.reports'],
  folders: [`${root}/${ours}`],
};

/** `status address`, sorted. */
function brief(found: readonly Discovery[]): readonly string[] {
  return found
    .map((each) => (each.status === 'present' ? each.lookup.address : `failed ${each.problem.code}`))
    .toSorted();
}

describe.each(['unimplemented', 'served'] as const)('discovery, with the list of monitors %s', (monitorList) => {
  let workspace: ContractWorkspace;

  const start = async (firstRefresh: 'automatic' | 'held'): Promise<void> => {
    workspace = await startContractWorkspace({
      firstRefresh,
      lifecycle: { deleteDelayMs: 0, activeAfterMs: 0 },
      behaviour: { monitor_list: monitorList },
    });
  };
  afterEach(() => workspace.close());

  const make = async (
    table: string,
    owner: string,
    folder = `${root}/${owner}/monitors/${table}`,
  ): Promise<Address> => {
    const address = addressOf('monitor', table);
    const spec = {
      object_id: await tableIdOf(workspace, table),
      output_schema_id: await schemaIdOf(workspace, 'prod.reports'),
      assets_dir: folder,
      profile_type: 'SNAPSHOT',
    };
    const { monitor } = createProviders({ client: workspace.client });
    await monitor.create({ address, spec, marker: { owner } }, workspace.write);
    await workspace.local.idle();
    workspace.local.clearRequests();
    return address;
  };
  const discover = async (kind: KindName, request: DiscoverRequest): Promise<readonly string[]> =>
    brief(await listOf(createProviders({ client: workspace.client })[kind].discover(request, workspace.read)));

  test('N024 the folder of the owner names a monitor before it has written anything; the others are not given', async () => {
    await start('held');
    const address = await make('prod.ml.churn', ours);
    await make('prod.ml.bare', 'churn/dev');
    await make('prod.ml.churn_baseline', 'shop/prod');
    const request = { ...nowhere, folders: everywhere.folders };
    expect(await discover('monitor', request)).toEqual([address]);
    const [found] = await listOf(
      createProviders({ client: workspace.client }).monitor.discover(request, workspace.read),
    );
    expect(found).toMatchObject({
      id: await tableIdOf(workspace, 'prod.ml.churn'),
      marker: { owner: ours },
      fields: { profile_type: 'SNAPSHOT' },
    });
  });

  test('metric tables name a monitor whose folder is somewhere else by now', async () => {
    await start('automatic');
    const address = await make('prod.ml.churn', ours);
    await make('prod.ml.bare', 'shop/prod');
    expect(await discover('monitor', { ...everywhere, folders: [] })).toEqual([address]);
  });

  test('what is known and what is explained costs no request', async () => {
    await start('automatic');
    const address = await make('prod.ml.churn', ours);
    const known = new Set([address]);
    const explained = new Set(['prod.reports.churn_profile_metrics']);
    const found = await discover('monitor', { ...everywhere, known, explained });
    expect(found).toEqual(monitorList === 'served' ? [address] : []);
    expect(workspace.local.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/data-quality/v1/monitors',
      'GET /api/2.0/workspace/list',
      'GET /api/2.1/unity-catalog/tables',
    ]);
  });

  test('folders, schemas and catalogs that are not there hold nothing, and a deleted monitor is not found', async () => {
    await start('held');
    const address = await make('prod.ml.churn', ours);
    const id = await tableIdOf(workspace, 'prod.ml.churn');
    await createProviders({ client: workspace.client }).monitor.delete({ address, id }, workspace.write);
    const request = { ...everywhere, catalogs: ['none'], schemas: ['prod.none'] };
    expect(await discover('monitor', request)).toEqual([]);
    expect(await discover('monitor', { ...request, folders: [`${root}/none`] })).toEqual([]);
    expect(await discover('schema', request)).toEqual([]);
  });

  test('W002 what cannot be looked at is said, and the rest is found', async () => {
    await start('automatic');
    await make('prod.ml.churn', ours);
    await make('prod.ml.bare', ours);
    const refused = { status: 403, errorCode: 'PERMISSION_DENIED', message: 'no', times: 'unlimited' } as const;
    const id = await tableIdOf(workspace, 'prod.ml.churn');
    workspace.local.faults.add({ match: 'GET /api/2.0/workspace/list', ...refused });
    workspace.local.faults.add({ match: `GET /api/data-quality/v1/monitors/table/${id}`, ...refused });
    const found = await discover('monitor', everywhere);
    expect(found).toContain('monitor:prod.ml.bare');
    expect(found.filter((each) => each === 'failed API.FORBIDDEN').length).toBe(monitorList === 'served' ? 1 : 2);
    workspace.local.faults.add({ match: 'GET /api/2.1/unity-catalog/schemas', ...refused });
    expect(await discover('schema', everywhere)).toEqual(['failed API.FORBIDDEN']);
  });

  test('W016 schemas by their property, those of others and those that are only used are not given', async () => {
    await start('held');
    const { schema } = createProviders({ client: workspace.client });
    const create = async (name: string, owner: string): Promise<void> => {
      const address = addressOf('schema', name);
      await schema.create({ address, spec: { name }, marker: { owner, lineage: 'L1' } }, workspace.write);
    };
    await create('prod.left', ours);
    await create('prod.theirs', 'shop/prod');
    await create('prod.known', ours);
    const known = new Set([addressOf('schema', 'prod.known')]);
    expect(await discover('schema', { ...everywhere, known })).toEqual(['schema:prod.left']);
    const found = await listOf(schema.discover({ ...everywhere, known }, workspace.read));
    expect(found).toMatchObject([{ out: { tables: 0 }, marker: { owner: ours, lineage: 'L1' } }]);
  });
});
