import { describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeedError, startLocalWorkspace } from '../../src/index.ts';
import { quoteLiteral } from '../../src/sql/quote.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { unityPrefix, withCalls } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';

const clock = (): Date => new Date('2026-06-15T22:00:00Z');

describe('seed', () => {
  test('csv, json and parquet files beside the seed become tables, with casts before values are guessed', async () => {
    await withDirectory(async (directory, workspace) => {
      await writeFile(join(directory, "it's.csv"), 'zip,n\n0123,1\n');
      await writeFile(join(directory, 'rows.json'), '[{"a": 1, "nested": {"b": [1, 2]}}]');
      await writeFile(join(directory, 'rows.ndjson'), '{"a": 1}\n{"a": 2}\n');
      const storage = await openStorage(':memory:');
      const target = quoteLiteral(join(directory, 'rows.parquet'));
      await storage.query((connection) =>
        connection.run(`COPY (SELECT 7 AS n, TIMESTAMPTZ '2026-01-01 02:00:00+02' AS at) TO ${target}`),
      );
      await storage.close();
      await seed(workspace, directory, {
        parquet: { from: './rows.parquet', columns: { n: 'string' } },
        csv: { from: "./it's.csv", columns: { zip: 'string', n: 'double' } },
        json: { from: 'rows.json', columns: { a: 'bigint' } },
        lines: { from: 'rows.ndjson' },
        query: { sql: "SELECT zip FROM read_csv('./it''s.csv', all_varchar = true)" },
      });
      expect(await query(workspace, 'SELECT zip, n FROM c.s.csv')).toEqual([['0123', '1.0']]);
      expect(await query(workspace, 'SELECT n, CAST(at AS STRING) FROM c.s.parquet')).toEqual([
        ['7', '2026-01-01 00:00:00'],
      ]);
      expect(await query(workspace, 'SELECT zip FROM c.s.query')).toEqual([['0123']]);
      expect(await query(workspace, 'SELECT a FROM c.s.lines ORDER BY a')).toEqual([['1'], ['2']]);
      const { body } = await workspace.call('GET', `${unityPrefix}/tables/c.s.json`);
      expect(body['columns']).toMatchObject([
        { name: 'a', type_text: 'bigint' },
        { name: 'nested', type_text: 'struct<b:array<bigint>>' },
      ]);
    });
  });

  test('comments, owners, properties and tags are kept and an empty schema is made', async () => {
    await withDirectory(async (directory, workspace) => {
      await seed(workspace, directory, {
        t: { sql: 'SELECT 1 AS n', comment: 'the n', owner: 'ann', tags: { a: true, b: null }, properties: { p: 1 } },
        v: { view: 'SELECT n + 1 AS m FROM c.s.t', comment: "it's", owner: 'bob', tags: { of: 'view' } },
      });
      // Bob reads for his view; whoever owns the catalog reads nothing of what others own in it.
      for (const privilege of ['USE_CATALOG', 'SELECT'] as const) {
        await workspace.grant({ type: 'catalog', name: 'c' }, 'account users', privilege);
      }
      await workspace.grant({ type: 'catalog', name: 'c' }, 'bob', 'USE_SCHEMA');
      const tables = `${unityPrefix}/tables`;
      expect((await workspace.call('GET', `${tables}/c.s.t`)).body).toMatchObject({
        comment: 'the n',
        owner: 'ann',
        properties: { p: '1' },
      });
      expect((await workspace.call('GET', `${tables}/c.s.v`)).body).toMatchObject({ comment: "it's", owner: 'bob' });
      expect(await query(workspace, 'SELECT m FROM c.s.v')).toEqual([['2']]);
      const tags = `${unityPrefix}/entity-tag-assignments/tables`;
      expect((await workspace.call('GET', `${tags}/c.s.t/tags`)).body['tag_assignments']).toMatchObject([
        { tag_key: 'a', tag_value: 'true' },
        { tag_key: 'b', tag_value: '' },
      ]);
      expect((await workspace.call('GET', `${tags}/c.s.v/tags`)).body['tag_assignments']).toHaveLength(1);
      expect((await workspace.call('GET', `${unityPrefix}/schemas/c.empty`)).status).toBe(200);
    });
  });

  test('all times of a table move by whole days until the latest of the named column is yesterday', async () => {
    await withDirectory(async (directory, workspace) => {
      await seed(workspace, directory, {
        t: {
          sql: `SELECT TIMESTAMP '2020-01-10 13:45:00' AS at, TIMESTAMP '2020-01-01 01:00:00' AS made, DATE '2020-01-09' AS d, 1 AS n
                UNION ALL SELECT TIMESTAMP '2020-01-05 00:00:00', NULL, NULL, 2`,
          shift_to_now: 'at',
        },
      });
      const rows = await query(
        workspace,
        'SELECT CAST(at AS STRING), CAST(made AS STRING), CAST(d AS STRING) FROM c.s.t ORDER BY n',
      );
      expect(rows).toEqual([
        ['2026-06-14 13:45:00', '2026-06-05 01:00:00', '2026-06-13'],
        ['2026-06-09 00:00:00', null, null],
      ]);
    });
  });

  test('tables of a shift group move together, also when some are loaded a day later', async () => {
    let now = clock();
    await withDirectory(
      async (directory, workspace) => {
        const first = { sql: "SELECT TIMESTAMP '2020-01-08 00:00:00' AS at", shift_to_now: 'at', shift_group: 'g' };
        const second = { ...first, sql: "SELECT TIMESTAMP '2020-01-10 00:00:00' AS at" };
        await seed(workspace, directory, { first, second });
        await workspace.call('DELETE', `${unityPrefix}/tables/c.s.first`);
        now = new Date('2026-06-16T08:00:00Z');
        await seed(workspace, directory, { first, second });
        const dates =
          'SELECT CAST((SELECT max(at) FROM c.s.first) AS STRING), CAST((SELECT max(at) FROM c.s.second) AS STRING)';
        expect(await query(workspace, dates)).toEqual([['2026-06-12 00:00:00', '2026-06-14 00:00:00']]);
      },
      () => now,
    );
  });

  test('loading again leaves what exists', async () => {
    await withDirectory(async (directory, workspace) => {
      await seed(workspace, directory, { t: { sql: 'SELECT 1 AS n' } });
      const id = await workspace.field(`${unityPrefix}/tables/c.s.t`, 'table_id');
      await seed(workspace, directory, { t: { sql: 'SELECT 2 AS n' }, u: { sql: 'SELECT 3 AS n' } });
      expect(await workspace.field(`${unityPrefix}/tables/c.s.t`, 'table_id')).toBe(id);
      expect(await query(workspace, 'SELECT t.n, u.n FROM c.s.t, c.s.u')).toEqual([['1', '3']]);
    });
  });

  test.each<readonly [string, string, readonly [line: number, message: string]]>([
    ['an unknown key', 'catalogs:\n  c:\n    schemas:\n      s: { colour: red }\n', [4, 'colour: unknown field']],
    [
      'two sources',
      'catalogs:\n  c:\n    schemas:\n      s:\n        tables:\n          t: { sql: x, view: y }\n',
      [6, 'exactly one'],
    ],
    [
      'a type that is more',
      'catalogs:\n  c: { schemas: { s: { tables: { t: {\n    sql: x,\n    columns: { a: "int); DROP" } } } } } }\n',
      [4, 'type name'],
    ],
    [
      'a file that is missing',
      'catalogs:\n  c:\n    schemas:\n      s:\n        tables:\n          t: { from: no.csv }\n',
      [6, 'no.csv'],
    ],
    [
      'a faulty query',
      'catalogs:\n  c: { schemas: { s: { tables: {\n    v: { view: SELECT * FROM c.s.none } } } } }\n',
      [3, 'TABLE_OR_VIEW_NOT_FOUND'],
    ],
    [
      'a shift column that is missing',
      'catalogs:\n  c: { schemas: { s: { tables: {\n    t: { sql: SELECT 1 AS n, shift_to_now: at } } } } }\n',
      [3, 'at'],
    ],
    ['broken YAML', 'catalogs:\n  c: [\n', [3, 'seed.yaml']],
  ])('%s is an error with file and line', async (_name, text, [line, message]) => {
    await withDirectory(async (directory, workspace) => {
      const file = join(directory, 'seed.yaml');
      await writeFile(file, text);
      const fault: unknown = await workspace.seed(file).catch((caught: unknown) => caught);
      expect(fault).toBeInstanceOf(SeedError);
      expect(fault).toMatchObject({ file, line, message: expect.stringContaining(message) });
      expect(String(fault)).toContain(`${file}:${line}: `);
    });
  });
});

async function withDirectory(
  work: (directory: string, workspace: TestWorkspace) => Promise<void>,
  time: () => Date = clock,
): Promise<void> {
  const directory = join(await mkdtemp(join(tmpdir(), 'dpo-seed-')), "with 'quotes'");
  await mkdir(directory);
  const workspace = await startLocalWorkspace({ directory: ':memory:', clock: time });
  try {
    await work(directory, withCalls(workspace));
  } finally {
    await workspace.close();
    await rm(join(directory, '..'), { recursive: true });
  }
}

/** JSON is YAML. */
async function seed(workspace: TestWorkspace, directory: string, tables: object): Promise<void> {
  const file = join(directory, 'workspace.yaml');
  await writeFile(file, JSON.stringify({ catalogs: { c: { schemas: { s: { tables }, empty: null } } } }));
  await workspace.seed(file);
}

async function query(workspace: TestWorkspace, statement: string): Promise<unknown> {
  const body = { statement, warehouse_id: workspace.warehouseId };
  const reply = await workspace.call('POST', '/api/2.0/sql/statements', body);
  expect(reply.body['status']).toEqual({ state: 'SUCCEEDED' });
  return (reply.body['result'] as Record<string, unknown>)['data_array'];
}
