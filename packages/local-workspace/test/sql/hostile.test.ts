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
  'CALL pragma_version()',
  'EXPLAIN SELECT 1',
  'SUMMARIZE t',
  'CREATE MACRO m() AS 1',
  'CREATE FUNCTION f() RETURNS INT RETURN 1',
  "CREATE SECRET s (TYPE S3, KEY_ID 'x')",
  'CREATE TEMP TABLE x (a INT)',
  "CREATE TABLE x (a INT) USING PARQUET LOCATION '/tmp/x'",
  'BEGIN TRANSACTION',
  'COMMIT',
  'TRUNCATE TABLE t',
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
];

describe('hostile statements', () => {
  test.each(commands)('the command %s never reaches the database', async (statement) => {
    expect(await workspace.fault(statement)).toMatch(/^(?:PARSE_SYNTAX_ERROR 42601|UNSUPPORTED_FEATURE 0A000)$/);
  });

  test.each(queries)('the query %s reads nothing outside of the catalogs', async (statement) => {
    const refusals = /^(?:PARSE_SYNTAX_ERROR|UNRESOLVED_ROUTINE|TABLE_OR_VIEW_NOT_FOUND|NO_SUCH_CATALOG_EXCEPTION) /;
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
