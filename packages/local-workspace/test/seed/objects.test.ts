import { describe, expect, test } from '@jest/globals';
import { SeedError } from '../../src/index.ts';
import { grantsOn } from '../../src/access/grants.ts';
import { unityPrefix } from '../workspace-client.ts';
import type { TestWorkspace } from '../workspace-client.ts';
import { inSeededDirectory, rowsOf } from './seeded-directory.ts';

const seed = `
principals: { bob@example.com: {} }
warehouses:
  Small: { id: abc123, serverless: false, state: stopped }
  Other:
destinations:
  Ops: { slack: { url: https://hooks.example/planted-secret, oauth_token: planted-secret } }
  Mail: { email: { addresses: [ops@example.com] } }
catalogs:
  prod:
    tags: { cost: 12 }
    schemas:
      ml:
        volumes:
          landing: { comment: files, owner: bob@example.com, files: ./files, grants: { bob@example.com: [READ VOLUME] } }
          outside: { type: EXTERNAL, location: s3://bucket/x }
        functions:
          double_it:
            parameters: { x: DOUBLE, n: INTEGER }
            returns: double
            definition: x * 2
            grants: { bob@example.com: [EXECUTE] }
        tables:
          orders:
            sql: SELECT 1 AS id, 'eu' AS region
            type: EXTERNAL
            columns:
              id: { type: BIGINT, comment: number of the order, tags: { pii: false } }
              region: string
            column_tags: { id: { key: yes } }
            primary_key: [id]
          v:
            view: SELECT id FROM prod.ml.orders
            columns: { id: { comment: same number, tags: { of: view } } }
`;

