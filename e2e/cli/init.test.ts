import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { access, lstat, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { expectGolden } from '../support/golden.ts';
import { bareEnvironment, binary } from '../support/run-dpo.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';
import { callsOf } from '../support/workspace-calls.ts';

const quick = ['init', '--table', 'prod.ml.orders', '--table', 'prod.ml.churn', '--project', 'shop', '--yes'];
const python = fileURLToPath(new URL('../../packages/config/test/convert/cases/every-setting.yaml', import.meta.url));

/** Of util-linux: runs a command on a terminal. */
const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0;

describe('dpo init', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
  });
  afterEach(async () => world.close());

  async function files(): Promise<readonly string[]> {
    const found = await readdir(world.home, { recursive: true });
    return found.filter((name) => !name.startsWith('.dpo')).toSorted();
  }

  test('from flags: a config that validates and plans on the embedded workspace', async () => {
    const ran = await world.dpo(...quick);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    await expectGolden('init.txt', ran.stdout);
    await expectGolden('init-dpo.yaml', await world.read('dpo.yaml'));
    expect(await world.read('.gitignore')).toContain('\nstate/\n');
    const schema = await readFile(new URL('../../schemas/config.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(await world.read('dpo.schema.json'))).toEqual(JSON.parse(schema));
    const validated = await world.dpo('validate');
    expect(validated).toMatchObject({ code: 0 });
    expect(validated.stdout).toContain('dpo.yaml is valid: target default, 2 tables\n');
    const planned = await world.dpo('plan', '--workspace', 'local');
    expect(planned).toMatchObject({ code: 0 });
    expect(planned.stdout).toContain('create 9');
  }, 60_000);

  test('without a terminal a missing answer is a usage error that names the flag, and nothing is written', async () => {
    const ran = await world.dpo('init', '--catalog', 'prod');
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('--table is missing');
    expect(await files()).toEqual(['workspace.yaml']);
  });

  test('every file that is in the way is named in one error; --force replaces them, and extends .gitignore once', async () => {
    await world.dpo(...quick);
    await world.write('dpo.schema.json', '{}');
    await world.write('.github/workflows/dpo.yml', 'mine');
    await world.write('dpo.yaml', 'mine');
    await world.write('.gitignore', 'mine\r\n.dpo\r\n');
    const refused = await world.dpo(...quick);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('dpo.yaml, dpo.schema.json, .github/workflows/dpo.yml exist already');
    expect([await world.read('dpo.yaml'), await world.read('.gitignore')]).toEqual(['mine', 'mine\r\n.dpo\r\n']);
    const left = await world.dpo(...quick, '--ci', 'none', '--force', '--json');
    expect(JSON.parse(left.stdout)).toMatchObject({
      written: [
        { path: 'dpo.yaml', action: 'replaced' },
        { path: 'dpo.schema.json', action: 'replaced' },
        { path: '.gitignore', action: 'extended' },
      ],
      tables: 2,
    });
    expect(await world.read('.github/workflows/dpo.yml')).toBe('mine');
    const ignored = await world.read('.gitignore');
    expect(ignored).toMatch(/^mine\r\n\.dpo\r\n\r\n# dpo: .*\r\nstate\/\r\n\*\.plan\.json\r\n$/u);
    await world.dpo(...quick, '--force');
    expect(await world.read('.gitignore')).toBe(ignored);
  }, 60_000);

  test('a dpo.yml, a folder and a link are in the way too', async () => {
    await world.write('dpo.yml', 'catalog_name: prod\n');
    expect((await world.dpo(...quick)).stderr).toContain('dpo.yml exists already');
    await mkdir(join(world.home, 'other', 'dpo.yaml'), { recursive: true });
    await symlink('/nowhere', join(world.home, 'other', 'dpo.schema.json'));
    const ran = await world.dpo(...quick, '--directory', 'other', '--force');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('remove what is no plain file: dpo.yaml, dpo.schema.json');
    expect((await lstat(join(world.home, 'other', 'dpo.schema.json'))).isSymbolicLink()).toBe(true);
  }, 60_000);

  test('a folder inside of a repository is told that its workflow is not where GitHub looks', async () => {
    await mkdir(join(world.home, '.git'));
    expect((await world.dpo(...quick)).stderr).toBe('');
    const inside = await world.dpo(...quick, '--directory', 'monitoring/prod');
    expect(inside).toMatchObject({ code: 0 });
    expect(inside.stderr).toContain('INIT.NOT_AT_ROOT');
    expect(inside.stdout).toContain('cd monitoring/prod');
    await access(join(world.home, 'monitoring/prod/.github/workflows/dpo.yml'));
  }, 60_000);

  test('ruling 3 --from converts a config of the Python tool and lists with file and line what is not the same', async () => {
    await world.write('old.yaml', await readFile(python, 'utf8'));
    const ran = await world.dpo('init', '--from', 'old.yaml', '--project', 'shop', '--directory', 'new');
    expect(ran).toMatchObject({ code: 0 });
    await expectGolden('init-from.txt', `${ran.stdout}\n${ran.stderr}`);
    const text = await readFile(join(world.home, 'new', 'dpo.yaml'), 'utf8');
    expect(text).toMatch(/^# yaml-language-server: .*\n# Converted from old\.yaml, .*\n\n# Monitoring of the models/u);
    const json = await world.dpo('init', '--from', 'old.yaml', '--project', 'shop', '--directory', 'newer', '--json');
    const document = JSON.parse(json.stdout) as Record<string, readonly object[]>;
    expect(document).toMatchObject({ command: 'init', status: 'ok', config: 'old.yaml', tables: 3 });
    expect(document['not_carried']).toHaveLength(22);
    expect(document['not_carried']).toEqual(document['problems']);
  }, 60_000);

  test('ruling 3 W034 the monitor that the Python tool made is taken over as it is, with its defaults', async () => {
    await makePythonMonitor();
    const config = ['catalog_name: prod', 'profile_defaults: {timestamp_column: timestamp, model_id_column: model}'];
    await world.write('old.yaml', `${config.join('\n')}\nmonitored_tables:\n  prod.ml.fraud_detection: {}\n`);
    const init = await world.dpo('init', '--from', 'old.yaml', '--project', 'shop', '--yes');
    expect(init).toMatchObject({ code: 0 });
    const planned = await world.dpo('plan', '--workspace', 'local');
    expect(planned.stdout).toMatch(/create 6 {2}adopt 1 {2}update 0 {2}replace 0 {2}delete 0/u);
    const alone = (await world.read('dpo.yaml')).replace('    adopt: true\n', '').replace('{adopt: true}', '{}');
    await world.write('dpo.yaml', alone);
    expect((await world.dpo('plan', '--workspace', 'local')).stdout).toContain('PLAN.FOREIGN');
  }, 60_000);

  /** In the folder of a user, as that tool did it, with its defaults for the problem type and the prediction. */
  async function makePythonMonitor(): Promise<void> {
    const { call, idOf } = callsOf(world);
    const schema = { catalog_name: 'prod', name: 'monitoring_results' };
    const { body } = await call('POST', '/api/2.1/unity-catalog/schemas', schema);
    const folder = '/Workspace/Users/ana/databricks_lakehouse_monitoring';
    await call('POST', '/api/2.0/workspace/mkdirs', { path: folder });
    const profile = {
      output_schema_id: body['schema_id'],
      assets_dir: folder,
      inference_log: {
        problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
        prediction_column: 'prediction',
        timestamp_column: 'timestamp',
        model_id_column: 'model',
        granularities: ['AGGREGATION_GRANULARITY_1_DAY'],
      },
    };
    const monitor = { object_type: 'table', object_id: await idOf('fraud_detection'), data_profiling_config: profile };
    expect(await call('POST', '/api/data-quality/v1/monitors', monitor)).toMatchObject({ status: 200 });
  }

  test('a faulty file of the Python tool is told as validate does, and nothing is written', async () => {
    await world.write('old.yaml', 'catalog_name: prod\nmonitored_tables:\n  churn: {}\n');
    const ran = await world.dpo('init', '--from', 'old.yaml', '--yes');
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('error CONFIG.TABLE_NAME  old.yaml:3:3');
    expect((await world.dpo('init', '--from', 'nowhere.yaml', '--yes')).stderr).toContain('CONFIG.NOT_FOUND');
    await world.write('dpo.yaml', 'catalog_name: prod\nmonitored_tables:\n  prod.ml.churn: {}\n');
    const same = await world.dpo('init', '--from', 'dpo.yaml', '--yes', '--force');
    expect(same.stderr).toContain('dpo.yaml is the file to convert');
    expect(await files()).toEqual(['dpo.yaml', 'old.yaml', 'workspace.yaml']);
  }, 60_000);

  (hasScript ? test : test.skip)(
    'on a terminal it asks, again after a wrong answer, and Ctrl-C leaves nothing behind',
    async () => {
      const answers = ['prod', 'churn', 'prod.ml.churn', 'shop', '', '', '', '', 'none'];
      expect(await onTerminal(answers.join('\n') + '\n')).toMatchObject({ code: 0 });
      expect(await files()).toEqual(['.gitignore', 'dpo.schema.json', 'dpo.yaml', 'workspace.yaml']);
      expect(await world.dpo('validate')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 table') });
      const stopped = await onTerminal('prod\nprod.ml.churn\n\u0003', '--directory', 'other');
      expect(stopped).toMatchObject({ code: 130, said: expect.stringContaining('RUN.INTERRUPTED') });
      expect(await files()).not.toContain('other');
    },
    60_000,
  );

  /** Types into a terminal of its own, once the first question stands there. */
  async function onTerminal(text: string, ...flags: readonly string[]): Promise<{ code: number | null; said: string }> {
    const command = [process.execPath, binary, 'init', ...flags].join(' ');
    const env = { ...bareEnvironment(world.home), TERM: 'xterm' };
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: world.home, env });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (!said.includes('Catalog') && chunk.includes('Catalog')) child.stdin.write(text);
      said += chunk;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  }
});
