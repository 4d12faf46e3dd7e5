import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, kinds, type Applied, type JsonObject, type Spec } from '@dpo/core';
import { createProviders } from '../../src/index.ts';
import { listOf, problemOf } from '../support/mock-workspace.ts';
import { startContractWorkspace, type ContractWorkspace } from './contract-workspace.ts';
import { differences, marker, providerContract } from './provider-contract.ts';

const folder = '/Workspace/Shared/DPO/churn/prod';
const address = addressOf('dashboard', 'ml');
const dashboards = '/api/2.0/lakeview/dashboards';

const contentOf = (title: string): string =>
  JSON.stringify({
    pages: [{ name: 'p1', displayName: title, pageType: 'PAGE_TYPE_CANVAS', layoutVersion: 'GRID_V1', layout: [] }],
    datasets: [{ name: 'd1', displayName: 'rows', queryLines: ['SELECT id ', 'FROM prod.ml.churn'] }],
  });

const specOf = ({ local: { warehouseId } }: ContractWorkspace, more: JsonObject = {}): Spec => ({
  display_name: 'DPO Health - ml',
  parent_path: folder,
  warehouse_id: warehouseId,
  serialized_dashboard: contentOf('Overview'),
  published: { current: true, embed_credentials: false, warehouse_id: warehouseId },
  ...more,
});

providerContract({
  kind: 'dashboard',
  name: 'ml',
  create: `POST ${dashboards}`,
  object: `${dashboards}/*`,
  lookup: '/api/2.0/workspace/get-status',
  spec: async (workspace) => specOf(workspace),
});

describe('provider of dashboard', () => {
  let workspace: ContractWorkspace;

  beforeAll(async () => {
    workspace = await startContractWorkspace();
  });
  afterAll(() => workspace.close());

  const provider = (): ReturnType<typeof createProviders>['dashboard'] =>
    createProviders({ client: workspace.client }).dashboard;
  const make = async (spec: Spec): Promise<Applied> => provider().create({ address, spec, marker }, workspace.write);
  const remove = async (id: string): Promise<void> => provider().delete({ address, id }, workspace.write);
  const fields = async (id: string): Promise<Spec> => {
    const [found] = await listOf(provider().observe([{ by: 'id', address, id }], workspace.read));
    return found?.status === 'present' ? found.fields : {};
  };
  const send = async (method: 'PATCH' | 'POST' | 'DELETE', path: string, body?: JsonObject): Promise<void> => {
    await workspace.client.send({ method, path: `${dashboards}/${path}`, ...(body === undefined ? {} : { body }) });
  };

  test('T32 a dashboard is published as it is made, and reads as it was asked for', async () => {
    const spec = specOf(workspace);
    const { id } = await make(spec);
    expect(differences('dashboard', spec, await fields(id))).toEqual([]);
    const lookup = kinds.dashboard.lookup(address, spec, undefined);
    expect(await listOf(provider().observe([lookup], workspace.read))).toMatchObject([
      { status: 'present', id, marker: { owner: marker.owner } },
    ]);
    await remove(id);
  });

  test('U115 T32 the folder is made, and of one that is there already the id is found by its path', async () => {
    const elsewhere = `${folder}-u115`;
    const spec = specOf(workspace, { parent_path: elsewhere });
    const status = async (): Promise<unknown> => {
      const query = { path: elsewhere };
      return (await workspace.client.send({ method: 'GET', path: '/api/2.0/workspace/get-status', query })).body[
        'object_type'
      ];
    };
    expect((await problemOf(status())).code).toBe('API.NOT_FOUND');
    const { id } = await make(spec);
    expect(await status()).toBe('DIRECTORY');
    expect((await problemOf(make(spec))).code).toBe('API.CONFLICT');
    const lookup = kinds.dashboard.lookup(address, spec, undefined);
    expect(await listOf(provider().observe([lookup], workspace.read))).toMatchObject([{ status: 'present', id }]);
    // A create that was cut off before it published: what was found is published by the update that follows.
    await send('DELETE', `${id}/published`);
    const { fields: mended } = await provider().update(
      { address, id, spec, mask: ['published.current'] },
      workspace.write,
    );
    expect(differences('dashboard', spec, mended)).toEqual([]);
    await remove(id);
  });

  test('a change of the draft by hand shows in the content and in what viewers see, and is set back', async () => {
    const spec = specOf(workspace);
    const { id } = await make(spec);
    await send('PATCH', id, {
      display_name: 'DPO Health - ml',
      warehouse_id: workspace.local.warehouseId,
      serialized_dashboard: contentOf('Mine'),
    });
    expect(differences('dashboard', spec, await fields(id))).toEqual(['serialized_dashboard', 'published.current']);
    const mask = ['serialized_dashboard'];
    const { fields: after } = await provider().update({ address, id, spec, mask }, workspace.write);
    expect(differences('dashboard', spec, after)).toEqual([]);
    expect(differences('dashboard', spec, await fields(id))).toEqual([]);
    await remove(id);
  });

  test('what was unpublished by hand, or published with other credentials, is a difference', async () => {
    const spec = specOf(workspace);
    const { id } = await make(spec);
    await send('DELETE', `${id}/published`);
    expect(differences('dashboard', spec, await fields(id))).toContain('published.current');
    await send('POST', `${id}/published`, { embed_credentials: true, warehouse_id: workspace.local.warehouseId });
    expect(differences('dashboard', spec, await fields(id))).toEqual(['published.embed_credentials']);
    await remove(id);
  });

  test('how the content is spelt is no difference', async () => {
    const { id } = await make(specOf(workspace));
    const spelt = JSON.stringify(JSON.parse(contentOf('Overview')), undefined, 2);
    expect(differences('dashboard', specOf(workspace, { serialized_dashboard: spelt }), await fields(id))).toEqual([]);
    await remove(id);
  });

  test('T25 the dashboards of an owner are found in the folder; one in the trash is absent', async () => {
    const { id } = await make(specOf(workspace));
    const request = {
      owner: marker.owner,
      catalogs: [],
      schemas: [],
      folders: [folder],
      known: new Set<never>(),
      explained: new Set<string>(),
    };
    expect(await listOf(provider().discover(request, workspace.read))).toMatchObject([
      { status: 'present', id, lookup: { address } },
    ]);
    expect(await listOf(provider().discover({ ...request, owner: 'x/y' }, workspace.read))).toEqual([]);
    await remove(id);
    expect(await listOf(provider().observe([{ by: 'id', address, id }], workspace.read))).toMatchObject([
      { status: 'absent' },
    ]);
  });
});
