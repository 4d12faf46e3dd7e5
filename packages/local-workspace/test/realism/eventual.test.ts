import { describe, expect, test } from '@jest/globals';
import { unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const schemas = { collection: `${unityPrefix}/schemas`, id: 'full_name' };
const schema = `${unityPrefix}/schemas/prod.new`;
const table = `${unityPrefix}/tables/prod.ml.fresh`;

describe('eventual reads', () => {
  test('the first read after a create finds nothing and the second finds it', async () => {
    await withWorkspace({ realism: { eventualReads: [schemas] } }, async ({ call }) => {
      await call('POST', schemas.collection, { name: 'new', catalog_name: 'prod' });
      const statuses = [(await call('GET', schema)).status, (await call('GET', schema)).status];
      expect(statuses).toEqual([404, 200]);
    });
  });

  test('the first read after a change shows the former state, although the change took effect', async () => {
    await withWorkspace({ realism: { eventualReads: [schemas] } }, async ({ call }) => {
      await call('POST', schemas.collection, { name: 'new', catalog_name: 'prod', comment: 'old' });
      await call('GET', schema);
      await call('GET', schema);
      expect((await call('PATCH', schema, { comment: 'new' })).body['comment']).toBe('new');
      const comments = [(await call('GET', schema)).body['comment'], (await call('GET', schema)).body['comment']];
      expect(comments).toEqual(['old', 'new']);
    });
  });

  test('a deleted resource is read once more, and a refused write changes no read', async () => {
    await withWorkspace({ realism: { eventualReads: [schemas] } }, async ({ call }) => {
      const existing = `${unityPrefix}/schemas/prod.monitoring`;
      expect((await call('PATCH', existing, { colour: 'red' })).status).toBe(400);
      expect((await call('PATCH', existing, { comment: 'x' })).status).toBe(200);
      await call('GET', existing);
      await call('DELETE', existing);
      expect([(await call('GET', existing)).status, (await call('GET', existing)).status]).toEqual([200, 404]);
    });
  });

  test('other kinds of resources are up to date', async () => {
    await withWorkspace({ realism: { eventualReads: true } }, async ({ call }) => {
      await call('POST', schemas.collection, { name: 'new', catalog_name: 'prod' });
      expect((await call('GET', schema)).status).toBe(200);
    });
  });
});

describe('table visibility', () => {
  test('a new table is found by REST after so many reads, by SQL at once, and what was seeded always', async () => {
    await withWorkspace({ realism: { tableVisibleAfterReads: 2 } }, async (workspace) => {
      const { call } = workspace;
      expect((await call('GET', `${unityPrefix}/tables/prod.ml.churn`)).status).toBe(200);
      await run(workspace, 'CREATE TABLE prod.ml.fresh AS SELECT 1 AS n');
      expect(await run(workspace, 'SELECT n FROM prod.ml.fresh')).toBe('SUCCEEDED');
      const first = await call('GET', table);
      expect([first.status, first.body['message']]).toEqual([404, "Table 'prod.ml.fresh' does not exist."]);
      expect(await listed(workspace)).not.toContain('fresh');
      expect(await listed(workspace)).toContain('fresh');
      expect((await call('GET', table)).status).toBe(200);
    });
  });
});

async function run({ call, warehouseId }: TestWorkspace, statement: string): Promise<unknown> {
  const { body } = await call('POST', '/api/2.0/sql/statements', { statement, warehouse_id: warehouseId });
  return (body['status'] as Record<string, unknown>)['state'];
}

async function listed({ call }: TestWorkspace): Promise<readonly string[]> {
  const { body } = await call('GET', `${unityPrefix}/tables?catalog_name=prod&schema_name=ml`);
  return (body['tables'] as readonly { readonly name: string }[]).map(({ name }) => name);
}
