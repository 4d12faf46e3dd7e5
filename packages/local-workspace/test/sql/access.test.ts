import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { changeGrants } from '../../src/access/grants.ts';
import { callerNamed, openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

let workspace: Workspace;

const bo = { caller: callerNamed('bo@example.com') };
const denied = 'INSUFFICIENT_PERMISSIONS 42501';

beforeEach(async () => {
  workspace = await openWorkspace();
  await workspace.run('CREATE TABLE t (id INT)');
  await workspace.run('INSERT INTO t VALUES (1)');
  await workspace.run('CREATE VIEW v AS SELECT id FROM t');
});

afterEach(async () => workspace.storage.close());

/** Gives privileges to Bo, `USE CATALOG ON CATALOG main`, one after the other. */
async function grant(...grants: readonly string[]): Promise<void> {
  for (const text of grants) await workspace.run(`GRANT ${text} TO \`bo@example.com\``);
}

const use = ['USE CATALOG ON CATALOG main', 'USE SCHEMA ON SCHEMA main.ml'];

/** What a statement needs, in the order in which it is missed. */
const needs: readonly (readonly [statement: string, ...grants: string[]])[] = [
  ['SELECT * FROM t', ...use, 'SELECT ON t'],
  ['SELECT * FROM v', ...use, 'SELECT ON v'],
  ['SELECT * FROM v', ...use, 'SELECT ON SCHEMA main.ml'],
  ['CREATE TABLE u AS SELECT * FROM t', ...use, 'CREATE TABLE ON SCHEMA main.ml', 'SELECT ON t'],
  ['CREATE VIEW w AS SELECT * FROM t', ...use, 'CREATE TABLE ON SCHEMA main.ml', 'SELECT ON t'],
  [
    'CREATE MATERIALIZED VIEW w AS SELECT * FROM t',
    ...use,
    'CREATE MATERIALIZED VIEW ON SCHEMA main.ml',
    'SELECT ON t',
  ],
  ['CREATE FUNCTION f(x INT) RETURN x', ...use, 'CREATE FUNCTION ON SCHEMA main.ml'],
  ['CREATE SCHEMA main.other', 'USE CATALOG ON CATALOG main', 'CREATE SCHEMA ON CATALOG main'],
  ['INSERT INTO t VALUES (2)', ...use, 'MODIFY ON t'],
  ['UPDATE t SET id = 3 WHERE id = 1', ...use, 'MODIFY ON t'],
  ['DELETE FROM t WHERE id = 1', ...use, 'MODIFY ON t'],
  ['TRUNCATE TABLE t', ...use, 'MODIFY ON t'],
  ['MERGE INTO t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE', ...use, 'MODIFY ON t'],
  ["ALTER TABLE t SET TAGS ('a' = 'b')", ...use, 'APPLY TAG ON t'],
  ["ALTER VIEW v SET TAGS ('a' = 'b')", ...use, 'APPLY TAG ON v'],
  ["ALTER TABLE t SET TBLPROPERTIES ('a' = 'b')", ...use, 'MODIFY ON t'],
  ['ALTER TABLE t ADD COLUMN b INT', ...use, 'MODIFY ON t'],
  ['GRANT SELECT ON t TO strangers', ...use, 'MANAGE ON t'],
  ['DROP TABLE t', ...use, 'MANAGE ON t'],
  ['DROP VIEW v', ...use, 'MANAGE ON v'],
  ['DROP SCHEMA main.ml CASCADE', 'USE CATALOG ON CATALOG main', 'MANAGE ON SCHEMA main.ml'],
  ['DESCRIBE t', 'BROWSE ON CATALOG main'],
  ['SHOW TABLES', ...use],
  ['SHOW SCHEMAS IN main', 'USE CATALOG ON CATALOG main'],
];

describe('privileges', () => {
  test.each(needs)('%s needs what is granted, and no less', async (statement, ...grants) => {
    for (const missing of grants) {
      expect(await workspace.fault(statement, bo)).toBe(denied);
      await grant(missing);
    }
    expect(await workspace.fault(statement, bo)).toBe('');
  });

  test.each([
    'ALTER VIEW v AS SELECT 2 AS id',
    "ALTER VIEW v SET TBLPROPERTIES ('a' = 'b')",
    'ALTER VIEW v OWNER TO users',
    'CREATE OR REPLACE VIEW v AS SELECT 1 AS one',
    "COMMENT ON VIEW v IS 'x'",
    'ALTER SCHEMA main.ml OWNER TO users',
    "ALTER SCHEMA main.ml SET DBPROPERTIES ('a' = 'b')",
  ])('MANAGE is not enough for %s', async (statement) => {
    await grant(...use, 'ALL PRIVILEGES ON SCHEMA main.ml', 'MANAGE ON SCHEMA main.ml', 'MANAGE ON v');
    expect(await workspace.fault(statement, bo)).toBe(denied);
  });

  test('a member of the owning group counts as owner', async () => {
    await workspace.run('ALTER VIEW v OWNER TO users');
    await grant(...use, 'SELECT ON t', 'SELECT ON v', 'BROWSE ON CATALOG main');
    const text = 'SELECT view_definition FROM information_schema.views';
    expect(await workspace.rows(text, bo)).toEqual([['SELECT id FROM t']]);
    expect(await workspace.fault("ALTER VIEW v SET TBLPROPERTIES ('a' = 'b')", bo)).toBe('');
    const stranger = { caller: callerNamed('bo@example.com', { groups: [] }) };
    expect(await workspace.rows(text, stranger)).toEqual([[null]]);
  });

  test('a view is handed on to its owner or to a group of his', async () => {
    expect(await workspace.fault('ALTER VIEW v OWNER TO strangers')).toBe(denied);
    expect(await workspace.fault('ALTER VIEW v SET OWNER TO users')).toBe('');
    expect(workspace.unity.table('main.ml.v')?.owner).toBe('users');
  });

  test('what a view reads is a matter of its owner, not of its reader', async () => {
    await grant(...use, 'SELECT ON v');
    expect(await workspace.rows('SELECT * FROM v', bo)).toEqual([['1']]);
    expect(await workspace.fault('SELECT * FROM t', bo)).toBe(denied);
    await workspace.run('ALTER TABLE t OWNER TO admin', { caller: workspace.admin });
    await workspace.run('REVOKE ALL PRIVILEGES, MANAGE ON CATALOG main FROM `ana@example.com`', {
      caller: workspace.admin,
    });
    expect(await workspace.fault('SELECT * FROM v', bo)).toBe(denied);
  });

  test.each(['users', 'USERS', 'admins', 'nobody'])('%s is no principal of the account', async (principal) => {
    const missing = `[PRINCIPAL_DOES_NOT_EXIST] Could not find principal with name ${principal}`;
    await expect(workspace.run(`GRANT SELECT ON t TO ${principal}`)).rejects.toThrow(missing);
    expect(await workspace.fault(`REVOKE SELECT ON t FROM ${principal}`)).toBe('PRINCIPAL_DOES_NOT_EXIST 42704');
  });

  test('a grant holds the name as the account spells it', async () => {
    await workspace.run('GRANT SELECT ON t TO `BO@example.com`');
    await workspace.run('GRANT SELECT ON t TO `Account Users`');
    const rows = await workspace.rows('SHOW GRANTS ON TABLE t');
    expect(rows.slice(0, 2).map(([principal]) => principal)).toEqual(['bo@example.com', 'account users']);
  });

  test('what was granted to somebody who is gone can be revoked', async () => {
    const gone = { principal: 'gone@example.com', add: ['SELECT'] as const, remove: [] };
    await workspace.storage.transaction(async (transaction) =>
      changeGrants(transaction, { type: 'table', name: 'main.ml.t' }, [gone]),
    );
    await workspace.run('REVOKE SELECT ON t FROM `GONE@example.com`');
    expect(await workspace.rows('SHOW GRANTS `gone@example.com` ON t')).toEqual([]);
  });

  test('a function needs EXECUTE', async () => {
    await workspace.run('CREATE FUNCTION f(x INT) RETURN x + 1');
    await grant(...use);
    expect(await workspace.fault('SELECT f(1)', bo)).toBe(denied);
    await grant('EXECUTE ON FUNCTION f');
    expect(await workspace.rows('SELECT f(1)', bo)).toEqual([['2']]);
  });

  test('who may not use a schema does not learn what is in it', async () => {
    await grant('USE CATALOG ON CATALOG main');
    expect(await workspace.fault('SELECT * FROM nope', bo)).toBe(denied);
    expect(await workspace.fault('SELECT * FROM t', bo)).toBe(denied);
  });

  test('grants survive ALTER VIEW AS and CREATE OR REPLACE TABLE, and end with CREATE OR REPLACE VIEW', async () => {
    await grant('SELECT ON t', 'SELECT ON v');
    await workspace.run('ALTER VIEW v AS SELECT 5 AS id');
    await workspace.run('CREATE OR REPLACE TABLE t AS SELECT 5 AS id');
    const grants = async (name: string) => workspace.rows(`SHOW GRANTS \`bo@example.com\` ON ${name}`);
    expect([(await grants('v')).length, (await grants('t')).length]).toEqual([1, 1]);
    await workspace.run('CREATE OR REPLACE VIEW v AS SELECT 6 AS id');
    expect(await grants('v')).toEqual([]);
  });

  test('ALTER VIEW AS keeps the id and loses the comments of columns', async () => {
    await workspace.run("COMMENT ON COLUMN v.id IS 'key'");
    const before = workspace.unity.table('main.ml.v');
    await workspace.run('ALTER VIEW v AS SELECT id, 1 AS one FROM t');
    const after = workspace.unity.table('main.ml.v');
    expect(after?.tableId).toBe(before?.tableId);
    expect(before?.columns[0]?.comment).toBe('key');
    expect(after?.columns[0]).not.toHaveProperty('comment');
  });
});

describe('information_schema', () => {
  const tags = 'SELECT table_name, tag_name FROM information_schema.table_tags';
  const tables = 'SELECT table_name FROM information_schema.tables ORDER BY 1';

  test('rows and tags come and go with BROWSE (W020)', async () => {
    await workspace.run("ALTER TABLE t SET TAGS ('a' = 'b')");
    expect(await workspace.rows(tables, bo)).toEqual([]);
    await grant('BROWSE ON CATALOG main');
    expect(await workspace.rows(tables, bo)).toEqual([['t'], ['v']]);
    expect(await workspace.rows(tags, bo)).toEqual([['t', 'a']]);
    await workspace.run('REVOKE BROWSE ON CATALOG main FROM `bo@example.com`');
    expect(await workspace.rows(tags, bo)).toEqual([]);
    expect(await workspace.rows(tags)).toEqual([['t', 'a']]);
  });

  test('a grant on one object shows that one alone', async () => {
    await grant('SELECT ON v');
    expect(await workspace.rows(tables, bo)).toEqual([['v']]);
    expect(await workspace.rows('SELECT view_definition FROM information_schema.views', bo)).toEqual([[null]]);
    expect(await workspace.rows('SELECT view_definition FROM information_schema.views')).toEqual([
      ['SELECT id FROM t'],
    ]);
  });

  test('callers who read at the same time see their own rows', async () => {
    await grant('SELECT ON v');
    const both = await Promise.all([workspace.rows(tables, bo), workspace.rows(tables), workspace.rows(tables, bo)]);
    expect(both).toEqual([[['v']], [['t'], ['v']], [['v']]]);
  });

  test('grants are shown to the owner, and to others their own', async () => {
    await grant('SELECT ON t');
    await workspace.run('GRANT MODIFY ON t TO strangers');
    const grants =
      "SELECT grantee, privilege_type FROM information_schema.table_privileges WHERE table_name = 't' AND inherited_from = 'NONE' ORDER BY 1";
    expect(await workspace.rows(grants, bo)).toEqual([['bo@example.com', 'SELECT']]);
    expect(await workspace.rows(grants)).toEqual([
      ['bo@example.com', 'SELECT'],
      ['strangers', 'MODIFY'],
    ]);
  });

  test('tags are inherited where the workspace behaves so', async () => {
    const other = await openWorkspace({ information_schema_tags: 'inherited' });
    await other.run('CREATE TABLE t (id INT)');
    await other.run("ALTER SCHEMA ml SET TAGS ('team' = 'x')");
    expect(await other.rows(tags)).toEqual([['t', 'team']]);
    await other.storage.close();
  });

  test('properties of a view are hidden from others where the workspace behaves so', async () => {
    const other = await openWorkspace({ view_properties: 'owner_only' });
    await other.run("CREATE VIEW v TBLPROPERTIES ('dpo.owner' = 'p') AS SELECT 1 AS a");
    await other.run('GRANT BROWSE ON CATALOG main TO `bo@example.com`');
    expect(await other.rows('SHOW TBLPROPERTIES v')).toEqual([['dpo.owner', 'p']]);
    expect(await other.rows('SHOW TBLPROPERTIES v', bo)).toEqual([]);
    await other.storage.close();
  });
});
