import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { createSmallWorld } from '../support/small-world.ts';
import { callsOf } from '../support/workspace-calls.ts';
import { examplesSeed } from './examples-seed.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const example = (name: string): Promise<string> =>
  readFile(join(root, 'packages', 'config', 'test', 'examples', `${name}.yaml`), 'utf8');

/** The first config of the README. */
async function ofReadme(): Promise<string> {
  const text = await readFile(join(root, 'README.md'), 'utf8');
  return /```yaml\n([\s\S]*?)```/u.exec(text)?.[1] ?? '';
}

/** With the rules that every table keeps, so that they are in force. */
async function underPolicy(name: string): Promise<string> {
  const [config, policy] = await Promise.all([
    ofReadme(),
    readFile(join(root, 'examples', 'policies', `${name}.yaml`)),
  ]);
  return `${config}\n${String(policy)}`;
}

const examples: readonly (readonly [string, () => Promise<string>])[] = [
  ['R014 the first example', () => example('readme-1')],
  ['R026 the second example', () => example('readme-2')],
  ['R029 the third example', () => example('readme-3')],
  ['the config of the README under the ready-made policy', () => underPolicy('default')],
  ['a config with a policy, a renamed group and anomaly detection', () => example('policy')],
];

describe('mode full on every example', () => {
  test.each(examples)(
    'R042 R050 N013 N014 %s is applied, and then there is nothing to do',
    async (_name, text) => {
      const world = await createSmallWorld({}, 'automatic');
      try {
        // What is there stays as it is when a file is loaded.
        await callsOf(world).call('POST', '/api/2.0/sql/statements', {
          warehouse_id: world.workspace.warehouseId,
          statement: 'DROP SCHEMA prod.ml CASCADE',
          wait_timeout: '30s',
        });
        await world.write('tables.yaml', examplesSeed);
        await world.workspace.seed(join(world.home, 'tables.yaml'));
        await world.write('dpo.yaml', await text());
        const env = { DATABRICKS_WAREHOUSE_ID: world.workspace.warehouseId };
        const applied = await world.dpoWith(env, 'apply', '--workspace', 'local', '--auto-approve');
        expect(applied.stdout + applied.stderr).toMatch(/Applied (\d+) of \1 operations/u);
        expect(applied.stdout).toMatch(/\+ view .*create/u);
        expect(applied.stdout).toMatch(/\+ dashboard .*create/u);
        const planned = await world.dpoWith(env, 'plan', '--workspace', 'local', '--detailed-exitcode');
        expect(planned.stdout).toContain('No changes.');
        expect(planned.code).toBe(0);
      } finally {
        await world.close();
      }
    },
    120_000,
  );
});
