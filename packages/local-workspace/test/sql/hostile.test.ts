import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tokenize } from '../../src/sql/lexer.ts';
import { quoteIdentifier } from '../../src/sql/quote.ts';
import { SqlError } from '../../src/sql/statement-engine.ts';
import { quoteDatabricksLiteral, quoteDatabricksName } from '../../src/sql/tokens.ts';
import { openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.run('CREATE TABLE t (id BIGINT, name STRING)');
  await workspace.run("INSERT INTO t VALUES (1, 'one'), (2, 'two')");
});

afterAll(async () => workspace.storage.close());

const commands = [
  "COPY t TO '/tmp/x.csv'",
  "COPY t FROM '/etc/passwd'",
  "ATTACH '/tmp/x.duckdb' AS x",
  'DETACH x',
  'INSTALL httpfs',
  'LOAD httpfs',
  "LOAD DATA INPATH '/etc/passwd' INTO TABLE t",
  'PRAGMA database_list',
  'SET threads = 1',
  'RESET threads',
  "SET VARIABLE dpo_now = 'x'",
  "EXPORT DATABASE '/tmp/x'",
  "IMPORT DATABASE '/tmp/x'",
  'CHECKPOINT',
  'VACUUM',
  'VACUUM FULL t',
  'ANALYZE',
  'EXPLAIN ANALYZE SELECT 1',
  "CREATE FUNCTION f() RETURNS STRING RETURN (SELECT content FROM read_text('/etc/passwd'))",
  'CREATE OR REPLACE FUNCTION f(p STRING) RETURN getenv(p)',
  'CREATE FUNCTION f(p STRING) RETURNS TABLE (c STRING) RETURN SELECT * FROM read_text(p)',
  "SET file_search_path = '/etc'",
  'SET SESSION threads = 1',
  'SET GLOBAL enable_external_access = true',
  'RESET enable_external_access',
  'USE memory',
  'CREATE SEQUENCE s',
  "CREATE TYPE e AS ENUM ('a')",
  'CREATE INDEX i ON t (id)',
  'ALTER DATABASE main SET ALIAS TO x',
  'PREPARE p AS SELECT 1',
  'EXECUTE p',
  'DEALLOCATE p',
  'ROLLBACK',
  'FORCE CHECKPOINT',
  'DROP SCHEMA __dpo CASCADE',
  'DROP SCHEMA `__sql` CASCADE',
  'DROP TABLE __dpo.documents',
  'DELETE FROM `__dpo`.`documents`',
  "UPDATE __dpo.documents SET json = '{}'",
  'TRUNCATE TABLE __dpo.documents',
  "MERGE INTO t USING read_text('/etc/passwd') f ON true WHEN NOT MATCHED THEN INSERT (name) VALUES (f.content)",
  "MERGE INTO t USING (SELECT * FROM read_text('/etc/passwd')) f ON true WHEN NOT MATCHED THEN INSERT (name) VALUES (f.content)",
  "COPY INTO t FROM '/etc'",
  'CREATE TABLE x SHALLOW CLONE `__dpo`.documents',
  'CREATE TABLE x LIKE __dpo.documents',
  "CREATE MATERIALIZED VIEW x AS SELECT * FROM read_text('/etc/passwd')",
  "ALTER TABLE t ADD CONSTRAINT c CHECK (name = getenv('HOME'))",
  "INSERT INTO t REPLACE WHERE name = getenv('HOME') SELECT 1, 'x'",
  "DESCRIBE QUERY SELECT * FROM read_text('/etc/passwd')",
  'CALL pragma_version()',
  'SUMMARIZE t',
  'CREATE MACRO m() AS 1',
  "CREATE SECRET s (TYPE S3, KEY_ID 'x')",
  'CREATE TEMP TABLE x (a INT)',
  "CREATE TABLE x (a INT) USING PARQUET LOCATION '/tmp/x'",
  'BEGIN TRANSACTION',
  'COMMIT',
  "INSERT OVERWRITE DIRECTORY '/tmp/x' SELECT 1",
];

