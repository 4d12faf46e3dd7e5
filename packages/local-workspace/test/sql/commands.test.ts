import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { callerNamed, openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await openWorkspace();
  await workspace.run('CREATE TABLE t (id BIGINT, name STRING)');
  await workspace.run("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
});

afterEach(async () => workspace.storage.close());

const table = (name: string) => workspace.unity.table(name);

describe('tables', () => {
  test('CREATE OR REPLACE TABLE keeps the id and moves the version on', async () => {
    const before = table('main.ml.t');
    await workspace.run("CREATE OR REPLACE TABLE t COMMENT 'new' AS SELECT id, sum(id) AS total FROM t GROUP BY id");
    const after = table('main.ml.t');
    expect(after?.tableId).toBe(before?.tableId);
    expect(after?.version).toBe(2);
    expect(after?.columns.map((column) => column.typeText)).toEqual(['bigint', 'bigint']);
    expect(await workspace.rows('SELECT * FROM t ORDER BY id')).toEqual([
      ['1', '1'],
      ['2', '2'],
    ]);
  });

  test('DROP plus CREATE gives a new id', async () => {
    const before = table('main.ml.t')?.tableId;
    await workspace.run('DROP TABLE t');
    await workspace.run('CREATE TABLE t (id INT)');
    expect(table('main.ml.t')?.tableId).not.toBe(before);
  });

  test('each change of the data adds one to the version', async () => {
    expect(table('main.ml.t')?.version).toBe(1);
    expect(await workspace.rows("UPDATE t SET name = upper(name) || '!', id = id + 10 WHERE id = 1")).toEqual([['1']]);
    expect(await workspace.rows('DELETE FROM t WHERE id = 2')).toEqual([['1']]);
    expect(await workspace.rows("INSERT INTO main.ml.t (name, id) SELECT 'x', 5")).toEqual([['1', '1']]);
    expect(table('main.ml.t')?.version).toBe(4);
    expect(await workspace.rows('SELECT * FROM t ORDER BY id')).toEqual([
      ['5', 'x'],
      ['11', 'ONE!'],
    ]);
  });

  test('a failed INSERT changes neither the data nor the version', async () => {
    expect(await workspace.fault("INSERT INTO t SELECT CAST('x' AS BIGINT), 'y'")).toBe('CAST_INVALID_INPUT 22018');
    expect(table('main.ml.t')?.version).toBe(1);
    expect(await workspace.rows('SELECT count(*) FROM t')).toEqual([['2']]);
  });

  test('columns are added and dropped', async () => {
    await workspace.run("ALTER TABLE t ADD COLUMNS (score DOUBLE COMMENT 's', day DATE)");
    await workspace.run('ALTER TABLE t DROP COLUMN name');
    expect(table('main.ml.t')?.columns.map((column) => column.name)).toEqual(['id', 'score', 'day']);
    expect(await workspace.rows('SELECT * FROM t WHERE id = 1')).toEqual([['1', null, null]]);
  });

  test('CREATE TABLE IF NOT EXISTS leaves a table alone', async () => {
    await workspace.run('CREATE TABLE IF NOT EXISTS t AS SELECT 9 AS id');
    expect(await workspace.rows('SELECT count(*) FROM t')).toEqual([['2']]);
  });

  test('the owner is the caller and names are kept in lower case', async () => {
    await workspace.run('GRANT ALL PRIVILEGES ON CATALOG main TO `bo@example.com`');
    await workspace.run('CREATE TABLE Main.ML.`Mixed Case` (ID INT)', { caller: callerNamed('bo@example.com') });
    expect(table('main.ml.mixed case')).toMatchObject({ owner: 'bo@example.com', name: 'mixed case' });
  });
});

