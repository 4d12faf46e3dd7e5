import { describe, expect, test } from '@jest/globals';
import { doubtfulObjects, examineNeeds, examineOwnership } from '../../src/doctor/examine-needs.ts';
import { keyOf, standingOf, type Principal, type Rights, type Securable } from '../../src/doctor/rights.ts';

const me: Principal = { userName: 'ci@example.com', groups: ['monitoring'] };
const table: Securable = { type: 'table', name: 'prod.ml.churn' };
const schema: Securable = { type: 'schema', name: 'prod.ml' };
const catalog: Securable = { type: 'catalog', name: 'prod' };

function present(
  owner: string | undefined,
  grants: Readonly<Record<string, readonly string[]>>,
  complete = true,
): Rights {
  const assignments = Object.entries(grants).map(([principal, privileges]) => ({ principal, privileges }));
  return { status: 'present', owner, assignments, complete };
}

function world(own: Rights, above: Readonly<Record<string, Rights>> = {}): ReadonlyMap<string, Rights> {
  const nobody = present('boss', {});
  return new Map([[keyOf(schema), nobody], [keyOf(catalog), nobody], [keyOf(table), own], ...Object.entries(above)]);
}

describe('what effective permissions tell', () => {
  test.each<[string, string, ReadonlyMap<string, Rights>, string]>([
    ['granted by name', 'SELECT', world(present('boss', { 'CI@example.com': ['SELECT'] })), 'has'],
    ['granted to a group', 'SELECT', world(present('boss', { monitoring: ['SELECT'] })), 'has'],
    ['granted to everybody', 'SELECT', world(present('boss', { 'account users': ['SELECT'] })), 'has'],
    ['granted to others', 'SELECT', world(present('boss', { others: ['SELECT'] })), 'lacks'],
    ['ALL PRIVILEGES gives SELECT', 'SELECT', world(present('boss', { monitoring: ['ALL_PRIVILEGES'] })), 'has'],
    ['ALL PRIVILEGES gives no MANAGE', 'MANAGE', world(present('boss', { monitoring: ['ALL_PRIVILEGES'] })), 'lacks'],
    ['owned by a group', 'MANAGE', world(present('monitoring', {})), 'has'],
    [
      'the schema is owned: MANAGE',
      'MANAGE',
      world(present('boss', {}), { [keyOf(schema)]: present('monitoring', {}) }),
      'has',
    ],
    [
      'the schema is owned: data',
      'SELECT',
      world(present('boss', {}), { [keyOf(schema)]: present('monitoring', {}) }),
      'lacks',
    ],
    [
      'granted above',
      'SELECT',
      world(present('boss', {}), { [keyOf(catalog)]: present('boss', { monitoring: ['SELECT'] }) }),
      'has',
    ],
    ['only own grants are shown', 'SELECT', world(present('boss', {}, false)), 'unknown'],
    ['unreadable', 'SELECT', world({ status: 'unreadable', reason: 'no' }), 'unknown'],
    [
      'the owner above is hidden',
      'SELECT',
      world(present('boss', {}), { [keyOf(schema)]: present(undefined, {}) }),
      'unknown',
    ],
  ])('W029 %s', (_name, ...[privilege, rights, standing]) => {
    expect(standingOf(privilege, { securable: table, rights, me })).toBe(standing);
  });

  test('W029 a metastore admin manages everything and reads no data; of a likely one it is unknown', () => {
    const rights = world(present('boss', {}));
    const ask = (privilege: string, metastoreAdmin: 'yes' | 'maybe'): string =>
      standingOf(privilege, { securable: table, rights, me: { ...me, metastoreAdmin } });
    expect([ask('MANAGE', 'yes'), ask('SELECT', 'yes'), ask('MANAGE', 'maybe'), ask('SELECT', 'maybe')]).toEqual([
      'has',
      'lacks',
      'unknown',
      'lacks',
    ]);
  });
});

