import { describe, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { as, others } from '../access/principals.ts';
import { createVolume } from '../volume-files/volume-client.ts';
import { fixedClock, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { Reply, TestWorkspace } from '../workspace-client.ts';

const tables = `${unityPrefix}/tables`;
const quotas = `${unityPrefix}/resource-quotas`;

describe('owner of a table', () => {
  test('is changed by an owner to a part of himself, and by a metastore admin to anybody (corrections 2)', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const path = `${tables}/prod.ml.recent`;
      const bo = as(owner, 'bo-token');
      await owner.grant({ type: 'catalog', name: 'prod' }, 'account users', 'USE_CATALOG');
      await owner.grant({ type: 'schema', name: 'prod.ml' }, 'account users', 'USE_SCHEMA');
      await owner.grant({ type: 'table', name: 'prod.ml.recent' }, 'bo@x.com', 'MANAGE');
      expect(fault(await bo.call('PATCH', path, { owner: 'bo@x.com' }))).toEqual([403, 'PERMISSION_DENIED']);
      expect((await owner.call('PATCH', path, { owner: 'bo@x.com' })).body).toEqual({});
      expect(await owner.field(path, 'owner')).toBe('bo@x.com');
      expect(fault(await bo.call('PATCH', path, { owner: 'cy@x.com' }))).toEqual([403, 'PERMISSION_DENIED']);
      expect((await bo.call('PATCH', path, { owner: 'analysts' })).status).toBe(200);
      expect(await owner.field(path, 'owner')).toBe('analysts');
      expect((await bo.call('PATCH', path, { owner: 'bo@x.com' })).status).toBe(200);
      expect(fault(await owner.call('PATCH', path, { owner: 'nobody' }))).toEqual([404, 'PRINCIPAL_DOES_NOT_EXIST']);
      expect(fault(await owner.call('PATCH', `${tables}/prod.ml.none`, { owner: 'bo@x.com' }))).toEqual([
        404,
        'TABLE_DOES_NOT_EXIST',
      ]);
      expect((await owner.call('PATCH', path, { comment: 'x' })).status).toBe(400);
      expect((await owner.call('PATCH', path, {})).status).toBe(400);
    });
  });

  test('is changed by the owner of the schema too, but not without USE CATALOG', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const bo = as(owner, 'bo-token');
      await owner.call('PATCH', `${unityPrefix}/schemas/prod.ml`, { owner: 'bo@x.com' });
      const take = () => bo.call('PATCH', `${tables}/prod.ml.orders`, { owner: 'bo@x.com' });
      expect(fault(await take())).toEqual([403, 'PERMISSION_DENIED']);
      await owner.grant({ type: 'catalog', name: 'prod' }, 'bo@x.com', 'USE_CATALOG');
      expect((await take()).status).toBe(200);
    });
  });
});

describe('resource quotas', () => {
  test('count what there is, by parent', async () => {
    await withWorkspace({}, async (workspace) => {
      const { call, metastoreId } = workspace;
      await createVolume(workspace);
      const one = await call('GET', `${quotas}/schema/prod.ml/table-quota`);
      expect(one.body['quota_info']).toEqual({
        parent_securable_type: 'SCHEMA',
        parent_full_name: 'prod.ml',
        quota_name: 'table-quota',
        quota_count: 3,
        quota_limit: 10_000,
        last_refreshed_at: fixedClock().getTime(),
      });
      expect(await countOf(workspace, 'SCHEMA/prod.ml/volume-quota')).toBe(1);
      expect(await countOf(workspace, 'CATALOG/prod/schema-quota')).toBe(2);
      expect(await countOf(workspace, `METASTORE/${metastoreId}/table-quota`)).toBe(3);
      expect(await countOf(workspace, `METASTORE/${metastoreId}/catalog-quota`)).toBe(1);
      await call('DELETE', `${tables}/prod.ml.orders`);
      expect(await countOf(workspace, 'SCHEMA/prod.ml/table-quota')).toBe(2);
    });
  });

  test('are listed in pages, and none is for monitors (corrections 6)', async () => {
    await withWorkspace({}, async (workspace) => {
      const listed = await workspace.call('GET', `${quotas}/all-resource-quotas`);
      const all = listed.body['quotas'] as Record<string, unknown>[];
      expect(all.map(({ quota_name: name }) => name)).not.toContain('monitor-quota');
      expect(all.length).toBeGreaterThan(6);
      const page = await workspace.call('GET', `${quotas}/all-resource-quotas?max_results=2`);
      expect(page.body).toMatchObject({ quotas: all.slice(0, 2), next_page_token: expect.any(String) });
      const path = `${quotas}/metastore/${workspace.metastoreId}/monitor-quota`;
      expect((await workspace.call('GET', path)).status).toBe(404);
    });
  });

  test('of a parent that the caller cannot see are not told', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const bo = as(owner, 'bo-token');
      expect((await bo.call('GET', `${quotas}/schema/prod.ml/table-quota`)).status).toBe(404);
      await owner.grant({ type: 'catalog', name: 'prod' }, 'bo@x.com', 'BROWSE');
      expect((await bo.call('GET', `${quotas}/schema/prod.ml/table-quota`)).status).toBe(200);
    });
  });
});

describe('system schemas', () => {
  test('are told to metastore admins, those of the workspace as turned on', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const path = `${unityPrefix}/metastores/${owner.metastoreId}/systemschemas`;
      const states = async (): Promise<Record<string, unknown>> => {
        const { body } = await owner.call('GET', path);
        return Object.fromEntries(
          (body['schemas'] as { schema: string; state: string }[]).map(({ schema, state }) => [schema, state]),
        );
      };
      expect(await states()).toMatchObject({
        information_schema: 'MANAGED',
        billing: 'AVAILABLE',
        access: 'AVAILABLE',
      });
      const directory = await mkdtemp(join(tmpdir(), 'dpo-system-'));
      const file = join(directory, 'system.yaml');
      await writeFile(file, 'catalogs: { system: { schemas: { billing: {} } } }');
      await owner.seed(file);
      await rm(directory, { recursive: true });
      expect(await states()).toMatchObject({ billing: 'ENABLE_COMPLETED', access: 'AVAILABLE' });
      expect(fault(await as(owner, 'bo-token').call('GET', path))).toEqual([403, 'PERMISSION_DENIED']);
      expect((await owner.call('GET', `${unityPrefix}/metastores/else/systemschemas`)).status).toBe(404);
    });
  });
});

function fault({ status, body }: Reply): readonly unknown[] {
  return [status, body['error_code']];
}

async function countOf(workspace: TestWorkspace, path: string): Promise<unknown> {
  const { body } = await workspace.call('GET', `${quotas}/${path}`);
  return (body['quota_info'] as Record<string, unknown> | undefined)?.['quota_count'];
}