describe('views', () => {
  const body = 'SELECT  id, /* kept */ name\nFROM t -- end\nWHERE id = 1';

  beforeEach(async () => {
    await workspace.run(
      `CREATE VIEW v (key COMMENT 'the id', label) COMMENT 'c' TBLPROPERTIES ('a' = '1') AS ${body} ;`,
    );
  });

  test('the text comes back as submitted, to the owner only', async () => {
    await workspace.run('GRANT BROWSE ON CATALOG main TO `bo@example.com`');
    const query = 'SELECT view_definition FROM main.information_schema.views';
    expect(await workspace.rows(query)).toEqual([[body]]);
    expect(await workspace.rows(query, { caller: callerNamed('bo@example.com') })).toEqual([[null]]);
  });

  test('columns take the names and comments of the list', async () => {
    expect(await workspace.rows('SELECT key, label FROM v')).toEqual([['1', 'one']]);
    expect(await workspace.rows('DESCRIBE v')).toEqual([
      ['key', 'bigint', 'the id'],
      ['label', 'string', null],
    ]);
  });

  test('CREATE OR REPLACE VIEW gives a new id, ALTER VIEW AS keeps it with the properties', async () => {
    const first = table('main.ml.v');
    await workspace.run('ALTER VIEW v AS SELECT 1 AS one');
    expect(table('main.ml.v')).toMatchObject({
      tableId: first?.tableId,
      properties: { a: '1' },
      viewDefinition: 'SELECT 1 AS one',
    });
    await workspace.run('CREATE OR REPLACE VIEW v AS SELECT 2 AS two');
    expect(table('main.ml.v')?.tableId).not.toBe(first?.tableId);
    expect(await workspace.rows('SELECT * FROM v')).toEqual([['2']]);
  });

  test('properties are set and unset', async () => {
    await workspace.run("ALTER VIEW v SET TBLPROPERTIES ('b' = '2', dpo.owner = 'x')");
    await workspace.run("ALTER VIEW v UNSET TBLPROPERTIES IF EXISTS ('a', 'gone')");
    expect(await workspace.rows('SHOW TBLPROPERTIES v')).toEqual([
      ['b', '2'],
      ['dpo.owner', 'x'],
    ]);
  });

  test('a view sees the time of its reader', async () => {
    await workspace.run('CREATE VIEW clock AS SELECT current_timestamp() AS at');
    expect(await workspace.rows('SELECT at FROM clock')).toEqual([['2026-01-02T03:04:05.000Z']]);
  });

  test('a view takes no parameters and does not read information_schema', async () => {
    const parameters = [{ name: 'p', value: '1' }];
    expect(await workspace.fault('CREATE VIEW w AS SELECT :p AS p', { parameters })).toBe('UNSUPPORTED_FEATURE 0A000');
    expect(await workspace.fault('CREATE VIEW w AS SELECT * FROM information_schema.tables')).toBe(
      'UNSUPPORTED_FEATURE 0A000',
    );
  });

  test('a view over a dropped table fails when it is read', async () => {
    await workspace.run('DROP TABLE t');
    expect(await workspace.fault('SELECT * FROM v')).toBe('TABLE_OR_VIEW_NOT_FOUND 42P01');
  });
});

describe('metadata', () => {
  test('a schema is created, commented and dropped with what it holds', async () => {
    await workspace.run("CREATE SCHEMA IF NOT EXISTS prod.team COMMENT 'ours'");
    await workspace.run('CREATE TABLE prod.team.x (a INT)');
    await workspace.run("COMMENT ON SCHEMA prod.team IS 'theirs'");
    expect(workspace.unity.schema('prod.team')?.comment).toBe('theirs');
    await workspace.run('DROP SCHEMA prod.team CASCADE');
    expect(table('prod.team.x')).toBeUndefined();
    expect(await workspace.fault('DROP SCHEMA IF EXISTS prod.team')).toBe('');
  });

  test('information_schema follows each change', async () => {
    const query = 'SELECT tag_name, tag_value FROM main.information_schema.table_tags ORDER BY 1';
    expect(await workspace.rows(query)).toEqual([]);
    await workspace.run("ALTER TABLE t SET TAGS ('a' = '1', 'b')");
    expect(await workspace.rows(query)).toEqual([
      ['a', '1'],
      ['b', ''],
    ]);
    await workspace.run("ALTER TABLE t UNSET TAGS ('a')");
    expect(await workspace.rows(query)).toEqual([['b', '']]);
  });

  test('DESCRIBE EXTENDED shows comment and properties', async () => {
    await workspace.run("COMMENT ON TABLE t IS 'it''s'");
    await workspace.run("COMMENT ON COLUMN t.id IS 'key'");
    const rows = await workspace.rows('DESCRIBE TABLE EXTENDED t');
    expect(rows).toContainEqual(['id', 'bigint', 'key']);
    expect(rows).toContainEqual(['Comment', "it's", '']);
  });
});

