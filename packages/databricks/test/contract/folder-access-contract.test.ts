import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addressOf, kinds, type JsonObject, type Provider, type Spec } from '@dpo/core';
import { createProviders, mkdirs } from '../../src/index.ts';
import { getPermissions } from '../../src/api/object-permissions.ts';
import { getStatus } from '../../src/api/workspace.ts';
import { listOf } from '../support/mock-workspace.ts';
import { startContractWorkspace, type ContractWorkspace } from './contract-workspace.ts';
import { marker } from './provider-contract.ts';

const folder = '/Workspace/Shared/DPO/churn/prod';

describe('W006 access to the folder that a dashboard is in', () => {
  let workspace: ContractWorkspace;
  beforeAll(async () => {
    workspace = await startContractWorkspace();
    await workspace.local.seed(join(import.meta.dirname, 'access-workspace.yaml'));
  });
  afterAll(() => workspace.close());

  const provider = (): Provider =>
    createProviders({ client: workspace.client, warehouseId: workspace.local.warehouseId }).dashboard;
  const grants = (...lines: readonly string[]): readonly JsonObject[] =>
    lines.map((line) => ({ to: line.split(' ')[0] ?? '', level: line.split(' ')[1] ?? '' }));
  const specOf = (name: string, access: readonly JsonObject[], inFolder: readonly JsonObject[]): Spec => ({
    display_name: name,
    parent_path: folder,
    warehouse_id: workspace.local.warehouseId,
    serialized_dashboard: JSON.stringify({
      pages: [{ name: 'p', displayName: 'P', pageType: 'PAGE_TYPE_CANVAS', layoutVersion: 'GRID_V1', layout: [] }],
      datasets: [],
    }),
    published: { current: true, embed_credentials: false, warehouse_id: workspace.local.warehouseId },
    access,
    folder_access: inFolder,
  });
  const onFolder = async (): Promise<readonly string[]> => {
    const { objectId: id } = await getStatus(workspace.client, folder);
    const found = await getPermissions(workspace.client, { type: 'directories', id });
    return found.map(({ name, level }) => `${name} ${level}`).filter((line) => !line.startsWith('local.user'));
  };
  const lookup = (id: string, name: string) =>
    kinds.dashboard.lookup(addressOf('dashboard', name), specOf(name, grants('analysts CAN_READ'), []), {
      version: 1,
      id,
      status: 'ok',
      applied: {},
      out: {},
      needs: [],
    });

  test('is given with the object, shown apart from what the folder passes on, and taken away without that of others', async () => {
    const both = grants('analysts CAN_READ');
    const make = async (name: string): Promise<{ id: string; given: unknown }> => {
      const request = { address: addressOf('dashboard', name), spec: specOf(name, both, both), marker };
      const { id, fields } = await provider().create(request, workspace.write);
      expect(fields).toMatchObject({ access: expect.arrayContaining([...both]) });
      return { id, given: fields['folder_access'] };
    };
    const { id: one, given } = await make('one');
    const { id: two, given: again } = await make('two');
    // What is there already is not given again.
    expect([given, again]).toEqual([both, []]);
    expect(await onFolder()).toEqual(['analysts CAN_READ']);

    const { objectId } = await getStatus(workspace.client, folder);
    await workspace.client.send({
      method: 'PATCH',
      path: `/api/2.0/permissions/directories/${objectId}`,
      body: { access_control_list: [{ group_name: 'others', permission_level: 'CAN_EDIT' }] },
    });
    workspace.local.clearRequests();
    const found = await listOf(provider().observe([lookup(one, 'one'), lookup(two, 'two')], workspace.read));
    for (const each of found) {
      if (each.status !== 'present') throw new Error(each.status);
      const names = (path: string): readonly unknown[] =>
        (each.fields[path] as readonly { to: string }[])
          .map(({ to }) => to)
          .filter((to) => !to.startsWith('local.user'));
      expect([names('access'), new Set(names('folder_access'))]).toEqual([
        ['analysts'],
        new Set(['analysts', 'others']),
      ]);
    }
    // Once for both.
    expect(workspace.local.requests().filter(({ path }) => path.includes('/permissions/directories/'))).toHaveLength(1);

    const spec = specOf('one', both, []);
    const change = {
      address: addressOf('dashboard', 'one'),
      id: one,
      spec,
      mask: ['folder_access[to=analysts].level'],
    };
    expect((await provider().update(change, workspace.write)).fields['folder_access']).toEqual([]);
    expect(await onFolder()).toEqual(['others CAN_EDIT']);
  });

  test('what others gave there before is not ours: as much is left as it is, less is raised and said to be', async () => {
    const place = `${folder}/older`;
    await mkdirs(workspace.client, place);
    const { objectId: id } = await getStatus(workspace.client, place);
    const path = `/api/2.0/permissions/directories/${id}`;
    const theirs = [
      { group_name: 'others', permission_level: 'CAN_EDIT' },
      { group_name: 'analysts', permission_level: 'CAN_READ' },
    ];
    await workspace.client.send({ method: 'PATCH', path, body: { access_control_list: theirs } });
    const wanted = grants('others CAN_RUN', 'analysts CAN_RUN');
    const spec = { ...specOf('older', [], wanted), parent_path: place };
    const { fields } = await provider().create(
      { address: addressOf('dashboard', 'older'), spec, marker },
      workspace.write,
    );
    expect(fields['folder_access']).toEqual([{ to: 'analysts', level: 'CAN_RUN', over: 'CAN_READ' }]);
    const found = await getPermissions(workspace.client, { type: 'directories', id });
    const given = found.map(({ name, level }) => `${name} ${level}`).filter((line) => !line.startsWith('local.user'));
    expect(new Set(given)).toEqual(new Set(['others CAN_EDIT', 'analysts CAN_RUN']));
  });
});
