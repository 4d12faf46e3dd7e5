import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';
import type { Ran } from '../support/run-dpo.ts';

const head =
  'catalog_name: prod\nproject: shop\ntargets: { local: { workspace: local, mode: bulk_provision_only } }\nprofile_defaults: { profile_type: SNAPSHOT }\n';
const good = `${head}monitored_tables:\n  prod.ml.orders: {}\n`;

/** A config, what is said of it, and where. */
interface Case {
  readonly name: string;
  readonly config: string;
  readonly says: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: 'unknown key',
    config: `${good}catalog: x\n`,
    says: ['CONFIG.UNKNOWN_KEY', 'dpo.yaml:7:1', "did you mean 'catalog_name'"],
  },
  { name: 'wrong type', config: good.replace('{}', '{ slicing_exprs: 5 }'), says: ['CONFIG.TYPE', 'dpo.yaml:6:36'] },
  { name: 'duplicate key', config: `${good}  prod.ml.orders: {}\n`, says: ['CONFIG.DUPLICATE_KEY', 'dpo.yaml:7:3'] },
  {
    name: 'three-part name missing a part',
    config: good.replace('prod.ml.orders', 'ml.orders'),
    says: ['CONFIG.TABLE_NAME', 'dpo.yaml:6:3'],
  },
  {
    name: 'table absent',
    config: good.replace('orders', 'nothing'),
    says: ['CATALOG.TABLE_NOT_FOUND', 'dpo.yaml:6:3', "'prod.ml.nothing'"],
  },
  {
    name: 'R065 column absent',
    config: `${head}monitored_tables:\n  prod.ml.churn: { profile_type: INFERENCE, timestamp_column: ts, prediction_column: prediction, model_id_column: id, label_column: label_v1 }\n`,
    says: [
      'CATALOG.COLUMN_NOT_FOUND',
      "Column 'label_v1' (from label_column) not found in table 'prod.ml.churn'. Available columns: ['id', 'prediction', 'actual_label', 'ts']",
    ],
  },
  {
    name: 'several faults at once',
    config: `${good}catalog: x\nmode: half\n`,
    says: ['CONFIG.UNKNOWN_KEY', 'CONFIG.VALUE', '2 errors'],
  },
];

describe('bad input gets one clear diagnostic, exit status 1, and nothing is written', () => {
  let world: SmallWorld;
  beforeAll(async () => {
    world = await createSmallWorld();
  });
  afterAll(async () => world.close());

  const expectRefused = async (ran: Ran, says: readonly string[]): Promise<void> => {
    const said = ran.stdout + ran.stderr;
    for (const words of says) expect(said).toContain(words);
    expect(said).not.toMatch(/\n\s+at /u);
    expect(ran.code).toBe(1);
    expect(world.writes()).toEqual([]);
    expect(await world.stateFiles()).toEqual([]);
  };

  test.each(cases)('R064 R066 $name', async ({ config, says }) => {
    await world.write('dpo.yaml', config);
    await expectRefused(await world.dpo('apply', '--auto-approve'), says);
  });

  test('missing config', async () => {
    await expectRefused(await world.dpo('plan', '--config', 'nowhere.yaml'), ['CONFIG.NOT_FOUND', "'nowhere.yaml'"]);
  });

  test('C25 no credentials', async () => {
    await world.write(
      'dpo.yaml',
      good.replace(
        'targets: { local: { workspace: local, mode: bulk_provision_only } }\n',
        'mode: bulk_provision_only\n',
      ),
    );
    await expectRefused(await world.dpo('plan'), ['AUTH.MISSING', 'DATABRICKS_HOST']);
  });

  test('C25 wrong token, which never shows', async () => {
    await world.write(
      'dpo.yaml',
      good.replace('targets: { local: { workspace: local, mode: bulk_provision_only } }\n', ''),
    );
    const env = { DATABRICKS_HOST: world.workspace.url, DATABRICKS_TOKEN: 'dapi-planted-secret' };
    const ran = await world.dpoWith(env, 'plan');
    await expectRefused(ran, ['API.UNAUTHENTICATED', 'DATABRICKS_TOKEN']);
    expect(ran.stdout + ran.stderr).not.toContain('dapi-planted-secret');
  });

  test('unreachable host', async () => {
    await world.write(
      'dpo.yaml',
      good.replace('targets: { local: { workspace: local, mode: bulk_provision_only } }\n', ''),
    );
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const env = { DATABRICKS_HOST: `http://127.0.0.1:${String(port)}`, DATABRICKS_TOKEN: 't' };
    await expectRefused(await world.dpoWith(env, 'plan'), ['API.UNREACHABLE', `127.0.0.1:${String(port)}`]);
  }, 30_000);

  test('C21 a config where a plan file belongs', async () => {
    await world.write('dpo.yaml', good);
    await expectRefused(await world.dpo('apply', 'dpo.yaml'), ['PLAN.NOT_A_PLAN', '--config']);
  });

  test('an unknown flag, and a flag of another command', async () => {
    expect((await world.dpo('plan', '--nonsense')).code).toBe(1);
    expect((await world.dpo('show')).code).toBe(1);
  });

  test('C04 no terminal and no approval: exit status 4', async () => {
    await world.write('dpo.yaml', good);
    const ran = await world.dpo('apply');
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain('--auto-approve');
    expect(world.writes()).toEqual([]);
  });

  test('W015 an unattended apply against a real workspace needs a project', async () => {
    await world.write(
      'dpo.yaml',
      good
        .replace('project: shop\n', '')
        .replace(
          'targets: { local: { workspace: local, mode: bulk_provision_only } }\n',
          'mode: bulk_provision_only\n',
        ),
    );
    const env = { DATABRICKS_HOST: world.workspace.url, DATABRICKS_TOKEN: world.workspace.token };
    await expectRefused(await world.dpoWith(env, 'apply', '--auto-approve'), ['CONFIG.PROJECT_REQUIRED', 'dpo.yaml']);
  });

  test('--json says the same as one document', async () => {
    await world.write('dpo.yaml', `${good}catalog: x\n`);
    const ran = await world.dpo('validate', '--json');
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      command: 'validate',
      status: 'error',
      problems: [{ code: 'CONFIG.UNKNOWN_KEY', place: { file: 'dpo.yaml', start: { line: 7, column: 1 } } }],
    });
  });
});