describe('requests', () => {
  test('names of one and two parts take the defaults of the request', async () => {
    await workspace.run('CREATE TABLE prod.ml.t AS SELECT 7 AS id');
    expect(await workspace.rows('SELECT id FROM t', { catalog: 'PROD', schema: 'ML' })).toEqual([['7']]);
    expect(await workspace.rows('SELECT id FROM ml.t', { catalog: 'prod', schema: 'other' })).toEqual([['7']]);
  });

  test('parameters are cast to their types and an omitted value is NULL', async () => {
    const parameters = [
      { name: 'i', value: '2', type: 'INT' },
      { name: 'd', value: '1.5', type: 'DECIMAL(10, 2)' },
      { name: 'n' },
      { name: 't', value: '2026-01-01', type: 'DATE' },
    ];
    const result = await workspace.run('SELECT :i + 1 AS i, :D AS d, :n AS n, :t AS t', { parameters });
    expect(result.rows).toEqual([['3', '1.50', null, '2026-01-01']]);
    expect(result.columns.map((column) => column.typeText)).toEqual(['INT', 'DECIMAL(10,2)', 'STRING', 'DATE']);
    expect(await workspace.rows('SELECT name FROM t WHERE id = :i LIMIT :i', { parameters })).toEqual([['two']]);
    expect(await workspace.fault('SELECT :x', { parameters: [{ name: 'x', value: 'a', type: 'INT' }] })).toBe(
      'CAST_INVALID_INPUT 22018',
    );
  });

  test('IDENTIFIER names a table through a parameter', async () => {
    const parameters = [{ name: 't', value: 'main.`ml`.t' }];
    expect(await workspace.rows('SELECT count(*) FROM IDENTIFIER(:t)', { parameters })).toEqual([['2']]);
  });

  test('columns carry Spark type names', async () => {
    const { columns } = await workspace.run(
      "SELECT sum(id) AS a, count(*), named_struct('x', 1) AS c, map('k', array(1.5)) AS d, true AS e, 1.0D AS f, DATE'2026-01-01' AS g FROM t",
    );
    expect(columns.map(({ name, typeName, typeText }) => `${name} ${typeName} ${typeText}`)).toEqual([
      'a LONG BIGINT',
      'count(1) LONG BIGINT',
      'c STRUCT STRUCT<x: INT>',
      'd MAP MAP<STRING, ARRAY<DECIMAL(2,1)>>',
      'e BOOLEAN BOOLEAN',
      'f DOUBLE DOUBLE',
      'g DATE DATE',
    ]);
  });
});

describe('volumes', () => {
  const show = async () => workspace.rows('SHOW VOLUMES IN main.ml');

  test('CREATE VOLUME and DROP VOLUME, each once', async () => {
    await workspace.run("CREATE VOLUME Landing COMMENT 'files'");
    expect(await show()).toEqual([['ml', 'landing']]);
    await expect(workspace.run('CREATE VOLUME main.ml.landing')).rejects.toThrow('already exists');
    await workspace.run('CREATE VOLUME IF NOT EXISTS landing');
    await workspace.run('DROP VOLUME landing');
    expect(await show()).toEqual([]);
    await expect(workspace.run('DROP VOLUME landing')).rejects.toThrow('does not exist');
    await workspace.run('DROP VOLUME IF EXISTS landing');
  });

  test.each(['CREATE VOLUME v LOCATION "s3://a/b"', 'CREATE VOLUME nowhere.ml.v', 'CREATE VOLUME v garbage'])(
    '%s is refused and makes nothing',
    async (statement) => {
      await expect(workspace.run(statement)).rejects.toThrow(/./);
      expect(await show()).toEqual([]);
    },
  );
});
