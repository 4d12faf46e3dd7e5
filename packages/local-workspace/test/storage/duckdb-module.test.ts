import { expect, test } from '@jest/globals';
import { DuckDBMissingError, loadDuckDB } from '../../src/storage/duckdb-module.ts';

test('a missing native module gives one error that says how to install it', async () => {
  const load = (): Promise<never> => Promise.reject(new Error('cannot find module'));
  const fault: unknown = await loadDuckDB(load).catch((caught: unknown) => caught);
  expect(fault).toBeInstanceOf(DuckDBMissingError);
  expect(String(fault)).toContain('npm install @duckdb/node-api');
});
