import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local } }
profile_defaults: { profile_type: SNAPSHOT, schedule: "0 0 6 * * ?" }
monitored_tables:
  prod.ml.orders: {}
`;

interface Told {
  readonly examinations: readonly { readonly check: string; readonly verdict: string; readonly message: string }[];
  readonly verdicts: Readonly<Record<string, number>>;
}

async function outputSchema(): Promise<(document: unknown) => readonly unknown[]> {
  const ajv = new Ajv2020({ strict: true, strictRequired: false });
  const read = async (name: string): Promise<object> => {
    const file = fileURLToPath(new URL(`../../schemas/${name}.schema.json`, import.meta.url));
    return JSON.parse(await readFile(file, 'utf8')) as object;
  };
  ajv.addSchema(await read('plan'));
  const validate = ajv.compile(await read('output'));
  return (document) => (validate(document) ? [] : (validate.errors ?? []));
}

describe('dpo doctor', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  test('N020 U145 C04 text and JSON agree, nothing is written, and a failure is exit 1', async () => {
    const text = await world.dpo('doctor', '--full');
    const json = await world.dpo('doctor', '--json');
    const told = JSON.parse(json.stdout) as Told;
    expect({ code: text.code, fail: told.verdicts['fail'] }).toEqual({ code: 0, fail: 0 });
    expect(json.code).toBe(0);
    expect((await outputSchema())(told)).toEqual([]);
    const lines = text.stdout.split('\n').filter((line) => /^ {2}\S+ +(pass|warn|fail|unknown|skipped) /u.test(line));
    expect(lines.length).toBe(told.examinations.length);
    for (const [index, { check, verdict, message }] of told.examinations.entries()) {
      expect(lines[index]).toContain(verdict);
      expect(lines[index]).toContain(check);
      // The port of a workspace that a command starts is another each time.
      if (!['sign-in', 'state'].includes(check)) expect(lines[index]).toContain(message);
    }
    expect(world.writes()).toEqual([]);
    expect(await world.stateFiles()).toEqual([]);
    await world.write('dpo.yaml', config.replace('prod.ml.orders', 'prod.ml.nothing'));
    const failed = await world.dpo('doctor');
    expect(failed.code).toBe(1);
    expect(failed.stdout).toContain('CATALOG.TABLE_NOT_FOUND');
  });

  test('U137 bulk mode asks for less than full mode, and --no-warehouse runs no statement', async () => {
    const subjects = async (): Promise<string> => (await world.dpo('doctor', '--full', '--no-warehouse')).stdout;
    const full = await subjects();
    await world.write('dpo.yaml', `mode: bulk_provision_only\n${config}`);
    const bulk = await subjects();
    expect(full).toContain('makes schema prod.global_monitoring');
    expect(bulk).not.toContain('global_monitoring');
    expect(bulk).toContain('mode bulk_provision_only makes no alerts');
    expect(world.workspace.requests().filter(({ path }) => path.startsWith('/api/2.0/sql/statements'))).toEqual([]);
  });

  test('U015 a sign-in that fails is one failure, and what rests on it is skipped', async () => {
    await world.write('dpo.yaml', config.replace('workspace: local', 'workspace: { host: "https://adb-1.example" }'));
    const env = { DATABRICKS_TOKEN: ' ', DATABRICKS_WAREHOUSE_ID: 'w' };
    const ran = await world.dpoWith(env, 'doctor', '--json', '--target', 'local');
    const told = JSON.parse(ran.stdout) as Told;
    expect(ran.code).toBe(1);
    const verdictOf = (check: string): string | undefined =>
      told.examinations.find((one) => one.check === check)?.verdict;
    expect([verdictOf('sign-in'), verdictOf('identity'), verdictOf('grants')]).toEqual(['fail', 'skipped', 'skipped']);
    expect(told.verdicts).toMatchObject({ fail: 1, unknown: 0 });
  });

  test('W005 C24 a probe asks first; approved it writes a profile that a workspace replays', async () => {
    const asked = await world.dpo('doctor', '--probe', 'prod.scratch');
    expect(asked.code).toBe(4);
    expect(world.writes()).toEqual([]);
    const ran = await world.dpo('doctor', '--probe', 'prod.scratch', '--auto-approve', '--json', '--out', 'seen.json');
    expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' });
    const told = JSON.parse(ran.stdout) as { readonly profile: object; readonly left: readonly string[] };
    expect((await outputSchema())(told)).toEqual([]);
    expect(told.left).toEqual([]);
    expect(JSON.parse(await world.read('seen.json'))).toEqual(told.profile);
    const replay = ['local', 'start', '--local-directory', 'other', '--behaviour', 'seen.json'];
    expect(await world.dpo(...replay)).toMatchObject({ code: 0 });
    expect(await world.dpo('local', 'stop', '--local-directory', 'other')).toMatchObject({ code: 0 });
    await world.write('notes.json', '{"my": "notes"}');
    const refused = await world.dpo('doctor', '--probe', 'prod.scratch', '--auto-approve', '--out', 'notes.json');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('DOCTOR.NOT_WRITTEN') });
  });

  test('W005 an interrupted probe removes what it made and ends with 130', async () => {
    const held = world.hold('POST', '/api/2.0/alerts');
    const running = world.start({}, 'doctor', '--probe', 'prod.scratch', '--auto-approve');
    await held.came;
    running.signal('SIGINT');
    await running.says('stopping');
    held.letGo();
    const ran = await running.ended;
    expect({ code: ran.code, stderr: ran.stderr }).toMatchObject({ code: 130 });
    const { workspace } = world;
    const made = workspace.requests().filter(({ method, status }) => method === 'POST' && status === 200);
    expect(made.some(({ path }) => path === '/api/2.0/alerts')).toBe(true);
    const left = await world.dpo(
      'local',
      'sql',
      "SELECT count(*) FROM prod.information_schema.schemata WHERE schema_name LIKE 'scratch%'",
      '--json',
    );
    expect((JSON.parse(left.stdout) as { readonly rows: unknown }).rows).toEqual([['0']]);
    expect(
      workspace.requests().filter(({ method, path }) => method === 'DELETE' && path.startsWith('/api/2.0/alerts/'))
        .length,
    ).toBeGreaterThan(0);
  });
});