const queries = [
  "SELECT * FROM read_csv('/etc/passwd')",
  "SELECT * FROM read_csv_auto('/etc/passwd')",
  "SELECT * FROM read_parquet('/tmp/x.parquet')",
  "SELECT * FROM parquet_scan('/tmp/x.parquet')",
  "SELECT * FROM parquet_metadata('/tmp/x.parquet')",
  "SELECT * FROM read_json('/tmp/x.json')",
  "SELECT * FROM read_text('/etc/passwd')",
  "SELECT * FROM READ_BLOB('/etc/passwd')",
  "SELECT * FROM `read_text`('/etc/passwd')",
  "SELECT * FROM main.read_text('/etc/passwd')",
  "SELECT * FROM t, LATERAL read_text('/etc/passwd')",
  "SELECT * FROM t JOIN read_text('/etc/passwd') ON true",
  "SELECT (SELECT content FROM read_text('/etc/passwd'))",
  "SELECT 1 WHERE EXISTS (SELECT 1 FROM (SELECT * FROM read_text('/etc/passwd')))",
  "WITH x AS (SELECT * FROM read_text('/etc/passwd')) SELECT * FROM x",
  "SELECT 1 UNION ALL SELECT content FROM read_text('/etc/passwd')",
  "SELECT * FROM glob('/etc/*')",
  "SELECT * FROM sniff_csv('/etc/passwd')",
  "SELECT * FROM query('SELECT 1')",
  "SELECT * FROM query_table('t')",
  'SELECT * FROM duckdb_settings()',
  'SELECT * FROM duckdb_secrets()',
  "SELECT * FROM pragma_table_info('t')",
  "SELECT * FROM sqlite_scan('/tmp/x.db', 't')",
  "SELECT * FROM '/etc/passwd'",
  'SELECT * FROM `/etc/passwd`',
  'SELECT * FROM csv.`/etc/passwd`',
  'SELECT * FROM parquet.`/tmp/x.parquet`',
  'SELECT * FROM `x.csv`',
  'SELECT * FROM (WITH `/tmp/x.csv` AS (SELECT 1) SELECT 1), `/tmp/x.csv`',
  'SELECT * FROM `https://example.com/x.parquet`',
  'SELECT * FROM __dpo.documents',
  'SELECT * FROM `__dpo`.`documents`',
  'SELECT * FROM `main.ml`.`t`',
  'SELECT * FROM __information.main.tables',
  'SELECT * FROM duckdb_tables',
  'SELECT * FROM sqlite_master',
  'SELECT * FROM pg_catalog.pg_class',
  "SELECT getenv('HOME')",
  "SELECT current_setting('home_directory')",
  "SELECT getvariable('dpo_now')",
  "SELECT json_execute_serialized_sql('{}')",
  'SELECT * FROM (SHOW TABLES)',
  'SELECT * FROM (DESCRIBE t)',
  "SELECT * FROM IDENTIFIER('read_text(''/etc/passwd'')')",
  "SELECT * FROM IDENTIFIER('`x`; DROP TABLE t')",
  "INSERT INTO t SELECT 1, content FROM read_text('/etc/passwd')",
  "UPDATE t SET name = (SELECT content FROM read_text('/etc/passwd'))",
  "DELETE FROM t WHERE name IN (SELECT content FROM read_text('/etc/passwd'))",
  "CREATE TABLE x AS SELECT * FROM read_text('/etc/passwd')",
  "CREATE VIEW x AS SELECT * FROM read_text('/etc/passwd')",
  "SELECT 1 /* */ FROM /* x */ read_text /* y */ ('/etc/passwd')",
  "SELECT transform(array('/etc/passwd'), f -> read_text(f))",
  "SELECT filter(array('HOME'), f -> getenv(f) IS NOT NULL)",
  "SELECT aggregate(array('a'), '', (a, x) -> getenv(x))",
  "SELECT CASE WHEN getenv('HOME') = 'x' THEN 1 END",
  "SELECT id FROM t ORDER BY getenv('HOME')",
  "SELECT id FROM t GROUP BY getenv('HOME'), id",
  "SELECT count(*) FROM t HAVING getenv('HOME') IS NOT NULL",
  "SELECT id FROM t QUALIFY getenv('HOME') IS NOT NULL",
  "SELECT sum(id) OVER (PARTITION BY getenv('HOME')) FROM t",
  "SELECT sum(id) FILTER (WHERE getenv('HOME') IS NOT NULL) FROM t",
  "SELECT id FROM t LIMIT (SELECT count(*) FROM read_text('/etc/passwd'))",
  "SELECT id FROM t a JOIN t b ON getenv('HOME') = b.name",
  "SELECT GETENV('HOME')",
  "SELECT `getenv`('HOME')",
  "SELECT system.main.getenv('HOME')",
  "SELECT main.getenv('HOME')",
  "SELECT pg_catalog.current_setting('threads')",
  "SELECT /* a */ getenv /* b */ ('HOME')",
  "SELECT getenv\n('HOME')",
  "SELECT geten\u0076('HOME')",
  "SELECT ｇｅｔｅｎｖ('HOME')",
  "SELECT getenv\u00A0('HOME')",
  "SELECT __duck_getenv('HOME')",
  "SELECT __DUCK_read_text('/etc/passwd')",
  "SELECT `__duck_getenv`('HOME')",
  'SELECT __sql_nope(1)',
  'SELECT __try(1)',
  'SELECT __udf_5f5f64706f_78(1)',
  "SELECT __sql.nonzero(getenv('HOME'))",
  'SELECT duckdb_settings()',
  'SELECT * FROM duckdb_secrets()',
  'SELECT pragma_version()',
  "SELECT current_setting('threads')",
  "SELECT set_config('threads', '1')",
  "SELECT nextval('s')",
  'SELECT txid_current()',
  "SELECT write_log('x')",
  'SELECT sleep_ms(1)',
  "SELECT hash(1), getvariable('dpo_principal')",
  "SELECT json_serialize_sql('SELECT 1')",
  "SELECT json_deserialize_sql('{}')",
  "SELECT add_parquet_key('k', 'v')",
  'SELECT * FROM repeat_row(1, num_rows = 2)',
  "SELECT * FROM seq_scan('t')",
  'SELECT * FROM summary((SELECT 1))',
  'SELECT * FROM test_all_types()',
  "SELECT * FROM which_secret('x', 's3')",
  "SELECT * FROM parquet_bloom_probe('/tmp/x', 'a', 1)",
  "SELECT * FROM read_json_auto('/tmp/x.json')",
  "SELECT * FROM read_ndjson('/tmp/x.json')",
  "SELECT * FROM read_duckdb('/tmp/x.duckdb')",
  'SELECT * FROM force_checkpoint()',
  "SELECT * FROM json_execute_serialized_sql('{}')",
  'SELECT * FROM t, read_text(t.name)',
  "SELECT * FROM t LATERAL VIEW explode(split(getenv('PATH'), ':')) p AS x",
  "SELECT explode(array(getenv('HOME')))",
  "SELECT stack(1, getenv('HOME'))",
  "SELECT inline(array(struct(getenv('HOME'))))",
  "SELECT * FROM explode(array(getenv('HOME')))",
  "SELECT * FROM VALUES (getenv('HOME'))",
  "VALUES (getenv('HOME'))",
  "SELECT named_struct('a', getenv('HOME'))",
  "SELECT map('a', getenv('HOME'))",
  "SELECT '{}':a || getenv('HOME')",
  "SELECT CAST(getenv('HOME') AS STRING)",
  "SELECT try_cast(getenv('HOME') AS INT)",
  "SELECT 1 / length(getenv('HOME'))",
  "SELECT avg(length(getenv('HOME'))) FROM t",
  "SELECT date_format(getenv('HOME'), 'yyyy')",
  "SELECT * FROM (SELECT 1 AS id) PIVOT (max(getenv('HOME')) FOR id IN (1))",
  'SELECT * FROM `__information`.`1`.tables',
  'SELECT * FROM __information.`1 main.information_schema`.tables',
  'SELECT * FROM `1 main`.information_schema.tables',
  'SELECT * FROM memory.main.t',
  'SELECT * FROM temp.`__merge`',
  'SELECT * FROM `__source t`.x',
  'SELECT * FROM information_schema.`__dpo`',
  'SELECT * FROM main.pg_catalog.pg_class',
  'SELECT * FROM system.main.duckdb_tables',
  'SELECT * FROM json.`/etc/passwd`',
  'SELECT * FROM delta.`/tmp/x`',
  'SELECT * FROM text.`/etc/passwd`',
  'SELECT * FROM `file:///etc/passwd`',
  "SELECT * FROM IDENTIFIER('__dpo.documents')",
  "SELECT * FROM IDENTIFIER('csv.`/etc/passwd`')",
  "SELECT * FROM IDENTIFIER('read_text' || '(1)')",
  'WITH `/etc/passwd` AS (SELECT 1) SELECT * FROM `/etc/passwd`',
  "WITH RECURSIVE r AS (SELECT content FROM read_text('/etc/passwd') UNION ALL SELECT content FROM r) SELECT * FROM r",
  "SELECT * FROM t TABLESAMPLE (1 ROWS), read_blob('/etc/passwd')",
  "FROM read_text('/etc/passwd')",
  "FROM '/etc/passwd'",
  "(SELECT * FROM read_text('/etc/passwd'))",
  "SELECT * FROM (FROM '/etc/passwd')",
  "EXPLAIN SELECT * FROM read_text('/etc/passwd')",
  "DESCRIBE QUERY SELECT getenv('HOME')",
];

