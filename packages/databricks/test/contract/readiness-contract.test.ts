import { expect, test } from '@jest/globals';
import { addressOf, type Readiness } from '@dpo/core';
import { createProviders } from '../../src/index.ts';
import { schemaIdOf, startContractWorkspace, tableIdOf, type ContractOptions } from './contract-workspace.ts';
import { marker } from './provider-contract.ts';

const address = addressOf('monitor', 'prod.ml.churn');
const baseline = '/api/2.1/unity-catalog/tables/prod.ml.churn_baseline';

/** A monitor with a baseline is made, its baseline is perhaps dropped, and the workspace comes to rest if it is to. */
async function readinessAfter(options: ContractOptions, dropped = false): Promise<Readiness> {
  const workspace = await startContractWorkspace({ lifecycle: { deleteDelayMs: 0, activeAfterMs: 0 }, ...options });
  try {
    const { monitor } = createProviders({ client: workspace.client });
    const spec = {
      object_id: await tableIdOf(workspace, 'prod.ml.churn'),
      output_schema_id: await schemaIdOf(workspace, 'prod.reports'),
      assets_dir: '/Workspace/Shared/dpo/churn/prod/monitors/prod.ml.churn',
      profile_type: 'SNAPSHOT',
      baseline_table_name: 'prod.ml.churn_baseline',
    };
    const { id } = await monitor.create({ address, spec, marker }, workspace.write);
    if (dropped) await workspace.client.send({ method: 'DELETE', path: baseline });
    if (options.firstRefresh === 'automatic') await workspace.local.idle();
    return await monitor.ready(id, workspace.read);
  } finally {
    await workspace.close();
  }
}

test('a monitor is pending until its first refresh has ended, and ready then', async () => {
  expect(await readinessAfter({ firstRefresh: 'held' })).toBe('pending');
  expect(await readinessAfter({ firstRefresh: 'automatic' })).toBe('ready');
});

test('a monitor whose first refresh fails has failed', async () => {
  const lifecycle = { deleteDelayMs: 0, activeAfterMs: 0, refreshDelayMs: 1000 };
  expect(await readinessAfter({ firstRefresh: 'automatic', lifecycle }, true)).toBe('failed');
});

test('a monitor that has not become active is pending', async () => {
  expect(await readinessAfter({ lifecycle: { deleteDelayMs: 0, activeAfterMs: 3_600_000 } })).toBe('pending');
});

test('a schema is ready once it is there', async () => {
  const workspace = await startContractWorkspace();
  const { schema } = createProviders({ client: workspace.client });
  expect(await schema.ready(await schemaIdOf(workspace, 'prod.reports'), workspace.read)).toBe('ready');
  await workspace.close();
});
