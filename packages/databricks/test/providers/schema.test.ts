import { describe, expect, test } from '@jest/globals';
import { addressOf, type Lookup } from '@dpo/core';
import { createProviders } from '../../src/index.ts';
import { errorOf, listOf, mockWorkspace, problemOf, type SeenRequest } from '../support/mock-workspace.ts';

const path = '/api/2.1/unity-catalog/schemas';
const address = addressOf('schema', 'prod.out');
const lookup: Lookup = { by: 'name', address, name: 'prod.out' };
const info = { schema_id: 'uuid', full_name: 'prod.out', name: 'out', catalog_name: 'prod' };
const marker = { owner: 'churn/prod', lineage: '1f6e' };
const properties = { 'dpo.owner': 'dpo:churn/prod', 'dpo.lineage': 'dpo-lineage:1f6e' };

describe('schemas', () => {
  test('W016: one without our marker is present, and its tables are not asked for', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', `${path}/prod.out`, { body: { ...info, properties: { 'dpo.owner': 'somebody' } } });
    const { schema } = createProviders({ client: workspace.client });
    expect(await listOf(schema.observe([lookup], workspace.read))).toEqual([
      { status: 'present', lookup, id: 'uuid', fields: { name: 'prod.out' }, out: { schema_id: 'uuid' } },
    ]);
    await workspace.done();
  });

  test.each([
    ['empty', [], 0],
    ['not empty', [{ full_name: 'prod.out.t', table_id: 't' }], 1],
  ])('W016: one with our marker says whether it is %s', async (_name, tables, count) => {
    const workspace = mockWorkspace();
    workspace.reply('GET', `${path}/prod.out`, { body: { ...info, properties } });
    workspace.reply('GET', '/api/2.1/unity-catalog/tables', { body: { tables } });
    const { schema } = createProviders({ client: workspace.client });
    expect(await listOf(schema.observe([lookup], workspace.read))).toEqual([
      {
        status: 'present',
        lookup,
        id: 'uuid',
        fields: { name: 'prod.out' },
        out: { schema_id: 'uuid', tables: count },
        marker,
      },
    ]);
    await workspace.done();
  });

  test('W002: 404 is absent, 403 is unreadable with the missing grant', async () => {
    const workspace = mockWorkspace();
    const other: Lookup = { by: 'name', address: addressOf('schema', 'prod.no'), name: 'prod.no' };
    workspace.reply('GET', `${path}/prod.out`, { status: 404, body: { message: "Schema 'prod.out' does not exist." } });
    workspace.reply('GET', `${path}/prod.no`, { status: 403, body: { message: 'no' } });
    const { schema } = createProviders({ client: workspace.client });
    const observed = await listOf(schema.observe([lookup, other], workspace.read));
    expect(observed).toMatchObject([
      { status: 'absent', lookup },
      {
        status: 'unreadable',
        problem: {
          code: 'API.FORBIDDEN',
          address: other.address,
          hint: 'grant USE SCHEMA on schema prod.no and USE CATALOG on prod',
        },
      },
    ]);
    await workspace.done();
  });

  test('W002: one that is there is not absent because the list of its tables is', async () => {
    const workspace = mockWorkspace();
    workspace.reply('GET', `${path}/prod.out`, { body: { ...info, properties } });
    workspace.reply('GET', '/api/2.1/unity-catalog/tables', { status: 404, body: { message: 'no schema' } });
    const { schema } = createProviders({ client: workspace.client });
    const observed = await listOf(schema.observe([lookup], workspace.read));
    expect(observed).toMatchObject([{ status: 'unreadable', problem: { code: 'API.SERVER', address } }]);
    await workspace.done();
  });

  test('are created with the marker', async () => {
    const workspace = mockWorkspace();
    const seen: SeenRequest[] = [];
    workspace.reply('POST', path, { body: { ...info, properties }, seen: (request) => seen.push(request) });
    const { schema } = createProviders({ client: workspace.client });
    const applied = await schema.create({ address, spec: { name: 'prod.out' }, marker }, workspace.write);
    expect(seen[0]?.body).toEqual({ name: 'out', catalog_name: 'prod', properties });
    expect(applied).toEqual({ id: 'uuid', fields: { name: 'prod.out' }, out: { schema_id: 'uuid' } });
    await workspace.done();
  });

  test('a create that misses the catalog names it', async () => {
    const workspace = mockWorkspace();
    workspace.reply('POST', path, { status: 404, body: { error_code: 'CATALOG_DOES_NOT_EXIST', message: 'no' } });
    const { schema } = createProviders({ client: workspace.client });
    const problem = await problemOf(schema.create({ address, spec: { name: 'prod.out' }, marker }, workspace.write));
    expect(problem).toMatchObject({ code: 'API.NOT_FOUND', message: expect.stringContaining('catalog prod does not') });
    await workspace.done();
  });

  test('one that exists is a conflict, an answer without an id an unknown outcome', async () => {
    const workspace = mockWorkspace();
    workspace.reply('POST', path, { status: 400, body: { error_code: 'SCHEMA_ALREADY_EXISTS', message: 'x' } });
    workspace.reply('POST', path, { body: {} });
    const { schema } = createProviders({ client: workspace.client });
    const create = () => schema.create({ address, spec: { name: 'prod.out' }, marker }, workspace.write);
    expect((await problemOf(create())).code).toBe('API.CONFLICT');
    expect((await problemOf(create())).code).toBe('API.OUTCOME_UNKNOWN');
    await workspace.done();
  });

  test('are deleted without force, and twice', async () => {
    const workspace = mockWorkspace();
    const seen: SeenRequest[] = [];
    workspace.reply('DELETE', `${path}/prod.out`, { seen: (request) => seen.push(request) });
    workspace.reply('DELETE', `${path}/prod.out`, { status: 404, body: { message: 'gone' } });
    workspace.reply('GET', `${path}/prod.out`, { status: 404, body: { message: 'gone' } });
    const { schema } = createProviders({ client: workspace.client });
    await schema.delete({ address, id: 'uuid' }, workspace.write);
    await schema.delete({ address, id: 'uuid' }, workspace.write);
    expect(seen[0]?.query).toEqual({});
    await workspace.done();
  });

  test('are updated in their owner only', async () => {
    const workspace = mockWorkspace();
    const { schema } = createProviders({ client: workspace.client });
    const update = schema.update({ address, id: 'uuid', spec: { name: 'prod.out' }, mask: ['name'] }, workspace.write);
    expect(await errorOf(update)).toBeInstanceOf(TypeError);
  });
});
