import { addressOf } from '@dpo/core';
import { expect, test } from '@jest/globals';
import { createProviders } from '../../src/index.ts';
import { listOf, problemOf } from '../support/mock-workspace.ts';
import { schemaIdOf, startContractWorkspace } from './contract-workspace.ts';
import { marker, providerContract } from './provider-contract.ts';

const name = 'prod.monitoring_results';
const path = '/api/2.1/unity-catalog/schemas';

providerContract({
  kind: 'schema',
  name,
  create: `POST ${path}`,
  object: `${path}/*`,
  spec: async () => ({ name }),
});

test('W016: an existing schema reads without a marker and without a count of its tables', async () => {
  const workspace = await startContractWorkspace();
  const { schema } = createProviders({ client: workspace.client });
  const lookup = { by: 'name', address: addressOf('schema', 'prod.ml'), name: 'prod.ml' } as const;
  const id = await schemaIdOf(workspace, 'prod.ml');
  expect(await listOf(schema.observe([lookup], workspace.read))).toEqual([
    { status: 'present', lookup, id, fields: { name: 'prod.ml' }, out: { schema_id: id } },
  ]);
  await workspace.close();
});

test('W016: a schema that we made and that holds nothing says so, over empty pages too', async () => {
  const workspace = await startContractWorkspace({ emptyPages: true, tablePageSize: 1 });
  const { schema } = createProviders({ client: workspace.client });
  const address = addressOf('schema', name);
  await schema.create({ address, spec: { name }, marker }, workspace.write);
  const found = await listOf(schema.observe([{ by: 'name', address, name }], workspace.read));
  expect(found).toMatchObject([{ status: 'present', out: { tables: 0 }, marker }]);
  await workspace.close();
});

test('a schema that holds tables is not deleted', async () => {
  const workspace = await startContractWorkspace();
  const { schema } = createProviders({ client: workspace.client });
  const deleting = schema.delete({ address: addressOf('schema', 'prod.ml'), id: 'x' }, workspace.write);
  expect((await problemOf(deleting)).code).toBe('API.NOT_EMPTY');
  expect(await schemaIdOf(workspace, 'prod.ml')).toBeTruthy();
  await workspace.close();
});
