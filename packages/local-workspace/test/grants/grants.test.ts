import { describe, expect, test } from '@jest/globals';
import { as, others } from '../access/principals.ts';
import { unityPrefix, withWorkspace } from '../workspace-client.ts';
import type { Reply, TestWorkspace } from '../workspace-client.ts';

const permissions = `${unityPrefix}/permissions`;
const effective = `${unityPrefix}/effective-permissions`;

describe('grants', () => {
  test('are added and removed per principal, and answered as they stand then', async () => {
    await withWorkspace({ principals: others }, async ({ call }) => {
      const path = `${permissions}/TABLE/prod.ml.churn`;
      const added = await call('PATCH', path, {
        changes: [
          { principal: 'bo@x.com', add: ['SELECT', 'MODIFY', 'SELECT'] },
          { principal: 'ANALYSTS', add: ['SELECT'] },
          { principal: 'account users', add: ['APPLY_TAG'] },
        ],
      });
      expect(rowsOf(added)).toEqual([
        ['account users', ['APPLY_TAG']],
        ['analysts', ['SELECT']],
        ['bo@x.com', ['MODIFY', 'SELECT']],
      ]);
      const ids = (added.body['privilege_assignments'] as Record<string, unknown>[]).map(({ principal_id: id }) => id);
      expect(ids).toEqual([expect.any(Number), expect.any(Number), 1_000_000_000_000_002]);
      const removed = await call('PATCH', path, { changes: [{ principal: 'bo@x.com', remove: ['MODIFY', 'SELECT'] }] });
      expect(rowsOf(removed).map(([principal]) => principal)).toEqual(['account users', 'analysts']);
      expect((await call('GET', `${permissions}/table/PROD.ml.churn`)).body).toEqual(removed.body);
      const silent = { changes: [{ principal: 'analysts', remove: ['SELECT'] }], omit_permissions_in_response: true };
      expect((await call('PATCH', path, silent)).body).toEqual({});
      expect(rowsOf(await call('GET', path))).toEqual([['account users', ['APPLY_TAG']]]);
    });
  });

  test('removing ALL_PRIVILEGES takes every privilege of the principal', async () => {
    await withWorkspace({ principals: others }, async ({ call }) => {
      const path = `${permissions}/schema/prod.ml`;
      await call('PATCH', path, { changes: [{ principal: 'bo@x.com', add: ['SELECT', 'ALL_PRIVILEGES'] }] });
      const left = await call('PATCH', path, {
        changes: [{ principal: 'bo@x.com', add: ['USE_SCHEMA'], remove: ['ALL_PRIVILEGES'] }],
      });
      expect(rowsOf(left)).toEqual([['bo@x.com', ['USE_SCHEMA']]]);
    });
  });

  test('what cannot be granted is refused as a whole', async () => {
    await withWorkspace({ principals: others }, async ({ call, metastoreId }) => {
      const refused = async (object: string, ...changes: readonly object[]) => {
        const reply = await call('PATCH', `${permissions}/${object}`, { changes });
        return [reply.status, reply.body['error_code'], reply.body['message']];
      };
      const good = { principal: 'bo@x.com', add: ['SELECT'] };
      const table = 'table/prod.ml.churn';
      expect(await refused(table, good, { principal: 'cy@x.com', add: ['SELECT'], remove: ['SELECT'] })).toEqual([
        400,
        'INVALID_PARAMETER_VALUE',
        'Duplicate privileges to add and delete for principal cy@x.com.',
      ]);
      expect(await refused(table, good, { principal: 'nobody', add: ['SELECT'] })).toEqual([
        404,
        'PRINCIPAL_DOES_NOT_EXIST',
        'Could not find principal with name nobody',
      ]);
      // Groups of the workspace are none of the account.
      expect((await refused(table, good, { principal: 'admins', add: ['SELECT'] }))[0]).toBe(404);
      expect((await refused(table, good, { principal: 'bo@x.com', add: ['FLY'] }))[0]).toBe(400);
      expect((await refused(table, { principal: 'bo@x.com', add: ['USE_CATALOG'] }))[2]).toBe(
        'Privilege USE_CATALOG is not applicable to this entity [prod.ml.churn:TABLE].',
      );
      expect((await refused('volume/prod.ml.none', good))[1]).toBe('VOLUME_DOES_NOT_EXIST');
      expect((await refused('schema/prod.none', good))[1]).toBe('SCHEMA_DOES_NOT_EXIST');
      expect((await refused('share/x', good))[0]).toBe(400);
      expect((await refused('metastore/else', good))[0]).toBe(404);
      const allowed = { changes: [{ principal: 'bo@x.com', add: ['CREATE_CATALOG'] }] };
      expect((await call('PATCH', `${permissions}/metastore/${metastoreId}`, allowed)).status).toBe(200);
      expect(rowsOf(await call('GET', `${permissions}/${table}`))).toEqual([]);
    });
  });

  test('what was granted to somebody who is gone can still be taken away', async () => {
    await withWorkspace({ principals: others }, async (workspace) => {
      await workspace.grant({ type: 'table', name: 'prod.ml.churn' }, 'gone@x.com', 'SELECT');
      const path = `${permissions}/table/prod.ml.churn`;
      const changes = [{ principal: 'gone@x.com', remove: ['SELECT'] }];
      expect(rowsOf(await workspace.call('PATCH', path, { changes }))).toEqual([]);
    });
  });

  test('effective permissions tell from where a privilege is inherited (R111)', async () => {
    await withWorkspace({ principals: others }, async (workspace) => {
      await workspace.grant({ type: 'catalog', name: 'prod' }, 'analysts', 'USE_CATALOG');
      await workspace.grant({ type: 'schema', name: 'prod.ml' }, 'bo@x.com', 'SELECT');
      await workspace.grant({ type: 'table', name: 'prod.ml.churn' }, 'bo@x.com', 'SELECT');
      const found = await workspace.call('GET', `${effective}/table/prod.ml.churn`);
      expect(found.body['privilege_assignments']).toEqual([
        {
          principal: 'analysts',
          privileges: [{ privilege: 'USE_CATALOG', inherited_from_type: 'CATALOG', inherited_from_name: 'prod' }],
        },
        {
          principal: 'bo@x.com',
          privileges: [
            { privilege: 'SELECT' },
            { privilege: 'SELECT', inherited_from_type: 'SCHEMA', inherited_from_name: 'prod.ml' },
          ],
        },
      ]);
      const paged = await workspace.call('GET', `${unityPrefix}/effective-privilege-assignments/table/prod.ml.churn`);
      expect(paged.body['effective_privilege_assignments']).toEqual(found.body['privilege_assignments']);
    });
  });

  test('with a principal come its rows alone, not those of its groups (corrections 16)', async () => {
    await withWorkspace({ principals: others }, async (workspace) => {
      await workspace.grant({ type: 'catalog', name: 'prod' }, 'analysts', 'USE_CATALOG');
      await workspace.grant({ type: 'table', name: 'prod.ml.churn' }, 'bo@x.com', 'SELECT');
      const of = async (principal: string) =>
        rowsOf(
          await workspace.call('GET', `${effective}/table/prod.ml.churn?principal=${encodeURIComponent(principal)}`),
        );
      expect((await of('BO@x.com')).map(([name]) => name)).toEqual(['bo@x.com']);
      expect((await of('analysts')).map(([name]) => name)).toEqual(['analysts']);
      expect(await of('cy@x.com')).toEqual([]);
      const unknown = await workspace.call('GET', `${permissions}/table/prod.ml.churn?principal=nobody`);
      expect(unknown.status).toBe(404);
    });
  });

  test('who neither owns nor manages sees his own grants and those of his groups, and changes none', async () => {
    await withWorkspace({ principals: others }, async (owner) => {
      const table = { type: 'table', name: 'prod.ml.churn' } as const;
      await owner.grant({ type: 'catalog', name: 'prod' }, 'account users', 'USE_CATALOG');
      await owner.grant({ type: 'schema', name: 'prod.ml' }, 'account users', 'USE_SCHEMA');
      for (const principal of ['analysts', 'bo@x.com', 'cy@x.com']) await owner.grant(table, principal, 'SELECT');
      const path = `${permissions}/table/prod.ml.churn`;
      const bo = as(owner, 'bo-token');
      const seen = async (who: TestWorkspace) => rowsOf(await who.call('GET', path)).map(([principal]) => principal);
      expect(await seen(owner)).toEqual(['analysts', 'bo@x.com', 'cy@x.com']);
      expect(await seen(bo)).toEqual(['analysts', 'bo@x.com']);
      expect(await seen(as(owner, 'cy-token'))).toEqual(['cy@x.com']);
      expect(rowsOf(await bo.call('GET', `${path}?principal=cy%40x.com`))).toEqual([]);
      const change = { changes: [{ principal: 'bo@x.com', add: ['MODIFY'] }] };
      const refused = await bo.call('PATCH', path, change);
      expect([refused.status, refused.body['error_code']]).toEqual([403, 'PERMISSION_DENIED']);
      await owner.grant(table, 'bo@x.com', 'MANAGE');
      expect((await bo.call('PATCH', path, change)).status).toBe(200);
      expect(await seen(bo)).toEqual(['analysts', 'bo@x.com', 'cy@x.com']);
    });
  });

  test('a page holds at least 150 privileges, all of a principal, and every principal once', async () => {
    const many = Array.from({ length: 80 }, (_, index) => ({ userName: `u${String(index).padStart(2, '0')}@x.com` }));
    await withWorkspace({ principals: many }, async ({ call }) => {
      const path = `${permissions}/schema/prod.ml`;
      const changes = many.map(({ userName: principal }) => ({
        principal,
        add: ['SELECT', 'MODIFY', 'USE_SCHEMA', 'EXECUTE'],
      }));
      await call('PATCH', path, { changes });
      for (const size of ['1', '149', '-1'])
        expect((await call('GET', `${path}?max_results=${size}`)).status).toBe(400);
      const byPrivileges = await pages(call, `${path}?max_results=150`);
      expect(byPrivileges.map((page) => page.length)).toEqual([37, 37, 6]);
      expect(new Set(byPrivileges.flat()).size).toBe(80);
      expect((await pages(call, `${path}?max_results=0`)).map((page) => page.length)).toEqual([80]);
      const assignments = `${unityPrefix}/privilege-assignments/schema/prod.ml`;
      expect((await pages(call, `${assignments}?page_size=150`)).map((page) => page.length)).toEqual([80]);
      expect((await call('GET', `${assignments}?page_size=10`)).status).toBe(400);
    });
  });

  test('short pages never split a principal either', async () => {
    await withWorkspace({ principals: others, tablePageSize: 1, emptyPages: true }, async ({ call }) => {
      const path = `${permissions}/schema/prod.ml`;
      const changes = ['bo@x.com', 'cy@x.com'].map((principal) => ({ principal, add: ['SELECT', 'MODIFY'] }));
      await call('PATCH', path, { changes });
      expect(await pages(call, `${path}?max_results=0`)).toEqual([[], ['bo@x.com'], [], ['cy@x.com']]);
    });
  });
});

function rowsOf({ status, body }: Reply): readonly (readonly [string, readonly unknown[]])[] {
  expect(status).toBe(200);
  const assignments = body['privilege_assignments'] as { readonly principal: string; readonly privileges: unknown[] }[];
  return assignments.map(({ principal, privileges }) => [principal, privileges]);
}

async function pages(call: TestWorkspace['call'], path: string): Promise<readonly (readonly string[])[]> {
  const found: string[][] = [];
  let token = '';
  do {
    const reply = await call('GET', `${path}${token === '' ? '' : `&page_token=${token}`}`);
    found.push(rowsOf(reply).map(([principal]) => principal));
    token = (reply.body['next_page_token'] as string | undefined) ?? '';
  } while (token !== '');
  return found;
}
