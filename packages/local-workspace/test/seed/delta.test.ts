import { describe, expect, test } from '@jest/globals';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SeedError } from '../../src/index.ts';
import { quoteLiteral } from '../../src/sql/quote.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { unityPrefix } from '../workspace-client.ts';
import { inSeededDirectory, rowsOf } from './seeded-directory.ts';
import type { SeededDirectory } from './seeded-directory.ts';

const seed = 'catalogs: { c: { schemas: { s: { tables: { t: { from: ./table } } } } } }\n';

const schemaString = JSON.stringify({
  type: 'struct',
  fields: [
    { name: 'id', type: 'long', nullable: false, metadata: { comment: 'the id' } },
    { name: 'at', type: 'timestamp', nullable: true, metadata: {} },
    { name: 'day', type: 'date', nullable: true, metadata: {} },
    {
      name: 'later',
      type: { type: 'array', elementType: 'integer', containsNull: true },
      nullable: true,
      metadata: {},
    },
  ],
});
const protocol = { protocol: { minReaderVersion: 1, minWriterVersion: 2 } };
const metaData = { metaData: { id: 'm', schemaString, partitionColumns: ['day'], configuration: {} } };

describe('seed from a Delta folder', () => {
  test('only live files count, partitions come from the log, and the version is that of the last commit', async () => {
    await inSeededDirectory(async (seeded) => {
      await writeFiles(seeded);
      await commit(seeded, 0, [protocol, metaData, add('day=2026-01-01/one file.parquet', '2026-01-01')]);
      await commit(seeded, 1, [add('two.parquet', null), add('gone.parquet', '2026-01-03')]);
      await commit(seeded, 2, [{ remove: { path: 'gone.parquet' } }, { commitInfo: { operation: 'DELETE' } }]);
      const workspace = await seeded.start({ seed: await seeded.write('workspace.yaml', seed) });
      const rows = 'SELECT id, CAST(at AS STRING), CAST(day AS STRING), CAST(later AS STRING) FROM c.s.t ORDER BY id';
      expect(await rowsOf(workspace, rows)).toEqual([
        ['1', '2026-01-01 10:00:00', '2026-01-01', null],
        ['2', '2026-01-02 11:00:00', null, '[7]'],
      ]);
      const { body } = await workspace.call('GET', `${unityPrefix}/tables/c.s.t`);
      expect(body['columns']).toMatchObject([
        { name: 'id', type_text: 'bigint', nullable: false, comment: 'the id' },
        { name: 'at', type_text: 'timestamp', nullable: true },
        { name: 'day', type_text: 'date' },
        { name: 'later', type_text: 'array<int>' },
      ]);
      const snapshot = await workspace.snapshot();
      expect(snapshot.documents['table']?.get('c.s.t')).toMatchObject({ version: 2 });
    });
  });

  test('a checkpoint stands for the commits before it, also when they are gone, and in parts', async () => {
    await inSeededDirectory(async (seeded) => {
      await writeFiles(seeded);
      const actions = [protocol, metaData, add('two.parquet', null), { remove: { path: 'gone.parquet' } }];
      await checkpoint(seeded, `${number(7)}.checkpoint.0000000001.0000000002.parquet`, actions.slice(0, 2));
      await checkpoint(seeded, `${number(7)}.checkpoint.0000000002.0000000002.parquet`, actions.slice(2));
      // Half of a newer one does not count.
      await checkpoint(seeded, `${number(8)}.checkpoint.0000000001.0000000002.parquet`, actions.slice(0, 2));
      await commit(seeded, 6, [add('gone.parquet', null)]);
      await commit(seeded, 8, [add('day=2026-01-01/one file.parquet', '2026-01-01')]);
      const workspace = await seeded.start({ seed: await seeded.write('workspace.yaml', seed) });
      expect(await rowsOf(workspace, 'SELECT id FROM c.s.t ORDER BY id')).toEqual([['1'], ['2']]);
      expect((await workspace.snapshot()).documents['table']?.get('c.s.t')).toMatchObject({ version: 8 });
    });
  });

  test('a table without files is empty and has its columns', async () => {
    await inSeededDirectory(async (seeded) => {
      await commit(seeded, 0, [protocol, metaData]);
      const workspace = await seeded.start({ seed: await seeded.write('workspace.yaml', seed) });
      expect(await rowsOf(workspace, 'SELECT count(*) FROM c.s.t')).toEqual([['0']]);
      const { body } = await workspace.call('GET', `${unityPrefix}/tables/c.s.t`);
      expect(body['columns']).toHaveLength(4);
    });
  });

  test.each<readonly [string, readonly object[], string]>([
    [
      'deletion vectors',
      [protocol, metaData, { add: { path: 'two.parquet', partitionValues: {}, deletionVector: { storageType: 'u' } } }],
      'deletion vectors cannot be read here',
    ],
    [
      'column mapping',
      [protocol, { metaData: { ...metaData.metaData, configuration: { 'delta.columnMapping.mode': 'name' } } }],
      'column mapping ("name") cannot be read here',
    ],
    [
      'a feature that is not known',
      [{ protocol: { minReaderVersion: 3, minWriterVersion: 7, readerFeatures: ['deletionVectors', 'quantum'] } }],
      "the Delta feature 'quantum' cannot be read here",
    ],
    ['a newer reader version', [{ protocol: { minReaderVersion: 4 } }], 'reader version 4'],
    ['sidecars', [protocol, metaData, { sidecar: { path: 'x.parquet' } }], 'V2 checkpoint'],
    ['files elsewhere', [protocol, metaData, add('s3://bucket/x.parquet', null)], "'s3://bucket/x.parquet' is outside"],
    ['no metadata', [protocol], 'no metadata'],
    ['a file that is missing', [protocol, metaData, add('none.parquet', null)], 'none.parquet'],
  ])('%s are refused with the place in the seed', async (_name, actions, message) => {
    await inSeededDirectory(async (seeded) => {
      await writeFiles(seeded);
      await commit(seeded, 0, actions);
      const file = await seeded.write('workspace.yaml', seed);
      const fault: unknown = await seeded.start({ seed: file }).catch((caught: unknown) => caught);
      expect(fault).toBeInstanceOf(SeedError);
      expect(String(fault)).toContain(`${file}:1: table c.s.t: `);
      expect(String(fault)).toContain(message);
    });
  });

  test('a commit that is missing is refused', async () => {
    await inSeededDirectory(async (seeded) => {
      await commit(seeded, 0, [protocol, metaData]);
      await commit(seeded, 2, []);
      const file = await seeded.write('workspace.yaml', seed);
      await expect(seeded.start({ seed: file })).rejects.toThrow('commit 1 is missing in the Delta log');
      await rm(join(seeded.directory, 'table', '_delta_log', `${number(0)}.json`));
      await expect(seeded.start({ seed: file })).rejects.toThrow('commit 0 is missing in the Delta log');
    });
  });
});

