import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import { unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { Reply, TestWorkspace } from '../workspace-client.ts';

const functions = `${unityPrefix}/functions`;
const parameter = { name: 'x', type_text: 'double', type_name: 'DOUBLE', position: 0 };
const wanted = {
  name: 'Twice',
  catalog_name: 'prod',
  schema_name: 'ml',
  input_params: { parameters: [parameter, { ...parameter, name: 'a `b', position: 1 }] },
  data_type: 'DOUBLE',
  full_data_type: 'DOUBLE',
  routine_body: 'SQL',
  routine_definition: 'x * 2 + `a ``b`',
  parameter_style: 'S',
  is_deterministic: true,
  sql_data_access: 'CONTAINS_SQL',
  is_null_call: false,
  security_type: 'DEFINER',
  specific_name: 'twice',
  comment: "it's \\ doubled",
};

describe('functions', () => {
  test('a function that REST makes is shown and can be called', async () => {
    await withWorkspace({}, async (workspace) => {
      const created = await create(workspace, {});
      expect(created.status).toBe(200);
      expect(created.body).toMatchObject({
        name: 'twice',
        full_name: 'prod.ml.twice',
        function_id: expect.any(String),
        data_type: 'DOUBLE',
        full_data_type: 'DOUBLE',
        input_params: {
          parameters: [
            { name: 'x', type_text: 'double', type_name: 'DOUBLE', position: 0 },
            { name: 'a `b', type_text: 'double', type_name: 'DOUBLE', position: 1 },
          ],
        },
        routine_body: 'SQL',
        routine_definition: 'x * 2 + `a ``b`',
        comment: "it's \\ doubled",
        owner: 'local.user@example.com',
      });
      expect((await workspace.call('GET', `${functions}/PROD.ml.twice`)).body).toEqual(created.body);
      expect(await valueOf(workspace, 'SELECT prod.ml.twice(20, 2)')).toBe('42.0');
      expect(fault(await create(workspace, {}))).toEqual([400, 'FUNCTION_ALREADY_EXISTS']);
    });
  });

  test('a function of SQL is listed, and gone for SQL after a delete by REST', async () => {
    await withWorkspace({}, async (workspace) => {
      await run(workspace, 'CREATE FUNCTION prod.ml.one() RETURNS INT RETURN 1');
      const listed = await workspace.call('GET', `${functions}?catalog_name=prod&schema_name=ml&max_results=0`);
      expect(listed.body['functions']).toMatchObject([{ name: 'one', data_type: 'INT', routine_definition: '1' }]);
      expect((await workspace.call('DELETE', `${functions}/prod.ml.one?force=true`)).body).toEqual({});
      const status = (await run(workspace, 'SELECT prod.ml.one()')).body['status'];
      expect(status).toMatchObject({ state: 'FAILED' });
      const missing = await workspace.call('GET', `${functions}/prod.ml.one`);
      expect([...fault(missing), missing.body['message']]).toEqual([
        404,
        'FUNCTION_DOES_NOT_EXIST',
        "Function 'prod.ml.one' does not exist.",
      ]);
    });
  });

  test.each([
    ['a body that does not resolve', { routine_definition: 'y + 1' }, 400],
    ['a second statement behind the body', { routine_definition: '1; DROP TABLE prod.ml.orders' }, 400],
    ['a clause in a type', { full_data_type: 'INT RETURN 1 --' }, 400],
    ['a clause in the type of a parameter', { input_params: { parameters: [{ ...parameter, type_text: 'a)' }] } }, 400],
    ['no name', { name: 'a b' }, 400],
    ['another language', { routine_body: 'EXTERNAL', external_language: 'Python' }, 501],
    ['a table as result', { data_type: 'TABLE_TYPE' }, 501],
    ['a schema that is missing', { schema_name: 'none' }, 404],
  ])('%s is refused', async (_, change, status) => {
    await withWorkspace({}, async (workspace) => {
      expect((await create(workspace, change)).status).toBe(status);
      expect((await workspace.call('GET', `${unityPrefix}/tables/prod.ml.orders`)).status).toBe(200);
      const listed = await workspace.call('GET', `${functions}?catalog_name=prod&schema_name=ml`);
      expect(listed.body['functions']).toEqual([]);
    });
  });

  test('creating needs CREATE FUNCTION, seeing EXECUTE, deleting MANAGE or ownership', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const bo = as(owner, 'bo-token');
      const cy = as(owner, 'cy-token');
      await owner.grant({ type: 'catalog', name: 'prod' }, 'account users', 'USE_CATALOG');
      await owner.grant({ type: 'schema', name: 'prod.ml' }, 'account users', 'USE_SCHEMA');
      expect(fault(await create(bo, {}))).toEqual([403, 'PERMISSION_DENIED']);
      await owner.grant({ type: 'schema', name: 'prod.ml' }, 'bo@x.com', 'CREATE_FUNCTION');
      expect((await create(bo, {})).body['owner']).toBe('bo@x.com');
      const path = `${functions}/prod.ml.twice`;
      expect(fault(await cy.call('GET', path))).toEqual([403, 'PERMISSION_DENIED']);
      const listed = await cy.call('GET', `${functions}?catalog_name=prod&schema_name=ml`);
      expect(listed.body['functions']).toEqual([]);
      await owner.grant({ type: 'function', name: 'prod.ml.twice' }, 'cy@x.com', 'EXECUTE');
      expect((await cy.call('GET', path)).status).toBe(200);
      expect(fault(await cy.call('DELETE', path))).toEqual([403, 'PERMISSION_DENIED']);
      expect(fault(await cy.call('PATCH', path, { owner: 'cy@x.com' }))).toEqual([403, 'PERMISSION_DENIED']);
      expect((await owner.call('PATCH', path, { owner: 'cy@x.com' })).body['owner']).toBe('cy@x.com');
      expect((await cy.call('DELETE', path)).status).toBe(200);
    });
  });
});

function create(workspace: TestWorkspace, change: object): Promise<Reply> {
  return workspace.call('POST', functions, { function_info: { ...wanted, ...change } });
}

function run(workspace: TestWorkspace, statement: string): Promise<Reply> {
  const body = { statement, warehouse_id: workspace.warehouseId };
  return workspace.call('POST', '/api/2.0/sql/statements', body);
}

async function valueOf(workspace: TestWorkspace, statement: string): Promise<unknown> {
  const { body } = await run(workspace, statement);
  expect(body['status']).toEqual({ state: 'SUCCEEDED' });
  return (body['result'] as { readonly data_array: string[][] }).data_array[0]?.[0];
}

function fault({ status, body }: Reply): readonly unknown[] {
  return [status, body['error_code']];
}
