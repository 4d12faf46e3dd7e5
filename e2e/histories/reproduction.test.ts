import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runProgram } from '../support/run-dpo.ts';
import type { Action } from './action.ts';
import { explore } from './explore.ts';
import { createHistoryWorld, type HistoryWorld } from './history-world.ts';

let world: HistoryWorld;

beforeAll(async () => {
  world = await createHistoryWorld();
});

afterAll(() => world.close());

const root = fileURLToPath(new URL('../..', import.meta.url));
const found = fileURLToPath(new URL('found-on-purpose.test.ts', import.meta.url));

/** A claim that is wrong as soon as a monitor was made. */
const wrong: Action = { do: 'expect no monitor', table: 'a' };

const few: readonly fc.Arbitrary<Action>[] = [
  fc.constant<Action>({ do: 'configure', table: 'a', variant: 1 }),
  fc.constant<Action>({ do: 'configure', table: 'b', variant: 0 }),
  fc.constant<Action>({ do: 'apply', parallelism: 10 }),
  fc.constant(wrong),
];

test('a history that does not hold is shrunk and printed as a test that fails in the same way', async () => {
  const { failure } = await explore(world, { actions: few, runs: 200, longest: 12, seed: 42 });
  expect(failure?.message).toContain('a has no monitor');
  const steps = failure?.test.split('\n').filter((line) => line.includes('"do"')) ?? [];
  expect(steps.map((line) => JSON.parse(line.trim().replace(/,$/u, '')) as Action)).toEqual([
    { do: 'configure', table: 'a', variant: 1 },
    { do: 'apply', parallelism: 10 },
    wrong,
  ]);
  const ran = await runTest(failure?.test ?? '');
  expect(ran.stderr).toContain('a history that was found with seed 42');
  expect(ran.stderr).toContain('a has no monitor');
  expect(ran.code).toBe(1);
  const repaired = await runTest((failure?.test ?? '').replace(/^.*expect no monitor.*\n/mu, ''));
  expect(repaired.stderr).toContain('1 passed');
  expect(repaired.code).toBe(0);
});

async function runTest(text: string): Promise<{ readonly code: number | null; readonly stderr: string }> {
  await writeFile(found, text);
  try {
    const jest = fileURLToPath(import.meta.resolve('jest/bin/jest'));
    const args = ['--rootDir', root, '--selectProjects', 'e2e', '--runTestsByPath', found];
    return await runProgram(jest, args, { home: root, env: { NODE_OPTIONS: '--experimental-vm-modules' } });
  } finally {
    await rm(found, { force: true });
  }
}