function add(path: string, day: string | null): object {
  return { add: { path: encodeURI(path), partitionValues: { day }, size: 1, dataChange: true } };
}

function number(version: number): string {
  return String(version).padStart(20, '0');
}

async function commit({ write }: SeededDirectory, version: number, actions: readonly object[]): Promise<void> {
  const text = actions.map((action) => `${JSON.stringify(action)}\n`).join('');
  await write(`table/_delta_log/${number(version)}.json`, text);
}

/** A checkpoint has one column for each kind of action. */
async function checkpoint({ directory }: SeededDirectory, name: string, actions: readonly object[]): Promise<void> {
  const log = join(directory, 'table', '_delta_log');
  await mkdir(log, { recursive: true });
  const rows = join(directory, `${name}.json`);
  await writeFile(rows, actions.map((action) => JSON.stringify(action)).join('\n'));
  const types = `{ protocol: 'STRUCT("minReaderVersion" INT, "minWriterVersion" INT)',
    metaData: 'STRUCT(id VARCHAR, "schemaString" VARCHAR, "partitionColumns" VARCHAR[], configuration MAP(VARCHAR, VARCHAR))',
    add: 'STRUCT(path VARCHAR, "partitionValues" MAP(VARCHAR, VARCHAR), size BIGINT, "deletionVector" STRUCT("storageType" VARCHAR))',
    remove: 'STRUCT(path VARCHAR)' }`;
  await duckdb(
    `COPY (SELECT * FROM read_json(${quoteLiteral(rows)}, columns = ${types})) TO ${quoteLiteral(join(log, name))}`,
  );
}

async function writeFiles({ directory }: SeededDirectory): Promise<void> {
  const file = async (name: string, query: string): Promise<void> => {
    const path = join(directory, 'table', name);
    await mkdir(dirname(path), { recursive: true });
    await duckdb(`COPY (${query}) TO ${quoteLiteral(path)} (FORMAT parquet)`);
  };
  await file('day=2026-01-01/one file.parquet', `SELECT 1::BIGINT AS id, TIMESTAMPTZ '2026-01-01 10:00:00+00' AS at`);
  await file('two.parquet', `SELECT TIMESTAMPTZ '2026-01-02 12:00:00+01' AS at, 2::BIGINT AS id, [7::INT] AS later`);
  await file('gone.parquet', `SELECT 3::BIGINT AS id, NULL::TIMESTAMPTZ AS at`);
}

async function duckdb(statement: string): Promise<void> {
  const storage = await openStorage(':memory:');
  await storage.query((connection) => connection.run(statement));
  await storage.close();
}
