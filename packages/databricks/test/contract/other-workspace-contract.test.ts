import { expect, test } from '@jest/globals';
import { addressOf } from '@dpo/core';
import { connectionOf, createClient, createProviders } from '../../src/index.ts';
import { listOf } from '../support/mock-workspace.ts';
import { schemaIdOf, startContractWorkspace, tableIdOf } from './contract-workspace.ts';
import { marker } from './provider-contract.ts';

const address = addressOf('monitor', 'prod.ml.churn');

test('W026 another workspace of the metastore sees that a monitor is not its own, and finds none of it', async () => {
  const workspace = await startContractWorkspace();
  const { local, read, write } = workspace;
  await local.seed(`${import.meta.dirname}/second-workspace.yaml`);
  const there = createClient({
    connection: connectionOf({ host: local.url, hostSource: 'test', token: 'eve-token', tokenSource: 'test' }),
    clock: read.clock,
    random: () => 0,
    userAgent: 'dpo/0.1.0 contract',
  });
  const folder = `/Workspace/Shared/dpo/${marker.owner}`;
  const id = await tableIdOf(workspace, 'prod.ml.churn');
  const spec = {
    object_id: id,
    output_schema_id: await schemaIdOf(workspace, 'prod.reports'),
    assets_dir: `${folder}/monitors/prod.ml.churn`,
    profile_type: 'SNAPSHOT',
  };
  const here = createProviders({ client: workspace.client }).monitor;
  await here.create({ address, spec, marker }, write);
  const lookup = { by: 'id', address, id } as const;
  const [own] = await listOf(here.observe([lookup], read));
  expect(own).toMatchObject({ status: 'present', marker: { owner: marker.owner } });
  expect(own).not.toHaveProperty('elsewhere');

  const other = createProviders({ client: there }).monitor;
  const [seen] = await listOf(other.observe([lookup], read));
  expect(seen).toMatchObject({ status: 'present', id, elsewhere: true, fields: { profile_type: 'SNAPSHOT' } });
  expect(seen).not.toHaveProperty('marker');
  const places = { catalogs: ['prod'], schemas: ['prod.reports'], folders: [folder] };
  const request = { ...places, owner: marker.owner, known: new Set<never>(), explained: new Set<never>() };
  expect(await listOf(here.discover(request, read))).toHaveLength(1);
  expect(await listOf(other.discover(request, read))).toEqual([]);
  await there.close();
  await workspace.close();
});
