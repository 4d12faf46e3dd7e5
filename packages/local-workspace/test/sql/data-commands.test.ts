import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await openWorkspace();
  await workspace.run('CREATE TABLE t (id INT NOT NULL, name STRING, n INT, CONSTRAINT few CHECK (n < 100))');
  await workspace.run("INSERT INTO t VALUES (1, 'one', 10), (2, 'two', 20)");
});

afterEach(async () => workspace.storage.close());

const rows = async () => workspace.rows('SELECT id, name, n FROM t ORDER BY id');

describe('INSERT', () => {
  test.each<readonly [string, readonly (readonly (string | null)[])[]]>([
    [
      'INSERT INTO t (n, id) VALUES (3.99, 3)',
      [
        ['1', 'one', '10'],
        ['2', 'two', '20'],
        ['3', null, '3'],
      ],
    ],
    [
      "INSERT INTO t BY NAME SELECT 'x' AS name, 3 AS id",
      [
        ['1', 'one', '10'],
        ['2', 'two', '20'],
        ['3', 'x', null],
      ],
    ],
    [
      'INSERT INTO TABLE t SELECT id + 10, upper(name), n FROM t WHERE id = 1',
      [
        ['1', 'one', '10'],
        ['2', 'two', '20'],
        ['11', 'ONE', '10'],
      ],
    ],
    [
      'INSERT OVERWRITE t SELECT id + 10, name, n FROM t',
      [
        ['11', 'one', '10'],
        ['12', 'two', '20'],
      ],
    ],
    [
      "INSERT INTO t REPLACE WHERE id = 1 SELECT 1, 'new', 1",
      [
        ['1', 'new', '1'],
        ['2', 'two', '20'],
      ],
    ],
    [
      'INSERT INTO t WITH a AS (SELECT 5 AS x) SELECT x, NULL, NULL FROM a',
      [
        ['1', 'one', '10'],
        ['2', 'two', '20'],
        ['5', null, null],
      ],
    ],
  ])('%s', async (statement, expected) => {
    await workspace.run(statement);
    expect(await rows()).toEqual(expected);
  });

  test.each([
    "INSERT INTO t VALUES (3, 'x', 100)",
    'UPDATE t SET n = n * 10',
    'MERGE INTO t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = 500',
  ])('a check is broken by nobody: %s', async (statement) => {
    expect(await workspace.fault(statement)).toBe('DELTA_VIOLATE_CONSTRAINT_WITH_VALUES 23001');
    expect(await rows()).toEqual([
      ['1', 'one', '10'],
      ['2', 'two', '20'],
    ]);
  });
});

describe('UPDATE, DELETE and MERGE', () => {
  test.each<readonly [string, readonly string[], readonly (readonly (string | null)[])[]]>([
    [
      "UPDATE t AS x SET x.n = CASE WHEN x.id = 1 THEN 0 ELSE x.n END, name = concat(name, '!')",
      ['2'],
      [
        ['1', 'one!', '0'],
        ['2', 'two!', '20'],
      ],
    ],
    ['DELETE FROM t x WHERE x.n > (SELECT avg(n) FROM t)', ['1'], [['1', 'one', '10']]],
    [
      `MERGE INTO t USING (SELECT 1 AS id, 5 AS n UNION ALL SELECT 9, 9) AS s ON t.id = s.id
        WHEN MATCHED AND s.n > 3 THEN UPDATE SET n = t.n + s.n
        WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.n)
        WHEN NOT MATCHED BY SOURCE THEN DELETE`,
      ['3', '1', '1', '1'],
      [
        ['1', 'one', '15'],
        ['9', null, '9'],
      ],
    ],
    [
      "MERGE INTO t USING (SELECT 2 AS id, 'deux' AS name, 2 AS n UNION ALL SELECT 3, 'trois', 3) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *",
      ['2', '1', '0', '1'],
      [
        ['1', 'one', '10'],
        ['2', 'deux', '2'],
        ['3', 'trois', '3'],
      ],
    ],
    [
      'MERGE INTO t USING main.ml.t AS s ON t.id = s.id AND s.id = 1 WHEN MATCHED THEN DELETE',
      ['1', '0', '1', '0'],
      [['2', 'two', '20']],
    ],
  ])('%s', async (statement, counts, expected) => {
    expect(await workspace.rows(statement)).toEqual([counts]);
    expect(await rows()).toEqual(expected);
  });

  test('each change is a commit of the history', async () => {
    await workspace.run('DELETE FROM t WHERE id = 1');
    await workspace.run('TRUNCATE TABLE t');
    const history = await workspace.rows('DESCRIBE HISTORY t');
    expect(history.map((row) => [row[0], row[3]])).toEqual([
      ['3', 'TRUNCATE'],
      ['2', 'DELETE'],
      ['1', 'WRITE'],
      ['0', 'CREATE TABLE'],
    ]);
    expect(await rows()).toEqual([]);
  });
});

