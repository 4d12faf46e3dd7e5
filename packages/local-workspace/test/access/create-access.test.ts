import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAccess } from '../../src/access/create-access.ts';
import { changeGrants } from '../../src/access/grants.ts';
import type { Privilege } from '../../src/access/privilege.ts';
import type { Securable, SecurableType } from '../../src/access/securable.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { callerNamed } from '../sql/workspace.ts';

const ana = callerNamed('ana@x.com', { groups: ['users', 'analysts'] });
const catalog: Securable = { type: 'catalog', name: 'c' };
const schema: Securable = { type: 'schema', name: 'c.s' };
const table: Securable = { type: 'table', name: 'c.s.t' };

interface World {
  readonly owners?: Partial<Record<SecurableType, string>>;
  readonly grants?: readonly (readonly [Securable, string, Privilege])[];
}

const use: NonNullable<World['grants']> = [
  [catalog, 'analysts', 'USE_CATALOG'],
  [schema, 'analysts', 'USE_SCHEMA'],
];

let storage: Storage;

beforeAll(async () => {
  storage = await openStorage(':memory:');
});

afterAll(async () => storage.close());

async function accessOf({ owners = {}, grants = [] }: World) {
  await storage.transaction(async (transaction) => {
    for (const securable of [catalog, schema, table]) {
      const owner = owners[securable.type] ?? 'nobody';
      await transaction.put(securable.type as 'catalog', securable.name, { owner });
      await transaction.remove('grant', `${securable.type} ${securable.name}`);
    }
    for (const [securable, principal, privilege] of grants) {
      await changeGrants(transaction, securable, [{ principal, add: [privilege], remove: [] }]);
    }
  });
  return createAccess(storage);
}

/** World, question, answer: who may SELECT. */
const selects: readonly (readonly [string, World, boolean])[] = [
  ['nobody without a grant', {}, false],
  ['the grantee of SELECT on the table with USE above', { grants: [...use, [table, 'ana@x.com', 'SELECT']] }, true],
  ['the grantee of SELECT on the table without USE above', { grants: [[table, 'ana@x.com', 'SELECT']] }, false],
  ['a member of a granted group', { grants: [...use, [table, 'analysts', 'SELECT']] }, true],
  ['the grantee of SELECT on the catalog', { grants: [...use, [catalog, 'ana@x.com', 'SELECT']] }, true],
  ['everybody, for a grant to account users', { grants: [...use, [schema, 'account users', 'SELECT']] }, true],
  ['names in any case', { grants: [...use, [table, 'ANA@X.COM', 'SELECT']] }, true],
  ['the grantee of ALL PRIVILEGES', { grants: [...use, [schema, 'analysts', 'ALL_PRIVILEGES']] }, true],
  ['the owner with USE above', { owners: { table: 'ana@x.com' }, grants: use }, true],
  ['a member of the owning group', { owners: { table: 'analysts' }, grants: use }, true],
  [
    'the owner of the schema, who can only grant it to himself',
    { owners: { schema: 'ana@x.com' }, grants: use },
    false,
  ],
  ['the holder of MANAGE', { grants: [...use, [table, 'ana@x.com', 'MANAGE']] }, false],
  ['the holder of BROWSE', { grants: [...use, [catalog, 'ana@x.com', 'BROWSE']] }, false],
];

/** World, whether ana manages the table, whether she owns it, whether she sees it. */
const roles: readonly (readonly [string, World, { manages: boolean; owns: boolean; sees: boolean }])[] = [
  ['nothing', {}, { manages: false, owns: false, sees: false }],
  ['USE alone', { grants: use }, { manages: false, owns: false, sees: false }],
  ['BROWSE on the catalog', { grants: [[catalog, 'analysts', 'BROWSE']] }, { manages: false, owns: false, sees: true }],
  ['SELECT', { grants: [[table, 'analysts', 'SELECT']] }, { manages: false, owns: false, sees: true }],
  ['MANAGE on the schema', { grants: [[schema, 'analysts', 'MANAGE']] }, { manages: true, owns: false, sees: true }],
  [
    'ALL PRIVILEGES, which leave out MANAGE',
    { grants: [[schema, 'analysts', 'ALL_PRIVILEGES']] },
    { manages: false, owns: false, sees: true },
  ],
  ['ownership of the catalog', { owners: { catalog: 'analysts' } }, { manages: true, owns: false, sees: true }],
  ['ownership of the table', { owners: { table: 'analysts' } }, { manages: true, owns: true, sees: true }],
];

describe('access', () => {
  test.each(selects)('SELECT: %s', async (_name, world, expected) => {
    const access = await accessOf(world);
    expect(access.can(ana, 'SELECT', table)).toBe(expected);
  });

  test.each(roles)('roles: %s', async (_name, world, expected) => {
    const access = await accessOf(world);
    const role = {
      manages: access.manages(ana, table),
      owns: access.owns(ana, table),
      sees: access.sees(ana, table),
    };
    expect(role).toEqual(expected);
  });

  test('a metastore admin manages everything and reads no data without a grant', async () => {
    const access = await accessOf({});
    const admin = { ...ana, metastoreAdmin: true };
    expect([access.manages(admin, table), access.can(admin, 'SELECT', table)]).toEqual([true, false]);
    expect(access.can(admin, 'CREATE_TABLE', schema)).toBe(true);
  });

  test('R111: the first missing privilege is named, parents first', async () => {
    const steps: readonly (readonly [World, string])[] = [
      [{}, "User does not have USE CATALOG on Catalog 'c'."],
      [{ grants: use.slice(0, 1) }, "User does not have USE SCHEMA on Schema 'c.s'."],
      [{ grants: use }, "User does not have SELECT on Table 'c.s.t'."],
    ];
    for (const [world, message] of steps) {
      const access = await accessOf(world);
      expect(() => access.require(ana, 'SELECT', table)).toThrow(message);
    }
  });

  test('W004: MANAGE is not ownership', async () => {
    const access = await accessOf({ grants: [...use, [table, 'ana@x.com', 'MANAGE']] });
    expect(() => access.requireManage(ana, table)).not.toThrow();
    expect(() => access.requireOwner(ana, table)).toThrow("User is not an owner of Table 'c.s.t'.");
  });

  test('revoking the last privilege leaves no row behind', async () => {
    await accessOf({ grants: [[table, 'ana@x.com', 'SELECT']] });
    await storage.transaction((transaction) =>
      changeGrants(transaction, table, [{ principal: 'ana@x.com', add: [], remove: ['SELECT'] }]),
    );
    expect(storage.list('grant')).toEqual([]);
  });
});
