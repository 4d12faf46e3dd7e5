import { describe, expect, test } from '@jest/globals';
import type { Privilege } from '../../src/access/privilege.ts';
import type { SecurableType } from '../../src/access/securable.ts';
import { unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';
import { as, grant, others } from './principals.ts';

type Grant = readonly [SecurableType, string, Privilege];

const use: readonly Grant[] = [
  ['catalog', 'prod', 'USE_CATALOG'],
  ['schema', 'prod.ml', 'USE_SCHEMA'],
];

/** Runs work as a user with these grants and nothing else. */
async function asUser(
  grants: readonly Grant[],
  work: (user: TestWorkspace, owner: TestWorkspace) => Promise<void>,
): Promise<void> {
  const behaviour = { view_text_by_rest: 'owner_only' } as const;
  await withWorkspace({ principals: others, behaviour }, async (owner) => {
    for (const [type, name, privilege] of grants) await grant(owner, { type, name, privilege, to: 'bo@x.com' });
    await work(as(owner, 'bo-token'), owner);
  });
}

const table = `${unityPrefix}/tables/prod.ml.churn`;
const tables = `${unityPrefix}/tables?catalog_name=prod&schema_name=ml`;

const names = (body: Record<string, unknown>, list: string): unknown[] =>
  ((body[list] ?? []) as readonly Record<string, unknown>[]).map(({ name }) => name);

describe('Unity Catalog for a user who owns nothing', () => {
  test('W002: without a grant a table is left out of lists and refused by name, a missing one is not found', async () => {
    await asUser([], async (user) => {
      expect(names((await user.call('GET', tables)).body, 'tables')).toEqual([]);
      expect(await user.call('GET', table)).toMatchObject({
        status: 403,
        body: { error_code: 'PERMISSION_DENIED', message: "User does not have USE CATALOG on Catalog 'prod'." },
      });
      expect((await user.call('GET', `${unityPrefix}/tables/prod.ml.none`)).status).toBe(403);
      expect((await user.call('GET', `${unityPrefix}/catalogs`)).body['catalogs']).toEqual([]);
    });
    await asUser(use, async (user) => {
      expect((await user.call('GET', table)).body['message']).toBe(
        "User does not have SELECT on Table 'prod.ml.churn'.",
      );
      expect((await user.call('GET', `${unityPrefix}/tables/prod.ml.none`)).status).toBe(404);
    });
  });

  test('W002 W020: with BROWSE alone a table is listed on request only, and says so', async () => {
    await asUser([['catalog', 'prod', 'BROWSE']], async (user) => {
      expect(names((await user.call('GET', tables)).body, 'tables')).toEqual([]);
      const { body } = await user.call('GET', `${tables}&include_browse=true`);
      expect(names(body, 'tables')).toEqual(['churn', 'orders', 'recent']);
      expect(body['tables']).toEqual(expect.arrayContaining([expect.objectContaining({ browse_only: true })]));
      expect((await user.call('GET', table)).status).toBe(403);
      expect((await user.call('GET', `${table}?include_browse=true`)).body).toMatchObject({ browse_only: true });
      expect((await user.call('GET', `${table}/exists`)).body).toEqual({ table_exists: true });
    });
  });

  test('SELECT shows one table, and the text of a view stays with its owner', async () => {
    await asUser([...use, ['table', 'prod.ml.recent', 'SELECT']], async (user, owner) => {
      expect(names((await user.call('GET', tables)).body, 'tables')).toEqual(['recent']);
      const view = `${unityPrefix}/tables/prod.ml.recent`;
      expect((await user.call('GET', view)).body).not.toHaveProperty('view_definition');
      expect((await owner.call('GET', view)).body).toHaveProperty('view_definition');
    });
  });

  test.each(['visible', 'owner_only'] as const)('W003: properties of a view are %s', async (properties) => {
    const options = {
      principals: others,
      behaviour: { view_properties: properties, view_text_by_rest: 'visible' },
    } as const;
    await withWorkspace(options, async (owner) => {
      for (const [type, name, privilege] of [...use, ['table', 'prod.ml.recent', 'SELECT'] as const]) {
        await grant(owner, { type, name, privilege, to: 'bo@x.com' });
      }
      const { body } = await as(owner, 'bo-token').call('GET', `${unityPrefix}/tables/prod.ml.recent`);
      expect(Object.hasOwn(body, 'properties')).toBe(properties === 'visible');
      expect(body).toHaveProperty('view_definition');
    });
  });

  test('W004: a schema is changed by its owner only, not by MANAGE', async () => {
    await asUser([...use, ['schema', 'prod.ml', 'MANAGE']], async (user) => {
      expect(await user.call('PATCH', `${unityPrefix}/schemas/prod.ml`, { comment: 'x' })).toMatchObject({
        status: 403,
        body: { message: "User is not an owner of Schema 'prod.ml'." },
      });
    });
  });

  test('CREATE SCHEMA decides who makes schemas, who then own them', async () => {
    const schema = { name: 'mine', catalog_name: 'prod' };
    await asUser([['catalog', 'prod', 'USE_CATALOG']], async (user) => {
      expect((await user.call('POST', `${unityPrefix}/schemas`, schema)).status).toBe(403);
    });
    await asUser([...use, ['catalog', 'prod', 'CREATE_SCHEMA']], async (user) => {
      expect((await user.call('POST', `${unityPrefix}/schemas`, schema)).body).toMatchObject({ owner: 'bo@x.com' });
      expect((await user.call('PATCH', `${unityPrefix}/schemas/prod.mine`, { comment: 'x' })).status).toBe(200);
      expect((await user.call('DELETE', `${unityPrefix}/schemas/prod.mine`)).status).toBe(200);
    });
  });

  test('dropping a table takes MANAGE, and its grants go with it', async () => {
    const orders = `${unityPrefix}/tables/prod.ml.orders`;
    await asUser([...use, ['table', 'prod.ml.orders', 'SELECT']], async (user) => {
      expect((await user.call('DELETE', orders)).status).toBe(403);
    });
    await asUser([...use, ['table', 'prod.ml.orders', 'MANAGE']], async (user, owner) => {
      expect((await user.call('DELETE', orders)).status).toBe(200);
      expect((await owner.call('GET', orders)).status).toBe(404);
    });
  });

  test('W020: tags are read with BROWSE and refused without, written with APPLY TAG', async () => {
    const tags = `${unityPrefix}/entity-tag-assignments/tables/prod.ml.churn/tags`;
    const added = { entity_type: 'tables', entity_name: 'prod.ml.churn', tag_key: 'k', tag_value: 'v' };
    await asUser([], async (user) => expect((await user.call('GET', tags)).status).toBe(403));
    await asUser([['catalog', 'prod', 'BROWSE']], async (user) => {
      expect((await user.call('GET', tags)).body['tag_assignments']).toHaveLength(1);
      expect((await user.call('POST', `${unityPrefix}/entity-tag-assignments`, added)).status).toBe(403);
    });
    await asUser([...use, ['table', 'prod.ml.churn', 'APPLY_TAG']], async (user) => {
      expect((await user.call('POST', `${unityPrefix}/entity-tag-assignments`, added)).status).toBe(200);
    });
  });

  test('C09: inherited tags come on request, the nearest wins, and they say that they are', async () => {
    await withWorkspace({}, async (workspace) => {
      const assign = (entity_type: string, entity_name: string, tag_value: string) =>
        workspace.call('POST', `${unityPrefix}/entity-tag-assignments`, {
          entity_type,
          entity_name,
          tag_value,
          tag_key: 'team',
        });
      await assign('catalogs', 'prod', 'far');
      await assign('schemas', 'prod.ml', 'near');
      const tags = `${unityPrefix}/entity-tag-assignments/tables/prod.ml.orders/tags`;
      expect((await workspace.call('GET', tags)).body['tag_assignments']).toEqual([]);
      expect((await workspace.call('GET', `${tags}?include_inherited=true`)).body['tag_assignments']).toEqual([
        { entity_type: 'tables', entity_name: 'prod.ml.orders', tag_key: 'team', tag_value: 'near', inherited: true },
      ]);
      await assign('tables', 'prod.ml.orders', 'own');
      expect((await workspace.call('GET', `${tags}/team?include_inherited=true`)).body).toEqual({
        entity_type: 'tables',
        entity_name: 'prod.ml.orders',
        tag_key: 'team',
        tag_value: 'own',
      });
    });
  });
});
