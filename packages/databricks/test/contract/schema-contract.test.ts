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
    { status: 'present', lookup, id, fields: { name: 'prod.ml', owner: expect.any(String) }, out: { schema_id: id } },
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

test('W004: a schema that we made is handed over, and set back when somebody takes it', async () => {
  const workspace = await startContractWorkspace();
  const { schema } = createProviders({ client: workspace.client });
  const address = addressOf('schema', name);
  const spec = { name, owner: 'admins' };
  const ownerNow = async () => (await workspace.client.send({ method: 'GET', path: `${path}/${name}` })).body['owner'];
  const { id, fields } = await schema.create({ address, spec, marker }, workspace.write);
  expect([fields['owner'], await ownerNow()]).toEqual(['admins', 'admins']);
  await workspace.client.send({ method: 'PATCH', path: `${path}/${name}`, body: { owner: 'local.user@example.com' } });
  expect(await ownerNow()).toBe('local.user@example.com');
  await schema.update({ address, id, spec, mask: ['owner'] }, workspace.write);
  expect(await ownerNow()).toBe('admins');
  // Nobody is named: it stays with whoever has it.
  await schema.update({ address, id, spec: { name }, mask: ['owner'] }, workspace.write);
  expect(await ownerNow()).toBe('admins');
  await workspace.close();
});
