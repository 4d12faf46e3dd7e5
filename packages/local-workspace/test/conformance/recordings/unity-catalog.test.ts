import { describe, expect, test } from '@jest/globals';
import { unityPrefix, withWorkspace } from '../../workspace-client.ts';
import { planned, replay } from '../planned-call.ts';

const schemas = `${unityPrefix}/schemas`;
const tags = `${unityPrefix}/entity-tag-assignments`;

describe('what was recorded of Unity Catalog', () => {
  // databricks/cli acceptance/bundle/resources/schemas (cloud): names, properties of the server, empty update.
  test('a schema is lower-cased, gets properties of the server, and refuses an update of nothing', async () => {
    await withWorkspace({}, async ({ call }) => {
      await replay(
        call,
        [
          planned('POST', schemas, {
            body: () => ({ name: 'MySchema', catalog_name: 'prod', properties: { a: 'b' } }),
            status: 200,
            answer: { name: 'myschema', full_name: 'prod.myschema', properties: { a: 'b' } },
          }),
          planned('PATCH', `${schemas}/prod.myschema`, {
            body: () => ({}),
            status: 400,
            answer: { message: 'UpdateSchema Nothing to update' },
          }),
        ],
        {},
      );
      const { body } = await call('GET', `${schemas}/prod.MYSCHEMA`);
      const names = Object.keys(body['properties'] as object);
      expect(names).toContainEqual(expect.stringMatching(/^unity\.catalog\.managed\..+\.defaults\./));
    });
  });

  // databricks/cli acceptance/selftest/record_cloud/volume-io and acceptance/bundle/resources/schemas (cloud).
  test.each([
    ['catalogs/none', "Catalog 'none' does not exist."],
    ['schemas/prod.none', "Schema 'prod.none' does not exist."],
    ['tables/prod.ml.none', "Table 'prod.ml.none' does not exist."],
  ])('%s is missing in the words of the service', async (path, message) => {
    await withWorkspace({}, async ({ call }) => {
      const reply = await call('GET', `${unityPrefix}/${path}`);
      expect([reply.status, reply.body['message']]).toEqual([404, message]);
    });
  });

  // terraform-provider-databricks issue 5659: a tag without a value comes back with an empty one.
  test('a tag without a value comes back with an empty one', async () => {
    await withWorkspace({}, async ({ call }) => {
      const body = () => ({ entity_type: 'tables', entity_name: 'prod.ml.orders', tag_key: 'bare' });
      await replay(
        call,
        [
          planned('POST', tags, { body, status: 200, answer: { tag_key: 'bare', tag_value: '' } }),
          planned('GET', `${tags}/tables/prod.ml.orders/tags/bare`, { status: 200, answer: { tag_value: '' } }),
        ],
        {},
      );
    });
  });

  // dbt-databricks PR #954 (measured): CREATE OR REPLACE keeps the id of a table and not that of a view.
  test('a replaced table keeps its id, a replaced view does not', async () => {
    await withWorkspace({}, async ({ call, field, warehouseId }) => {
      const run = (statement: string) =>
        call('POST', '/api/2.0/sql/statements', { statement, warehouse_id: warehouseId });
      const id = (name: string) => field(`${unityPrefix}/tables/prod.ml.${name}`, 'table_id');
      const before = [await id('orders'), await id('recent')];
      await run('CREATE OR REPLACE TABLE prod.ml.orders AS SELECT 2 AS id');
      await run('CREATE OR REPLACE VIEW prod.ml.recent AS SELECT 1 AS one');
      expect(await id('orders')).toBe(before[0]);
      expect(await id('recent')).not.toBe(before[1]);
    });
  });
});
