import { execFile, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly concurrency: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly permissions: object; readonly steps: readonly Step[] }>>;
}

/** Programs that a runner of GitHub has and a machine of ours may lack. */
const hasPrograms = ['bash', 'curl', 'jq'].every((name) => spawnSync(name, ['--version']).status === 0);

describe('the workflow that dpo init writes', () => {
  let world: SmallWorld;
  let text: string;
  let workflow: Workflow;
  let steps: readonly Step[];
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.dpo('init', '--table', 'prod.ml.churn', '--yes');
    text = await world.read('.github/workflows/dpo.yml');
    workflow = parse(text) as Workflow;
    steps = workflow.jobs['dpo']?.steps ?? [];
  });
  afterEach(async () => world.close());

  test('U139 D007 D008 plans in pull requests and applies on merge, one at a time, with nothing but the right to read', () => {
    expect(workflow.on).toEqual({ pull_request: null, push: { branches: ['main'] } });
    expect(workflow.permissions).toEqual({});
    expect(workflow.jobs['dpo']?.permissions).toEqual({ contents: 'read' });
    expect(Object.keys(workflow.concurrency)).toEqual(['group', 'cancel-in-progress']);
    // GitHub fills in its expressions before the shell reads the line: what others write must not stand in a script.
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  test('U139 every command and flag in it exists', async () => {
    const reference = await readFile(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    const commands = [...text.matchAll(/\bdpo (validate|plan|apply|show)\b(.*)/gu)];
    expect(commands.map(([, command]) => command)).toEqual(
      expect.arrayContaining(['validate', 'plan', 'apply', 'show']),
    );
    for (const [, command = '', rest = ''] of commands) {
      const section = reference.split(`\n### dpo ${command}\n`)[1]?.split('\n### ')[0] ?? '';
      for (const [flag] of rest.matchAll(/--[a-z-]+/gu)) {
        if (flag !== '--help') expect(section).toContain(`\`${flag}`);
      }
    }
  });

  test('N018 secrets are named, never held, and the token is masked before anything else', () => {
    expect(text.match(/secrets\.[A-Z_]+/gu)).toEqual(['secrets.DATABRICKS_CLIENT_SECRET', 'secrets.DATABRICKS_TOKEN']);
    const script = scriptOf('Sign in to Databricks');
    expect(script.indexOf('::add-mask::')).toBeLessThan(script.indexOf('GITHUB_ENV'));
  });

  (hasPrograms ? test : test.skip)(
    'U139 its sign-in gets a token that dpo plans with, and says what is not set',
    async () => {
      await world.write(
        'robot.yaml',
        `principals:\n  11111111-2222-3333-4444-555555555555: { kind: service_principal, admin: true, metastore_admin: true, client_secret: robot-secret }\n`,
      );
      await world.workspace.seed(join(world.home, 'robot.yaml'));
      expect(await signIn({})).toMatchObject({
        code: 1,
        said: expect.stringContaining('the variable DATABRICKS_HOST'),
      });
      const host = { DATABRICKS_HOST: world.workspace.url };
      expect(await signIn(host)).toMatchObject({ code: 1, said: expect.stringContaining('DATABRICKS_CLIENT_ID') });
      const client = { ...host, CLIENT_ID: '11111111-2222-3333-4444-555555555555' };
      expect((await signIn({ ...client, CLIENT_SECRET: 'wrong' })).code).not.toBe(0);
      const { code, environment, said } = await signIn({ ...client, CLIENT_SECRET: 'robot-secret' });
      expect(code).toBe(0);
      const token = /^DATABRICKS_TOKEN=(.+)\n$/u.exec(environment)?.[1] ?? '';
      expect(said).toBe(`::add-mask::${token}\n`);
      const planned = await world.dpoWith({ ...host, DATABRICKS_TOKEN: token }, 'plan');
      expect(planned.stdout).toContain('create 2');
      expect(await signIn({ ...host, TOKEN: 'dapi0' })).toMatchObject({ environment: 'DATABRICKS_TOKEN=dapi0\n' });
    },
    60_000,
  );

  function scriptOf(name: string): string {
    return steps.find((step) => step.name === name)?.run ?? '';
  }

  /** As a runner runs a step with `shell: bash`. */
  async function signIn(
    env: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number; readonly said: string; readonly environment: string }> {
    const [script, file] = [join(world.home, 'step.sh'), join(world.home, 'github-env')];
    await writeFile(script, scriptOf('Sign in to Databricks'));
    await writeFile(file, '');
    const options = { env: { PATH: process.env['PATH'], GITHUB_ENV: file, ...env } };
    const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', script];
    const ran = await promisify(execFile)('bash', args, options).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (error: { readonly code: number; readonly stdout: string }) => ({ code: error.code, said: error.stdout }),
    );
    return { ...ran, environment: await readFile(file, 'utf8') };
  }
});