/** What a statement that reaches for the host or for our own tables may be answered with. */
const refusals =
  /^(?:PARSE_SYNTAX_ERROR|UNSUPPORTED_FEATURE|UNRESOLVED_ROUTINE|TABLE_OR_VIEW_NOT_FOUND|NO_SUCH_CATALOG_EXCEPTION|SCHEMA_NOT_FOUND|CONFIG_NOT_AVAILABLE) /;

describe('hostile statements', () => {
  test.each(commands)('the command %s never reaches the database', async (statement) => {
    expect(await workspace.fault(statement)).toMatch(refusals);
  });

  test.each(queries)('the query %s reads nothing outside of the catalogs', async (statement) => {
    expect(await workspace.fault(statement)).toMatch(refusals);
  });

  test.each(['SELECT 1; SELECT 2', 'SELECT 1; DROP TABLE t', '; SELECT 1', "SELECT ';'; SELECT 2"])(
    'the statements %s are refused, because only one is allowed',
    async (statement) => {
      expect(await workspace.fault(statement)).toBe('PARSE_SYNTAX_ERROR 42601');
    },
  );

  test('a backslash before the quote does not end a string', async () => {
    expect(await workspace.rows("SELECT '\\' FROM t; DROP TABLE t --'")).toEqual([["' FROM t; DROP TABLE t --"]]);
  });

  test('brackets nested very deep are refused instead of overflowing the stack', async () => {
    expect(await workspace.fault(`SELECT ${'('.repeat(50_000)}1${')'.repeat(50_000)}`)).toBe(
      'PARSE_SYNTAX_ERROR 42601',
    );
  });

  test('there are at least 180 of them', () => {
    expect(new Set([...commands, ...queries]).size).toBeGreaterThanOrEqual(180);
  });

  test('the table is still there', async () => {
    expect(await workspace.rows('SELECT count(*) FROM t')).toEqual([['2']]);
  });
});

