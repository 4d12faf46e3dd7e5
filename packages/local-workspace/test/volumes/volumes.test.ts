import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import { fixedClock, unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { Reply } from '../workspace-client.ts';
import { contentOf, createVolume, put } from '../volume-files/volume-client.ts';

const volumes = `${unityPrefix}/volumes`;
const wanted = { catalog_name: 'prod', schema_name: 'ml', name: 'State', volume_type: 'MANAGED', comment: 'c' };
const outside = { ...wanted, name: 'outside', volume_type: 'EXTERNAL', storage_location: 's3://bucket/a/b/' };

describe('volumes', () => {
  test('a managed volume gets an id, a place and its name in lower case', async () => {
    await withWorkspace({}, async ({ call, metastoreId }) => {
      const created = await call('POST', volumes, wanted);
      expect([created.status, created.body]).toEqual([
        200,
        {
          name: 'state',
          catalog_name: 'prod',
          schema_name: 'ml',
          full_name: 'prod.ml.state',
          volume_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          volume_type: 'MANAGED',
          storage_location: expect.stringMatching(/^s3:\/\/.+[^/]$/),
          metastore_id: metastoreId,
          owner: 'local.user@example.com',
          comment: 'c',
          created_at: fixedClock().getTime(),
          created_by: 'local.user@example.com',
          updated_at: fixedClock().getTime(),
          updated_by: 'local.user@example.com',
        },
      ]);
      expect((await call('GET', `${volumes}/PROD.ml.STATE`)).body).toEqual(created.body);
      expect(fault(await call('POST', volumes, wanted))).toEqual([400, 'VOLUME_ALREADY_EXISTS']);
    });
  });

  test('an external volume needs a location of its own, a managed one must not have any', async () => {
    await withWorkspace({}, async ({ call }) => {
      const created = await call('POST', volumes, outside);
      expect(created.body).toMatchObject({ volume_type: 'EXTERNAL', storage_location: 's3://bucket/a/b' });
      const { storage_location: _, ...without } = outside;
      const replies = [
        await call('POST', volumes, { ...wanted, storage_location: 's3://bucket/x' }),
        await call('POST', volumes, { ...without, name: 'o2' }),
        await call('POST', volumes, { ...outside, name: 'o2', storage_location: '/etc' }),
        await call('POST', volumes, { ...outside, name: 'o2', storage_location: 's3://bucket/a' }),
        await call('POST', volumes, { ...outside, name: 'o2', storage_location: 's3://bucket/a/b/c' }),
      ];
      expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
      expect(replies[0]?.body['message']).toBe('CreateVolume storage_location can not be provided.');
      expect((await call('POST', volumes, { ...outside, name: 'o2', storage_location: 's3://bucket/ab' })).status).toBe(
        200,
      );
    });
  });

  test('names, places and fields that cannot be are refused', async () => {
    await withWorkspace({}, async ({ call }) => {
      const refused = async (change: object) => fault(await call('POST', volumes, { ...wanted, ...change }));
      for (const name of ['a b', 'a.b', 'a/b', 'a\n', 'n'.repeat(256)]) {
        expect(await refused({ name })).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      }
      expect(await refused({ schema_name: 'none' })).toEqual([404, 'SCHEMA_DOES_NOT_EXIST']);
      expect(await refused({ catalog_name: 'none' })).toEqual([404, 'CATALOG_DOES_NOT_EXIST']);
      expect(await refused({ volume_type: 'BIG' })).toEqual([400, 'INVALID_PARAMETER_VALUE']);
      const none = await call('GET', `${volumes}/prod.ml.none`);
      expect([none.status, none.body['message']]).toEqual([404, "Volume 'prod.ml.none' does not exist."]);
    });
  });

  test('a new name keeps id, files and grants; the old one is free', async () => {
    await withWorkspace({ principals: others }, async (workspace) => {
      const { call } = workspace;
      const created = await createVolume(workspace);
      await put(workspace, 'x', 'content');
      await workspace.grant({ type: 'volume', name: 'prod.ml.state' }, 'bo@x.com', 'READ_VOLUME');
      const renamed = await call('PATCH', `${volumes}/prod.ml.state`, { new_name: 'Other', comment: 'new' });
      expect(renamed.body).toMatchObject({
        full_name: 'prod.ml.other',
        volume_id: created['volume_id'],
        comment: 'new',
      });
      expect((await call('GET', `${volumes}/prod.ml.state`)).status).toBe(404);
      const grants = await call('GET', `${unityPrefix}/permissions/volume/prod.ml.other`);
      expect(grants.body['privilege_assignments']).toMatchObject([{ principal: 'bo@x.com' }]);
      await createVolume(workspace);
      expect(fault(await call('PATCH', `${volumes}/prod.ml.other`, { new_name: 'state' }))).toEqual([
        400,
        'VOLUME_ALREADY_EXISTS',
      ]);
      await call('DELETE', `${volumes}/prod.ml.state`);
      await call('PATCH', `${volumes}/prod.ml.other`, { new_name: 'state' });
      expect(await contentOf(workspace, 'x')).toBe('content');
      expect((await call('PATCH', `${volumes}/prod.ml.state`, {})).body['message']).toBe(
        'UpdateVolume Nothing to update',
      );
    });
  });

  test('a list shows what the caller may read, and with include_browse what he may know of', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      for (const name of ['a', 'b', 'c']) await createVolume(owner, name);
      const bo = as(owner, 'bo-token');
      const listed = async (suffix = '') => {
        const reply = await bo.call('GET', `${volumes}?catalog_name=prod&schema_name=ml${suffix}`);
        return (reply.body['volumes'] as Record<string, unknown>[]).map(({ name, browse_only: b }) => [name, b]);
      };
      expect(await listed()).toEqual([]);
      await owner.grant({ type: 'catalog', name: 'prod' }, 'bo@x.com', 'USE_CATALOG');
      await owner.grant({ type: 'schema', name: 'prod.ml' }, 'bo@x.com', 'USE_SCHEMA');
      await owner.grant({ type: 'volume', name: 'prod.ml.b' }, 'analysts', 'READ_VOLUME');
      expect(await listed()).toEqual([['b', undefined]]);
      expect(fault(await bo.call('GET', `${volumes}/prod.ml.a`))).toEqual([403, 'PERMISSION_DENIED']);
      await owner.grant({ type: 'catalog', name: 'prod' }, 'bo@x.com', 'BROWSE');
      expect(await listed('&include_browse=true')).toEqual([
        ['a', true],
        ['b', undefined],
        ['c', true],
      ]);
      expect((await bo.call('GET', `${volumes}/prod.ml.a?include_browse=true`)).body['browse_only']).toBe(true);
    });
  });

  test('pages can be short and empty, and their tokens lead through all volumes', async () => {
    await withWorkspace({ tablePageSize: 2, emptyPages: true }, async (workspace) => {
      for (const name of ['a', 'b', 'c']) await createVolume(workspace, name);
      const pages: unknown[][] = [];
      let token = '';
      do {
        const suffix = token === '' ? '' : `&page_token=${token}`;
        const path = `${volumes}?catalog_name=prod&schema_name=ml&max_results=0${suffix}`;
        const { body } = await workspace.call('GET', path);
        pages.push((body['volumes'] as { name: string }[]).map(({ name }) => name));
        token = (body['next_page_token'] as string | undefined) ?? '';
      } while (token !== '');
      expect(pages).toEqual([[], ['a', 'b'], [], ['c']]);
    });
  });

  test('creating needs CREATE VOLUME, changing MANAGE or ownership, and only a part of oneself can become owner', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const bo = as(owner, 'bo-token');
      const cy = as(owner, 'cy-token');
      await owner.grant({ type: 'catalog', name: 'prod' }, 'account users', 'USE_CATALOG');
      await owner.grant({ type: 'schema', name: 'prod.ml' }, 'account users', 'USE_SCHEMA');
      expect(denied(await bo.call('POST', volumes, wanted))).toBe('CREATE VOLUME');
      await owner.grant({ type: 'schema', name: 'prod.ml' }, 'bo@x.com', 'CREATE_VOLUME');
      expect((await bo.call('POST', volumes, wanted)).body['owner']).toBe('bo@x.com');
      const path = `${volumes}/prod.ml.state`;
      expect(denied(await cy.call('PATCH', path, { comment: 'x' }))).toBe('MANAGE');
      expect(denied(await cy.call('DELETE', path))).toBe('MANAGE');
      await owner.grant({ type: 'volume', name: 'prod.ml.state' }, 'cy@x.com', 'MANAGE');
      expect((await cy.call('PATCH', path, { comment: 'x' })).status).toBe(200);
      expect(fault(await cy.call('PATCH', path, { owner: 'cy@x.com' }))).toEqual([403, 'PERMISSION_DENIED']);
      expect(fault(await bo.call('PATCH', path, { owner: 'cy@x.com' }))).toEqual([403, 'PERMISSION_DENIED']);
      expect((await bo.call('PATCH', path, { owner: 'Analysts' })).body['owner']).toBe('analysts');
      expect((await bo.call('PATCH', path, { owner: 'bo@x.com' })).body['owner']).toBe('bo@x.com');
      expect((await owner.call('PATCH', path, { owner: 'cy@x.com' })).body['owner']).toBe('cy@x.com');
      expect(fault(await owner.call('PATCH', path, { owner: 'nobody' }))).toEqual([404, 'PRINCIPAL_DOES_NOT_EXIST']);
      expect((await cy.call('DELETE', path)).body).toEqual({});
    });
  });

  test('volumes end with their schema', async () => {
    await withWorkspace({}, async (workspace) => {
      await createVolume(workspace);
      await put(workspace, 'x', 'content');
      await workspace.call('DELETE', `${unityPrefix}/schemas/prod.ml?force=true`);
      const { documents, blobs } = await workspace.snapshot();
      expect([documents['volume']?.size, documents['volume_file']?.size, blobs.size]).toEqual([0, 0, 0]);
    });
  });
});

function fault({ status, body }: Reply): readonly unknown[] {
  return [status, body['error_code']];
}

/** The privilege that a refusal names. */
function denied(reply: Reply): string | undefined {
  expect(fault(reply)).toEqual([403, 'PERMISSION_DENIED']);
  return /does not have (.+) on/.exec(String(reply.body['message']))?.[1];
}
