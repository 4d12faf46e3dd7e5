import { describe, expect, test } from '@jest/globals';
import { unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const schemas = `${unityPrefix}/schemas`;
const tables = `${unityPrefix}/tables`;
const tags = `${unityPrefix}/entity-tag-assignments`;

describe('unity catalog api', () => {
  test('metastore, assignment and catalogs answer with the ids of the workspace', async () => {
    await withWorkspace({}, async ({ call, metastoreId, workspaceId }) => {
      expect((await call('GET', `${unityPrefix}/metastore_summary`)).body['metastore_id']).toBe(metastoreId);
      expect((await call('GET', `${unityPrefix}/current-metastore-assignment`)).body).toEqual({
        metastore_id: metastoreId,
        workspace_id: Number(workspaceId),
      });
      expect((await call('GET', `${unityPrefix}/catalogs`)).body['catalogs']).toMatchObject([{ name: 'prod' }]);
      expect((await call('GET', `${unityPrefix}/catalogs/none`)).body['message']).toBe(
        "Catalog 'none' does not exist.",
      );
    });
  });

  test('a schema is created with a property of the server, changed, and refused a second time with 400', async () => {
    await withWorkspace({}, async ({ call }) => {
      const wanted = { name: 'Global', catalog_name: 'prod', comment: 'views', properties: { 'dpo.owner': 'p' } };
      const created = await call('POST', schemas, wanted);
      expect(created.body).toMatchObject({ name: 'global', full_name: 'prod.global', schema_id: expect.any(String) });
      const managed = Object.keys(created.body['properties'] as object).filter((key) => key !== 'dpo.owner');
      expect(managed).toEqual([expect.stringMatching(/^unity\.catalog\.managed\..+\.defaults\..+/)]);
      const again = await call('POST', schemas, wanted);
      expect([again.status, again.body['error_code']]).toEqual([400, 'SCHEMA_ALREADY_EXISTS']);
      const changed = await call('PATCH', `${schemas}/prod.global`, { comment: 'new', properties: { a: 'b' } });
      expect(changed.body).toMatchObject({
        comment: 'new',
        properties: { a: 'b', [String(managed[0])]: 'true' },
        schema_id: created.body['schema_id'],
      });
      const empty = await call('PATCH', `${schemas}/prod.global`, {});
      expect([empty.status, empty.body['message']]).toEqual([400, 'UpdateSchema Nothing to update']);
    });
  });

  test('only the owner of a schema may change it', async () => {
    await withWorkspace({}, async ({ call }) => {
      await call('PATCH', `${schemas}/prod.ml`, { owner: 'others' });
      const refused = await call('PATCH', `${schemas}/prod.ml`, { comment: 'mine' });
      expect([refused.status, refused.body['error_code']]).toEqual([403, 'PERMISSION_DENIED']);
    });
  });

  test('a schema with tables is deleted only by force, and its tables and tags go with it', async () => {
    await withWorkspace({}, async ({ call }) => {
      expect((await call('DELETE', `${schemas}/prod.ml`)).status).toBe(400);
      expect((await call('DELETE', `${schemas}/prod.ml?force=true`)).body).toEqual({});
      const missing = await call('GET', `${schemas}/prod.ml`);
      expect([missing.status, missing.body['message']]).toEqual([404, "Schema 'prod.ml' does not exist."]);
      expect((await call('GET', `${tables}/prod.ml.churn`)).status).toBe(404);
      expect((await call('POST', schemas, { name: 'ml', catalog_name: 'prod' })).status).toBe(200);
      const listed = await call('GET', `${tables}?catalog_name=prod&schema_name=ml`);
      expect(listed.body['tables']).toEqual([]);
    });
  });

  test('a table shows its columns with Spark types, a view its text', async () => {
    await withWorkspace({}, async ({ call }) => {
      const orders = await call('GET', `${tables}/prod.ml.orders`);
      expect(orders.body['columns']).toEqual([
        {
          name: 'id',
          type_name: 'INT',
          type_text: 'int',
          nullable: true,
          position: 0,
          type_json: '{"name":"id","type":"integer","nullable":true,"metadata":{}}',
        },
        {
          name: 'amount',
          type_name: 'DECIMAL',
          type_text: 'decimal(9,2)',
          nullable: true,
          position: 1,
          type_precision: 9,
          type_scale: 2,
          type_json: '{"name":"amount","type":"decimal(9,2)","nullable":true,"metadata":{}}',
        },
      ]);
      const view = await call('GET', `${tables}/prod.ml.recent`);
      expect(view.body).toMatchObject({
        table_type: 'VIEW',
        view_definition: 'SELECT * FROM prod.ml.churn WHERE id > 30',
      });
      expect((await call('GET', `${tables}/prod.ml.recent/exists`)).body).toEqual({ table_exists: true });
      expect((await call('GET', `${tables}/prod.ml.no/exists`)).body).toEqual({ table_exists: false });
      expect((await call('GET', `${tables}/prod.ml.no`)).body['message']).toBe("Table 'prod.ml.no' does not exist.");
    });
  });

  test('a list can leave out columns, properties and owner but keeps the id', async () => {
    await withWorkspace({}, async ({ call }) => {
      const query = 'catalog_name=prod&schema_name=ml&omit_columns=true&omit_properties=true&omit_username=true';
      const listed = (await call('GET', `${tables}?${query}`)).body['tables'] as readonly Record<string, unknown>[];
      expect(listed.map(({ name }) => name)).toEqual(['churn', 'orders', 'recent']);
      for (const table of listed) {
        expect(Object.keys(table)).not.toEqual(expect.arrayContaining(['columns', 'properties', 'owner']));
        expect(table['table_id']).toEqual(expect.any(String));
      }
    });
  });

  test('pages can be short and empty, and the tokens lead through all of them', async () => {
    await withWorkspace({ tablePageSize: 1, emptyPages: true }, async ({ call }) => {
      const pages = await allPages(call, `${tables}?catalog_name=prod&schema_name=ml&max_results=0`);
      expect(pages).toEqual([[], ['churn'], [], ['orders'], [], ['recent']]);
      const refused = await call('GET', `${tables}?catalog_name=prod&schema_name=ml&page_token=zzz`);
      expect(refused.status).toBe(400);
    });
  });

  test('a dropped table is gone for REST and for SQL', async () => {
    await withWorkspace({}, async ({ call, warehouseId }) => {
      await call('DELETE', `${tables}/prod.ml.orders`);
      expect((await call('GET', `${tables}/prod.ml.orders`)).status).toBe(404);
      const statement = { statement: 'SELECT * FROM prod.ml.orders', warehouse_id: warehouseId };
      expect((await call('POST', '/api/2.0/sql/statements', statement)).body['status']).toMatchObject({
        state: 'FAILED',
      });
    });
  });

  test('tags are created, listed, changed under their mask and deleted', async () => {
    await withWorkspace({}, async ({ call }) => {
      const ofTable = `${tags}/tables/prod.ml.churn/tags`;
      const listed = await call('GET', ofTable);
      expect(listed.body['tag_assignments']).toEqual([
        { entity_type: 'tables', entity_name: 'prod.ml.churn', tag_key: 'monitor_enabled', tag_value: 'true' },
      ]);
      const tag = { entity_type: 'tables', entity_name: 'prod.ml.churn', tag_key: 'team' };
      expect((await call('POST', tags, tag)).body['tag_value']).toBe('');
      expect((await call('POST', tags, tag)).status).toBe(409);
      const changed = await call('PATCH', `${ofTable}/team?update_mask=tag_value`, { ...tag, tag_value: 'risk' });
      expect(changed.body['tag_value']).toBe('risk');
      expect((await call('PATCH', `${ofTable}/team`, { tag_value: 'x' })).body['message']).toContain('update_mask');
      expect((await call('DELETE', `${ofTable}/team`)).body).toEqual({});
      expect((await call('GET', `${ofTable}/team`)).status).toBe(404);
    });
  });

  test('columns have tags of their own and singular entity types are refused', async () => {
    await withWorkspace({}, async ({ call }) => {
      const ofColumn = await call('GET', `${tags}/columns/prod.ml.churn.score/tags`);
      expect(ofColumn.body['tag_assignments']).toMatchObject([{ tag_key: 'pii', tag_value: 'no' }]);
      expect((await call('GET', `${tags}/columns/prod.ml.churn.none/tags`)).status).toBe(404);
      expect((await call('GET', `${tags}/table/prod.ml.churn/tags`)).status).toBe(400);
    });
  });
});

async function allPages(call: TestWorkspace['call'], path: string): Promise<readonly (readonly unknown[])[]> {
  const pages: unknown[][] = [];
  let token: string | undefined;
  do {
    const suffix = token === undefined ? '' : `&page_token=${token}`;
    const { body } = await call('GET', `${path}${suffix}`);
    pages.push((body['tables'] as { name: string }[]).map(({ name }) => name));
    token = body['next_page_token'] as string | undefined;
  } while (token !== undefined);
  return pages;
}
