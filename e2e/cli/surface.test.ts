import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createPlainFolder, type PlainFolder } from '../support/plain-folder.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT }
monitored_tables:
  prod.ml.orders: { profile_type: TIMESERIES, timestamp_column: ordered_at, granularity: 1 hour }
  prod.ml.churn: {}
`;

const commands = [
  'init',
  'validate',
  'plan',
  'dry-run',
  'apply',
  'run',
  'destroy',
  'drift',
  'doctor',
  'coverage',
  'show',
  'refresh',
  'import',
  'explain',
  'inspect',
  'list tables',
  'list groups',
  'list resources',
  'graph',
  'query',
  'schema',
  'state list',
  'state show',
  'state rm',
  'state pull',
  'state push',
  'state unlock',
  'state history',
  'state migrate',
  'local start',
  'local stop',
  'local status',
  'local reset',
  'local sql',
  'local seed',
  'local requests',
  'local faults',
  'local clock',
  'local alerts evaluate',
  'local outbox',
];

describe('what every command says of itself', () => {
  let folder: PlainFolder;
  beforeEach(async () => {
    folder = await createPlainFolder();
    await folder.write('dpo.yaml', config);
  });
  afterEach(async () => folder.remove());

  test('U013 --version says name, version and platform', async () => {
    const ran = await folder.dpo('--version');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toMatch(/^dpo\/\d+\.\d+\.\d+ \S+ node-v\d+/u);
  });

  test.each(commands)('D012 dpo %s --help has a summary, flags and an example', async (command) => {
    const ran = await folder.dpo(...command.split(' '), '--help');
    expect(ran.code).toBe(0);
    for (const part of ['USAGE', '--json', '--format', 'EXAMPLES', `$ dpo ${command}`])
      expect(ran.stdout).toContain(part);
  });

  test('D012 completion comes with the commands', async () => {
    const ran = await folder.dpo('autocomplete', 'script', 'bash');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('DPO');
  });
});

describe('what every command offers', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  test('U008 C23 --json is one document of the published shape, also for errors and missing consent', async () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false });
    const file = fileURLToPath(new URL('../../schemas/output.schema.json', import.meta.url));
    const planFile = fileURLToPath(new URL('../../schemas/plan.schema.json', import.meta.url));
    ajv.addSchema(JSON.parse(await readFile(planFile, 'utf8')) as object);
    const validate = ajv.compile(JSON.parse(await readFile(file, 'utf8')) as object);
    const runs: readonly (readonly string[])[] = [
      ['init', '--table', 'prod.ml.churn'],
      ['init', '--from', 'dpo.yaml', '--directory', 'converted'],
      ['validate'],
      ['validate', 'faulty.yaml'],
      ['validate', 'nowhere.yaml'],
      ['validate', '--format', 'text'],
      ['explain'],
      ['coverage'],
      ['coverage', '--min', '90'],
      ['coverage', '--min', '0.9'],
      ['explain', 'CONFIG.TYPE'],
      ['explain', 'zebra'],
      ['schema'],
      ['plan'],
      ['plan', '--config', 'nowhere.yaml'],
      ['plan', '--nonsense'],
      ['dry-run'],
      ['run'],
      ['apply'],
      ['apply', '--auto-approve'],
      ['inspect', 'prod.ml.churn'],
      ['inspect', 'prod.ml.nothing'],
      ['list', 'tables'],
      ['list', 'groups'],
      ['list', 'resources'],
      ['graph'],
      ['refresh'],
      ['refresh', 'prod.ml.nothing'],
      ['local', 'status'],
      ['local', 'requests'],
      ['local', 'requests', '--clear'],
      ['local', 'faults'],
      ['local', 'faults', '--add', 'nowhere.json'],
      ['local', 'clock', '--advance', '1'],
      ['local', 'clock', '--set', 'tomorrow'],
      ['local', 'alerts', 'evaluate'],
      ['local', 'alerts', 'evaluate', 'nothing'],
      ['local', 'outbox'],
      ['local', 'seed', 'workspace.yaml'],
      ['local', 'sql', 'SELECT 1 AS one'],
      ['local', 'sql', 'SELECT nothing'],
      ['destroy'],
      ['destroy', '--confirm', 'local'],
    ];
    await world.write('faulty.yaml', `${config}catalog: x\nmode: half\n`);
    for (const words of runs) {
      const ran = await world.dpo(...words, '--json');
      const document: unknown = JSON.parse(ran.stdout);
      expect({ words, errors: validate(document) ? [] : validate.errors }).toEqual({ words, errors: [] });
    }
  }, 240_000);

  test('D005 the plan is always shown before it is applied, also when nobody is asked', async () => {
    const ran = await world.dpo('apply', '--auto-approve');
    expect(ran.code).toBe(0);
    expect(ran.stdout.indexOf('Create 3')).toBeGreaterThanOrEqual(0);
    expect(ran.stdout.indexOf('Create 3')).toBeLessThan(ran.stdout.indexOf('Applied 3 of 3'));
    await world.dpo('destroy', '--confirm', 'local');
  }, 60_000);

  test('R002 each listed table has settings of its own', async () => {
    const ran = await world.dpo('plan', '--json');
    const { plan } = JSON.parse(ran.stdout) as { plan: { ops: { address: string; spec: object }[] } };
    const specs = Object.fromEntries(plan.ops.map(({ address, spec }) => [address, spec]));
    expect(specs['monitor:prod.ml.orders']).toMatchObject({
      profile_type: 'TIMESERIES',
      time_series: { timestamp_column: 'ordered_at', granularities: ['AGGREGATION_GRANULARITY_1_HOUR'] },
    });
    expect(specs['monitor:prod.ml.churn']).toMatchObject({ profile_type: 'SNAPSHOT' });
  });

  test('R008 one faulty column stops the whole apply before any monitor is created', async () => {
    world.workspace.clearRequests();
    await world.write(
      'faulty.yaml',
      config.replace('churn: {}', 'churn: { profile_type: TIMESERIES, timestamp_column: nowhere }'),
    );
    const ran = await world.dpo('apply', '--config', 'faulty.yaml', '--auto-approve');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("Column 'nowhere' (from timestamp_column) not found in table 'prod.ml.churn'");
    expect(world.writes()).toEqual([]);
  });

  test('D015 colour is for terminals, and NO_COLOR wins over everything', async () => {
    const escape = '\u001B[';
    expect((await world.dpo('plan')).stdout).not.toContain(escape);
    expect((await world.dpoWith({ FORCE_COLOR: '1' }, 'plan')).stdout).toContain(escape);
    expect((await world.dpoWith({ FORCE_COLOR: '1', NO_COLOR: '1' }, 'plan')).stdout).not.toContain(escape);
  });
});
