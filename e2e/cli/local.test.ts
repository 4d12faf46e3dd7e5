import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const other = ['--local-directory', 'other'];
const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT }
monitored_tables: { prod.ml.churn: {} }
`;

describe('dpo local', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
  });
  afterEach(async () => world.close());

  test('seed loads a file into a workspace that does not run, and again without a change', async () => {
    for (let round = 0; round < 2; round += 1) {
      expect(await world.dpo('local', 'seed', 'workspace.yaml', ...other)).toMatchObject({
        code: 0,
        stdout: 'loaded workspace.yaml into other\n',
      });
    }
    const ran = await world.dpo('local', 'sql', 'SELECT count(*) AS n FROM prod.ml.orders', ...other, '--json');
    expect(JSON.parse(ran.stdout)).toMatchObject({ columns: ['n'], rows: [['1']] });
  }, 60_000);

  test('seed refuses a running workspace and says where a fault is', async () => {
    const running = await world.dpo('local', 'seed', 'workspace.yaml');
    expect([running.code, running.stderr]).toEqual([1, expect.stringContaining('LOCAL.RUNNING')]);
    await world.write('bad.yaml', 'catalogs:\n  prod: { colour: red }\n');
    const faulty = await world.dpo('local', 'seed', 'bad.yaml', ...other);
    expect([faulty.code, faulty.stderr]).toEqual([1, expect.stringMatching(/bad\.yaml:2: .*colour: unknown field/u)]);
  }, 60_000);

  test('the calls of a running workspace are shown, filtered and forgotten', async () => {
    await world.dpo('local', 'sql', 'SELECT 1 AS one');
    const ran = await world.dpo('local', 'requests', '--method', 'POST');
    expect(ran.stdout).toMatch(/POST +\/api\/2\.0\/sql\/statements +200/u);
    expect(ran.stdout).not.toContain('scim');
    await world.dpo('local', 'requests', '--clear');
    expect(world.workspace.requests()).toEqual([]);
    const nobody = await world.dpo('local', 'requests', ...other);
    expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('LOCAL.NOT_RUNNING')]);
  }, 60_000);

  test('faults are added from a file, spoil calls and are cleared; a rule that cannot be is refused', async () => {
    await world.write(
      'faults.json',
      '[{"match": "POST /api/2.0/sql/statements", "status": 403, "message": "planned"}]',
    );
    const added = await world.dpo('local', 'faults', '--add', 'faults.json');
    expect(added.stdout).toMatch(/POST \/api\/2\.0\/sql\/statements +\{"status":403/u);
    const spoiled = await world.dpo('local', 'sql', 'SELECT 1');
    expect([spoiled.code, spoiled.stderr]).toEqual([1, expect.stringContaining('planned')]);
    expect((await world.dpo('local', 'faults', '--clear')).stdout).toBe('no faults are planned\n');
    await world.write('faults.json', '[{"match": "POST *", "status": 200}]');
    const refused = await world.dpo('local', 'faults', '--add', 'faults.json');
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('rules[0].status: must be at least 400'),
    ]);
  }, 60_000);

  test('the clock is set, stands still and moves on', async () => {
    const set = await world.dpo('local', 'clock', '--set', '2030-01-01T00:00:00Z', '--freeze');
    expect(set.stdout).toBe('2030-01-01T00:00:00.000Z, standing still\n');
    expect((await world.dpo('local', 'clock', '--advance', '60')).stdout).toBe(
      '2030-01-01T00:01:00.000Z, standing still\n',
    );
    expect(JSON.parse((await world.dpo('local', 'clock', '--json')).stdout)).toMatchObject({ frozen: true });
  }, 60_000);

  test('behaviour and preset hold for a workspace of the command itself, and names that are none are told', async () => {
    await world.write('dpo.yaml', config);
    await world.dpo('local', 'seed', 'workspace.yaml', ...other);
    const state = ['--state', 'other.json', ...other];
    const crash = { DPO_LOCAL_PRESET: 'crash-after-1-writes', DPO_LOCAL_BEHAVIOUR: 'contrary' };
    const crashed = await world.dpoWith(crash, 'apply', '--auto-approve', ...state);
    expect(crashed.code).toBe(3);
    const finished = await world.dpoWith({ DPO_LOCAL_PRESET: 'eventual' }, 'apply', '--auto-approve', ...state);
    expect(finished).toMatchObject({ code: 0 });
    const settled = await world.dpo('plan', '--detailed-exitcode', ...state);
    expect(settled).toMatchObject({ code: 0 });
    for (const [environment, code] of [
      [{ DPO_LOCAL_PRESET: 'none' }, 'LOCAL.PRESET'],
      [{ DPO_LOCAL_BEHAVIOUR: 'none' }, 'LOCAL.BEHAVIOUR'],
    ] as const) {
      const refused = await world.dpoWith(environment, 'local', 'sql', 'SELECT 1', ...other);
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(code)]);
    }
  }, 180_000);

  test('start takes a seed, a behaviour and a preset into the background', async () => {
    await world.write('seed.yaml', 'current_user: ann@example.com\ncatalogs: { c: }\n');
    const flags = ['--seed', 'seed.yaml', '--behaviour', 'contrary', '--preset', 'crash-after-1-writes', ...other];
    try {
      expect((await world.dpo('local', 'start', ...flags)).stdout).toMatch(/^embedded workspace at http/u);
      const rules = (await world.dpo('local', 'faults', ...other, '--json')).stdout;
      expect(JSON.parse(rules)).toMatchObject({ rules: [{ rule: { dropConnection: 'after' } }, {}] });
      await world.dpo('local', 'sql', 'SELECT 1', ...other);
      const { requests } = JSON.parse((await world.dpo('local', 'requests', ...other, '--json')).stdout) as {
        requests: readonly { readonly principal: string }[];
      };
      expect(new Set(requests.map(({ principal }) => principal))).toEqual(new Set(['ann@example.com']));
    } finally {
      await world.dpo('local', 'stop', ...other);
    }
    const refused = await world.dpo('local', 'start', '--preset', 'none', ...other);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('LOCAL.PRESET')]);
  }, 120_000);
});