describe('objects of their own kind', () => {
  test('a materialized view keeps its rows until it is refreshed', async () => {
    const count = 'SELECT n FROM counted';
    await workspace.run('CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM t');
    await workspace.run('DELETE FROM t WHERE id = 1');
    expect(await workspace.rows(count)).toEqual([['2']]);
    await workspace.run('REFRESH MATERIALIZED VIEW counted');
    expect(await workspace.rows(count)).toEqual([['1']]);
    expect(workspace.unity.table('main.ml.counted')).toMatchObject({
      tableType: 'MATERIALIZED_VIEW',
      properties: { 'pipelines.pipelineId': expect.any(String) },
      viewDefinition: 'SELECT count(*) AS n FROM t',
    });
    await workspace.run('CREATE OR REPLACE MATERIALIZED VIEW counted AS SELECT 7 AS n');
    expect(await workspace.rows(count)).toEqual([['7']]);
    await workspace.run('DROP MATERIALIZED VIEW counted');
    expect(await workspace.fault(count)).toBe('TABLE_OR_VIEW_NOT_FOUND 42P01');
  });

  test.each([
    ['ALTER VIEW counted AS SELECT 1', 'MATERIALIZED_VIEW_OPERATION_NOT_ALLOWED 56038'],
    ["ALTER VIEW counted SET TBLPROPERTIES ('a' = 'b')", 'MATERIALIZED_VIEW_OPERATION_NOT_ALLOWED 56038'],
    ['INSERT INTO counted VALUES (1)', 'MATERIALIZED_VIEW_OPERATION_NOT_ALLOWED 56038'],
    ['CREATE OR REPLACE VIEW counted AS SELECT 1', 'MATERIALIZED_VIEW_OPERATION_NOT_ALLOWED 56038'],
    ['DROP VIEW counted', 'WRONG_COMMAND_FOR_OBJECT_TYPE 42809'],
    ['DROP TABLE counted', 'WRONG_COMMAND_FOR_OBJECT_TYPE 42809'],
  ])('a materialized view refuses %s', async (statement, fault) => {
    await workspace.run('CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM t');
    expect(await workspace.fault(statement)).toBe(fault);
  });

  test('a function is used by its name, in a lambda and in a view, until it is dropped', async () => {
    await workspace.run('CREATE FUNCTION twice(x INT) RETURNS INT RETURN x * 2');
    await workspace.run('CREATE VIEW doubled AS SELECT twice(id) AS d FROM t');
    const query = "SELECT twice('4'), main.ml.twice(ml.twice(1)), transform(array(1), v -> twice(v))";
    expect(await workspace.rows(query)).toEqual([['8', '4', '["2"]']]);
    await workspace.run('CREATE OR REPLACE FUNCTION twice(x INT) RETURNS INT RETURN x + x + 0');
    expect(await workspace.rows('SELECT d FROM doubled ORDER BY d')).toEqual([['2'], ['4']]);
    await workspace.run('DROP FUNCTION twice');
    expect(await workspace.fault('SELECT d FROM doubled')).toBe('UNRESOLVED_ROUTINE 42883');
  });

  test('a function that was registered without SQL is usable, in its latest version', async () => {
    const put = async (definition: string, updatedAt: number) =>
      workspace.storage.transaction(async (transaction) =>
        transaction.put('function', 'main.ml.seeded', {
          catalog: 'main',
          schema: 'ml',
          name: 'seeded',
          functionId: 'f',
          owner: 'ana@example.com',
          parameters: [{ name: 'x', typeText: 'int' }],
          returnType: 'int',
          createdAt: 1,
          definition,
          updatedAt,
        }),
      );
    await put('x + 1', 1);
    expect(await workspace.rows("SELECT seeded('2')")).toEqual([['3']]);
    await put('x + 10', 2);
    expect(await workspace.rows('SELECT seeded(2)')).toEqual([['12']]);
    await put("getenv('HOME')", 3);
    expect(await workspace.fault('SELECT seeded(2)')).toBe('UNRESOLVED_ROUTINE 42883');
  });

  test('a view over SELECT * goes on when its table gains a column', async () => {
    await workspace.run('CREATE VIEW v AS SELECT * FROM t');
    await workspace.run('ALTER TABLE t ADD COLUMN more STRING');
    expect(await workspace.rows('SELECT * FROM v WHERE id = 1')).toEqual([['1', 'one', '10']]);
  });

  test('a renamed table keeps id, rows, tags and grants', async () => {
    await workspace.run("ALTER TABLE t SET TAGS ('a' = '1')");
    await workspace.run("ALTER TABLE t ALTER COLUMN name SET TAGS ('b' = '2')");
    await workspace.run('GRANT SELECT ON t TO strangers');
    const id = workspace.unity.table('main.ml.t')?.tableId;
    await workspace.run('ALTER TABLE t RENAME TO u');
    expect(workspace.unity.table('main.ml.u')?.tableId).toBe(id);
    expect(await workspace.rows('SELECT table_name, tag_name FROM information_schema.table_tags')).toEqual([
      ['u', 'a'],
    ]);
    expect(await workspace.rows('SELECT column_name, tag_name FROM information_schema.column_tags')).toEqual([
      ['name', 'b'],
    ]);
    expect(await workspace.rows('SHOW GRANTS strangers ON u')).toEqual([['strangers', 'SELECT', 'TABLE', 'main.ml.u']]);
    expect(await workspace.rows('SELECT count(*) FROM u')).toEqual([['2']]);
  });

  test('a catalog comes with a schema and goes with what it holds', async () => {
    await workspace.run('GRANT CREATE CATALOG ON METASTORE TO `ana@example.com`', { caller: workspace.admin });
    await workspace.run("CREATE CATALOG lab COMMENT 'try out'");
    await workspace.run('CREATE TABLE lab.default.x (a INT)');
    expect(await workspace.fault('DROP CATALOG lab')).toBe('CATALOG_NOT_EMPTY 2BP01');
    await workspace.run('DROP CATALOG lab CASCADE');
    expect(workspace.unity.catalog('lab')).toBeUndefined();
    expect(workspace.unity.table('lab.default.x')).toBeUndefined();
  });

  test('keys are told and nullable columns refuse to be one', async () => {
    await workspace.run('ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (id)');
    await workspace.run('CREATE TABLE child (t_id INT CONSTRAINT fk FOREIGN KEY REFERENCES t)');
    expect(workspace.unity.table('main.ml.child')?.constraints).toEqual([
      { kind: 'FOREIGN KEY', name: 'fk', columns: ['t_id'], parent: { table: 'main.ml.t', columns: ['id'] } },
    ]);
    await workspace.run('ALTER TABLE child DROP CONSTRAINT fk');
    expect(workspace.unity.table('main.ml.child')?.constraints).toEqual([]);
  });
});
