import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await openWorkspace();
  await workspace.run(
    'CREATE TABLE metrics (window STRUCT<start: TIMESTAMP, end: TIMESTAMP>, column_name STRING, percent_null DOUBLE)',
  );
  await workspace.run(
    "INSERT INTO metrics VALUES (named_struct('start', TIMESTAMP'2026-01-01 00:00:00', 'end', TIMESTAMP'2026-01-02 00:00:00'), 'id', 50)",
  );
});

afterEach(async () => workspace.storage.close());

test('a union of 1,000 branches is a view and a query', async () => {
  const branches = Array.from(
    { length: 1000 },
    (_, index) =>
      `SELECT 'main.ml.t${index}' AS source_table_name, ${index} AS n, window.end AS window_end, percent_null / 100 AS null_rate FROM main.ml.metrics WHERE column_name <> ':table'`,
  );
  await workspace.run(`CREATE VIEW wide AS ${branches.join('\nUNION ALL\n')}`);
  expect(
    await workspace.rows('SELECT count(*), count(DISTINCT source_table_name), sum(n), sum(null_rate) FROM wide'),
  ).toEqual([['1000', '1000', '499500', '500.0']]);
  expect(workspace.unity.table('main.ml.wide')?.viewDependencies).toEqual(['main.ml.metrics']);
});

test('a statement of 16 MiB is read', async () => {
  const text = 'x'.repeat(16 * 1024 * 1024 - 30);
  expect(await workspace.rows(`SELECT length('${text}') AS n`)).toEqual([[String(text.length)]]);
});