describe('seeded objects', () => {
  test('columns have types, comments and tags, and a key makes its columns NOT NULL', async () => {
    await withSeed(async (workspace) => {
      const { body } = await workspace.call('GET', `${unityPrefix}/tables/prod.ml.orders`);
      expect(body).toMatchObject({
        table_type: 'EXTERNAL',
        columns: [
          { name: 'id', type_text: 'bigint', comment: 'number of the order', nullable: false },
          { name: 'region', type_text: 'string', nullable: true },
        ],
        table_constraints: [{ primary_key_constraint: { name: 'orders_pk', child_columns: ['id'] } }],
      });
      const tags = await workspace.call('GET', `${unityPrefix}/entity-tag-assignments/columns/prod.ml.orders.id/tags`);
      expect(tags.body['tag_assignments']).toMatchObject([
        { tag_key: 'key', tag_value: 'yes' },
        { tag_key: 'pii', tag_value: 'false' },
      ]);
      const view = await workspace.call('GET', `${unityPrefix}/tables/prod.ml.v`);
      expect(view.body['columns']).toMatchObject([{ name: 'id', comment: 'same number' }]);
    });
  });

  test('warehouses are serverless or not, running or stopped, and found by their id', async () => {
    await withSeed(async ({ call }) => {
      const { body } = await call('GET', '/api/2.0/sql/warehouses/abc123');
      expect(body).toMatchObject({ name: 'Small', enable_serverless_compute: false, state: 'STOPPED' });
      const list = (await call('GET', '/api/2.0/sql/warehouses')).body['warehouses'] as readonly Record<
        string,
        unknown
      >[];
      const states = list.map(({ name, state, enable_serverless_compute: serverless }) => [name, state, serverless]);
      expect(states).toEqual(
        expect.arrayContaining([
          ['Local Warehouse', 'RUNNING', true],
          ['Other', 'RUNNING', true],
          ['Small', 'STOPPED', false],
        ]),
      );
      expect(list).toHaveLength(3);
    });
  });

  test('volumes with the files of a folder, functions and destinations are kept; secrets are not', async () => {
    await withSeed(async (workspace) => {
      const { documents } = await workspace.snapshot();
      const values = (kind: string) => [...(documents[kind]?.values() ?? [])];
      expect(values('volume')).toMatchObject([
        { name: 'landing', volumeType: 'MANAGED', owner: 'bob@example.com', comment: 'files' },
        { name: 'outside', volumeType: 'EXTERNAL', storageLocation: 's3://bucket/x' },
      ]);
      expect(values('volume_file')).toMatchObject([
        { path: 'a.txt', kind: 'file', size: 3 },
        { path: 'deep', kind: 'directory' },
        { path: 'deep/er', kind: 'directory' },
        { path: 'deep/er/b.txt', kind: 'file', size: 5 },
      ]);
      expect(values('function')).toMatchObject([
        {
          name: 'double_it',
          parameters: [
            { name: 'x', typeText: 'double' },
            { name: 'n', typeText: 'int' },
          ],
          returnType: 'double',
          definition: 'x * 2',
        },
      ]);
      const config = Object.fromEntries(
        values('destination').map((document) => [document['displayName'], document['config']]),
      );
      expect(config).toEqual({
        Ops: { type: 'SLACK', key: 'slack', set: ['url', 'oauth_token'] },
        Mail: { type: 'EMAIL', key: 'email', set: [], addresses: ['ops@example.com'] },
      });
      expect(JSON.stringify(Object.values(documents).flatMap((kind) => [...kind.values()]))).not.toContain('planted');
      const source = { get: (kind: string, id: string) => documents[kind]?.get(id) };
      expect(grantsOn(source, { type: 'volume', name: 'prod.ml.landing' })).toEqual({
        'bob@example.com': ['READ_VOLUME'],
      });
      expect(grantsOn(source, { type: 'function', name: 'prod.ml.double_it' })).toEqual({
        'bob@example.com': ['EXECUTE'],
      });
    });
  });

  test('loading again changes nothing of what exists', async () => {
    await withSeed(async (workspace, file) => {
      const before = (await workspace.snapshot()).documents;
      await workspace.seed(file);
      expect((await workspace.snapshot()).documents).toEqual(before);
    });
  });

  test.each<readonly [string, string, number, string]>([
    ['a key that holds null', 'sql: SELECT NULL AS id, primary_key: [id]', 2, "'id' is null in 1 rows"],
    ['a key without its column', 'sql: SELECT 1 AS n, primary_key: [id]', 2, 'no column'],
    ['a comment on no column', 'sql: SELECT 1 AS n, columns: { x: { comment: y } }', 2, "no column 'x'"],
    [
      'a type of a view column',
      'view: SELECT 1 AS n, columns: { n: int }',
      2,
      'columns.n: a column of a view has no type',
    ],
    ['a type that is none', 'sql: SELECT 1 AS n, type: VIEW', 2, '"VIEW" is not one of MANAGED'],
    ['a folder without a log', 'from: ./files', 2, 'nor the folder of a Delta table'],
  ])('%s is an error with file and line', async (_name, table, ...[line, message]) => {
    await inSeededDirectory(async ({ write, start }) => {
      const file = await write(
        'workspace.yaml',
        `catalogs: { c: { schemas: { s: { tables: {\n  t: { ${table} } } } } } }\n`,
      );
      await write('files/a.txt', 'abc');
      const fault: unknown = await start({ seed: file }).catch((caught: unknown) => caught);
      expect(fault).toBeInstanceOf(SeedError);
      expect(fault).toMatchObject({ line, message: expect.stringContaining(message) });
    });
  });

  test('a folder of volume files that is missing is an error with its line', async () => {
    await inSeededDirectory(async ({ write, start }) => {
      const text = 'catalogs:\n  c:\n    schemas:\n      s:\n        volumes:\n          v: { files: ./none }\n';
      await expect(start({ seed: await write('workspace.yaml', text) })).rejects.toMatchObject({ line: 6 });
    });
  });

  test('a start that fails on its seed leaves the folder free for the next', async () => {
    await inSeededDirectory(async ({ write, start }) => {
      const bad = await write(
        'bad.yaml',
        'catalogs: { c: { schemas: { s: { tables: { t: { sql: SELECT none } } } } } }\n',
      );
      await expect(start({ keep: true, seed: bad })).rejects.toBeInstanceOf(SeedError);
      const workspace = await start({ keep: true });
      expect(await rowsOf(workspace, 'SELECT 1')).toEqual([['1']]);
    });
  });
});

async function withSeed(work: (workspace: TestWorkspace, file: string) => Promise<void>): Promise<void> {
  await inSeededDirectory(async ({ write, start }) => {
    await write('files/a.txt', 'abc');
    await write('files/deep/er/b.txt', 'hello');
    const file = await write('workspace.yaml', seed);
    await work(await start({ seed: file }), file);
  });
}
