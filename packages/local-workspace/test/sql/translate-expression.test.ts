import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from '@jest/globals';
import { systemCaller } from '../../src/principals/caller.ts';
import { createExpressionTranslator } from '../../src/sql/translate-expression.ts';
import type { ExpressionTranslator } from '../../src/sql/translate-expression.ts';
import { loadPolyglotTranslator } from '../../src/sql/sql-translator.ts';
import { createQueryTranslator } from '../../src/sql/translate-query.ts';

const translator = createQueryTranslator(loadPolyglotTranslator);
const table = `CREATE TABLE t AS SELECT 7 AS a, 2 AS b, 'North' AS region, TIMESTAMP '2026-07-01 05:00' AS ts,
  [1, 2, 3] AS l, {'x': 5} AS s, 1 AS "odd name", 3 AS "end"`;
const names = ['a', 'b', 'region', 'ts', 'l', 's', 'odd name', 'end'];

async function withTranslator(
  work: (translate: ExpressionTranslator, value: (sql: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(table);
  const now = Date.UTC(2026, 6, 15, 10);
  const caller = systemCaller('1', 'ann@example.com');
  await work(
    createExpressionTranslator({ connection, translator, session: { now, caller, catalog: 'prod', schema: 'ml' } }),
    async (sql) => (await connection.runAndReadAll(`SELECT ${sql} FROM t`)).getRowsJson()[0]?.[0],
  );
  connection.closeSync();
  instance.closeSync();
}

describe('an expression', () => {
  test.each<readonly [string, unknown]>([
    ['a + b', '9'],
    ['A > 5 AND region = "North"', true],
    ['`odd name` + `end`', 4],
    ['date_format(ts, "yyyy-MM")', '2026-07'],
    ['substring(region, 1, 2)', 'No'],
    ['CASE WHEN region LIKE "N%" THEN 1 ELSE 0 END', 1],
    ['get(l, 0)', 1],
    ['s.x', 5],
    ['exists(l, x -> x > 2)', true],
    ['aggregate(l, 0, (acc, x) -> acc + x)', 6],
    ['datediff(current_date(), ts)', 14],
    ['current_user()', 'ann@example.com'],
    ['sum(a) / count(*)', 7],
    ['avg(CAST(a AS DECIMAL(5,2)))', '7.000000'],
    ['typeof(CAST(a AS DECIMAL(5,2)) / b)', 'decimal(16,13)'],
    ['count_if(a > 5)', '1'],
    ['avg(a) -- the mean', 7],
    ["nvl(NULL, concat(region, '!'))", 'North!'],
    ['(a) + (b)', 9],
  ])('%s is translated as in a query', async (text, expected) => {
    await withTranslator(async (translate, value) => {
      const { sql } = await translate.translate(text, { names, from: 't' });
      expect(String(await value(sql))).toBe(String(expected));
    });
  });

  test('tells which names it reads and whether its value changes by itself', async () => {
    await withTranslator(async (translate) => {
      const plain = await translate.translate('exists(l, x -> x > A) AND s.x > 1', { names, from: 't' });
      expect(plain).toMatchObject({ names: new Set(['a', 'l', 's']), isVolatile: false });
      for (const text of ['ts > current_timestamp()', 'a + rand()', 'current_user() = region', 'uuid()']) {
        expect(await translate.translate(text, { names, from: 't' })).toMatchObject({ isVolatile: true });
      }
    });
  });

  test.each([
    ['', 'the expression is empty'],
    ['a; DROP TABLE t', "Syntax error at or near ';'"],
    ['a, b', 'one expression is allowed'],
    ['a) + (b) FROM t --', 'PARSE_SYNTAX_ERROR'],
    ['a), (b', 'one expression is allowed'],
    [':x', "Syntax error at or near ':x'"],
    ['(SELECT max(a) FROM t)', 'TABLE_OR_VIEW_NOT_FOUND'],
    ['(SELECT 1)', 'without a subquery'],
    ['EXISTS (SELECT 1)', 'without a subquery'],
    ['a IN (SELECT 1)', 'without a subquery'],
    ['row_number() OVER (ORDER BY a)', 'without a window function'],
    ['explode(l)', 'without the generator'],
    ['*', 'without a star'],
    ["read_text('/etc/passwd')", 'UNRESOLVED_ROUTINE'],
    ["getenv('HOME')", 'UNRESOLVED_ROUTINE'],
    ["(SELECT content FROM read_text('/etc/passwd'))", 'UNRESOLVED_ROUTINE'],
    ["(SELECT 1 FROM '/etc/passwd.csv')", 'TABLE_OR_VIEW_NOT_FOUND'],
    ['missing + 1', 'A column, variable, or function parameter with name `missing` cannot be resolved'],
    ["'unclosed", 'unclosed quote'],
    ['a AS x', 'PARSE_SYNTAX_ERROR'],
    ['a WHERE b = 1', 'PARSE_SYNTAX_ERROR'],
  ])('%s is refused', async (text, message) => {
    await withTranslator(async (translate) => {
      const refused = translate.translate(text, { names, from: 't' });
      await expect(
        refused.catch((fault: unknown) => {
          throw new Error(
            `${String((fault as { errorClass?: string }).errorClass)} ${String((fault as Error).message)}`,
          );
        }),
      ).rejects.toThrow(message);
    });
  });
});