describe('what an examination says of grants', () => {
  const needs = [{ securable: table, privileges: ['SELECT', 'MANAGE'], purpose: 'is profiled' }];

  test('N020 R111 names each missing grant, with the statement that gives all of them', () => {
    const rights = world(present('boss', { monitoring: ['SELECT'] }));
    expect(examineNeeds({ needs, rights, me })).toEqual([
      {
        check: 'grants',
        subject: 'table prod.ml.churn',
        verdict: 'fail',
        message: 'lacks MANAGE (is profiled)',
        mend: ['GRANT MANAGE ON TABLE `prod`.`ml`.`churn` TO `ci@example.com`;'],
        grants: [
          { privilege: 'SELECT', standing: 'has' },
          { privilege: 'MANAGE', standing: 'lacks' },
        ],
      },
    ]);
    expect(doubtfulObjects({ needs, rights, me })).toEqual([table]);
  });

  test('W029 what cannot be seen is unknown and no failure', () => {
    const [found] = examineNeeds({ needs, rights: world(present('boss', {}, false)), me });
    expect(found).toMatchObject({
      verdict: 'unknown',
      mend: [expect.stringContaining('GRANT SELECT, MANAGE ON TABLE')],
    });
  });

  test('N020 a schema that is to be made asks for CREATE SCHEMA on its catalog, and an object is named once', () => {
    const output: Securable = { type: 'schema', name: 'prod.out' };
    const wanted = [
      { securable: catalog, privileges: ['USE_CATALOG'], purpose: 'holds what is used' },
      { securable: output, privileges: ['USE_SCHEMA', 'CREATE_TABLE'], purpose: 'metric tables go there', makes: true },
    ] as const;
    const rights = world(present('boss', {}), { [keyOf(output)]: { status: 'absent' } });
    expect(examineNeeds({ needs: wanted, rights, me }).map(({ subject, message }) => [subject, message])).toEqual([
      ['catalog prod', 'lacks USE CATALOG, CREATE SCHEMA (holds what is used; makes schema prod.out)'],
    ]);
  });

  test('N020 names are quoted in the statements, whatever is in them', () => {
    const odd: Securable = { type: 'schema', name: 'prod.a`b' };
    const wanted = [{ securable: odd, privileges: ['USE_SCHEMA'], purpose: 'x' }];
    const rights = world(present('boss', {}), { [keyOf(odd)]: present('boss', {}) });
    const [found] = examineNeeds({ needs: wanted, rights, me: { userName: 'a`; DROP', groups: [] } });
    expect(found?.mend).toEqual(['GRANT USE SCHEMA ON SCHEMA `prod`.`a``b` TO `a``; DROP`;']);
  });

  test.each<[string, Rights, string, string | undefined]>([
    ['ours', present('monitoring', {}), 'pass', undefined],
    [
      "a stranger's",
      present('boss', { monitoring: ['MANAGE'] }),
      'fail',
      'ALTER VIEW `prod`.`ml`.`churn` OWNER TO `monitoring`;',
    ],
    ['hidden', present(undefined, {}), 'unknown', 'ALTER VIEW `prod`.`ml`.`churn` OWNER TO `monitoring`;'],
  ])('W004 a view that is %s: MANAGE is not enough', (_name, ...[own, verdict, statement]) => {
    const owned = [{ securable: table, type: 'view', purpose: 'its query changes' }] as const;
    const [found] = examineOwnership({ needs: owned, rights: world(own), me, owner: 'monitoring' });
    expect(found).toMatchObject({ verdict, ...(statement === undefined ? {} : { mend: [statement] }) });
  });

  test('W004 what the group owns already is no matter of a statement: the identity is to join it', () => {
    const owned = [{ securable: table, type: 'view', purpose: 'its query changes' }] as const;
    const [found] = examineOwnership({ needs: owned, rights: world(present('team', {})), me, owner: 'Team' });
    expect(found).toMatchObject({ verdict: 'fail', hint: "MANAGE is not enough; add ci@example.com to 'team'" });
    expect(found?.mend).toBeUndefined();
  });

  test('W004 a view that is gone needs nothing', () => {
    const owned = [{ securable: table, type: 'view', purpose: 'its query changes' }] as const;
    expect(examineOwnership({ needs: owned, rights: world({ status: 'absent' }), me, owner: 'x' })).toEqual([]);
  });
});
