import { describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '../../src/storage/open-storage.ts';
import { WorkspaceInUseError } from '../../src/storage/workspace-in-use-error.ts';

describe('storage', () => {
  test('documents and data change together and survive a reopen', async () => {
    await inDirectory(async (file) => {
      const first = await openStorage(file);
      await first.transaction(async (transaction) => {
        await transaction.connection.run('CREATE TABLE numbers AS SELECT 7 AS n');
        await transaction.put('monitor', 'b', { name: 'second' });
        await transaction.put('monitor', 'a', { name: 'first' });
      });
      await first.transaction((transaction) => transaction.put('monitor', 'b', { name: 'changed' }));
      await first.close();
      const second = await openStorage(file);
      expect(second.list('monitor')).toEqual([{ name: 'first' }, { name: 'changed' }]);
      expect(await rows(second, 'SELECT n FROM numbers')).toEqual([[7]]);
      await second.close();
    });
  });

  test('a transaction that throws changes neither documents nor data', async () => {
    const storage = await openStorage(':memory:');
    const failing = storage.transaction(async (transaction) => {
      await transaction.put('schema', 's', { name: 's' });
      await transaction.connection.run('CREATE SCHEMA "c.s"');
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(storage.get('schema', 's')).toBeUndefined();
    expect(await rows(storage, `SELECT count(*)::INTEGER FROM duckdb_schemas() WHERE schema_name = 'c.s'`)).toEqual([
      [0],
    ]);
    await storage.close();
  });

  test('a transaction sees its own changes and others do not before commit', async () => {
    const storage = await openStorage(':memory:');
    await storage.transaction((transaction) => transaction.put('tag', 'old', { key: 'old' }));
    await storage.transaction(async (transaction) => {
      await transaction.put('tag', 'new', { key: 'new' });
      await transaction.remove('tag', 'old');
      expect(transaction.list('tag')).toEqual([{ key: 'new' }]);
      expect(transaction.get('tag', 'old')).toBeUndefined();
      expect(storage.list('tag')).toEqual([{ key: 'old' }]);
    });
    expect(storage.list('tag')).toEqual([{ key: 'new' }]);
    await storage.close();
  });

  test('transactions run one after the other', async () => {
    const storage = await openStorage(':memory:');
    const increments = Array.from({ length: 20 }, () =>
      storage.transaction(async (transaction) => {
        const count = Number(transaction.get('workspace_object', 'count')?.['value'] ?? 0);
        await transaction.put('workspace_object', 'count', { value: count + 1 });
      }),
    );
    await Promise.all(increments);
    expect(storage.get('workspace_object', 'count')).toEqual({ value: 20 });
    await storage.close();
  });

  test('a commit survives kill -9 and the lock of the dead owner does not stay', async () => {
    await inDirectory(async (file) => {
      const module = import.meta.resolve('@duckdb/node-api');
      const program = `
        const { DuckDBInstance } = await import(${JSON.stringify(module)});
        const connection = await (await DuckDBInstance.create(${JSON.stringify(file)})).connect();
        await connection.run('CREATE SCHEMA "__dpo"');
        await connection.run('CREATE TABLE "__dpo".documents (kind VARCHAR, id VARCHAR, json VARCHAR)');
        await connection.run(\`BEGIN; INSERT INTO "__dpo".documents VALUES ('monitor', 'a', '{"kept":true}'); COMMIT\`);
        await connection.run(\`BEGIN; INSERT INTO "__dpo".documents VALUES ('monitor', 'b', '{"kept":false}')\`);
        process.stdout.write('ready');
        setInterval(() => undefined, 1000);`;
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
      const exited = once(child, 'exit');
      try {
        await once(child.stdout, 'data');
        await expect(openStorage(file)).rejects.toBeInstanceOf(WorkspaceInUseError);
      } finally {
        child.kill('SIGKILL');
        await exited;
      }
      const storage = await openStorage(file);
      expect(storage.list('monitor')).toEqual([{ kept: true }]);
      await storage.close();
    });
  });
});

async function rows(storage: Awaited<ReturnType<typeof openStorage>>, sql: string): Promise<readonly unknown[]> {
  return storage.query(async (connection) => (await connection.runAndReadAll(sql)).getRowsJson());
}

async function inDirectory(work: (file: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'dpo-storage-'));
  try {
    await work(join(directory, 'workspace.duckdb'));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