const sharpText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom("'", '"', '`', '\\', ';', '-', '/', '*', '$', ':', 'a', ' ', '\n', ')', '(') }),
);

/** DuckDB ends a text at a zero character. */
const text = sharpText.filter((value) => !value.includes('\0'));

describe('quoting', () => {
  test('a parameter value comes back as it was given, whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const rows = await workspace.rows('SELECT :v AS v, length(:v) >= 0', { parameters: [{ name: 'v', value }] });
        expect(rows).toEqual([[value, 'true']]);
      }),
      { numRuns: 150 },
    );
  });

  test('a quoted literal comes back as it was given, whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(await workspace.rows(`SELECT ${quoteDatabricksLiteral(value)} AS v`)).toEqual([[value]]);
      }),
      { numRuns: 150 },
    );
  });

  test('a quoted name is one name, whatever it contains', async () => {
    await fc.assert(
      fc.asyncProperty(
        text.filter((name) => name !== ''),
        async (name) => {
          const result = await workspace.run(`SELECT 1 AS ${quoteDatabricksName(name)}`);
          expect(result.columns.map((column) => column.name)).toEqual([name]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a parameter type is no way in', async () => {
    const parameters = [{ name: 'v', value: '1', type: 'INT), read_text(1' }];
    expect(await workspace.fault('SELECT :v', { parameters })).toBe('INVALID_PARAMETER_VALUE 22023');
  });

  test('any text is either a statement or an SqlError', async () => {
    await fc.assert(
      fc.asyncProperty(sharpText, async (statement) => {
        await workspace.run(`SELECT ${statement}`).catch((fault: unknown) => expect(fault).toBeInstanceOf(SqlError));
      }),
      { numRuns: 150 },
    );
  });

  test('tokens of a name that DuckDB reads are one token', () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(tokenize(quoteIdentifier(name), 'duckdb').map((token) => token.value)).toEqual([name]);
      }),
    );
  });
});
