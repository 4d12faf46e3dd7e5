import { mkdir, readFile, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Held, SmallWorld } from '../support/small-world.ts';
import { createSmallWorld } from '../support/small-world.ts';
import type { Ran } from '../support/run-dpo.ts';

const config =
  'catalog_name: prod\nproject: shop\ntargets: { local: { workspace: local, mode: bulk_provision_only } }\nprofile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables:\n  prod.ml.orders: {}\n';
const more = `${config}  prod.ml.churn: {}\n`;
const github = {
  GITHUB_ACTOR: 'alice',
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_REPOSITORY: 'shop/data',
  GITHUB_RUN_ID: '42',
};
const run = 'https://github.example/shop/data/actions/runs/42';

describe('N016 two runs at once', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  interface Under {
    readonly ended: Promise<Ran>;
    readonly held: Held;
  }

  /** An apply that has the lock and whose first write waits. */
  const underWay = async (): Promise<Under> => {
    const held = world.hold('POST', '/api/data-quality/v1/monitors');
    const ended = world.dpoWith(github, 'apply', '--auto-approve');
    await held.came;
    return { ended, held };
  };

  const commandIn = (text: string, start: string): readonly string[] => {
    const line = text.split('\n').find((one) => one.includes(start)) ?? '';
    expect(line).toContain(start);
    return line.slice(line.indexOf(start)).trim().split(' ').slice(1);
  };

  test('the second says who holds the state, how long, where, and how to break the lock', async () => {
    const { ended, held } = await underWay();
    const before = world.writes();
    const second = await world.dpo('apply', '--auto-approve');
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('STATE.LOCKED');
    expect(second.stderr).toMatch(/locked by alice on \S+ \(process \d+, run \w{26}\) for \d+ s: apply/u);
    expect(second.stderr).toContain(run);
    const command = commandIn(second.stderr, 'dpo state unlock ');
    expect((await world.dpo('state', 'list')).code).toBe(0);
    const looked = await world.dpo('state', 'unlock');
    expect(looked.code).toBe(2);
    expect(looked.stdout).toContain(command.at(-1));
    expect(world.writes()).toEqual(before);
    held.letGo();
    expect((await ended).code).toBe(0);
    expect((await world.dpo(...command)).stderr).toContain('is not locked');
  });

  test('with --lock-timeout the second waits, says so, and then finds nothing to do', async () => {
    const { ended, held } = await underWay();
    const second = world.start({}, 'apply', '--auto-approve', '--lock-timeout', '50s');
    await second.says('waiting');
    held.letGo();
    expect((await ended).code).toBe(0);
    const { code, stdout, stderr } = await second.ended;
    expect({ code, waiting: stderr.split('\n')[0] }).toEqual({
      code: 0,
      waiting: expect.stringMatching(/^waiting up to 50 s: the state state\/local\.json is locked by alice on /u),
    });
    expect(stdout).toContain('No changes.');
    expect(world.writes().filter((line) => line.startsWith('POST /api/data-quality'))).toHaveLength(1);
  });

  test('the waiting ends at its time, in CI after ten minutes by default, and with a word that is no duration never begins', async () => {
    const { ended, held } = await underWay();
    const second = await world.dpo('apply', '--auto-approve', '--lock-timeout', '500ms');
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/waiting up to 500 ms: [\s\S]*STATE\.LOCKED/u);
    const wrong = await world.dpo('apply', '--auto-approve', '--lock-timeout', '10 minutes');
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.stderr).toContain("--lock-timeout '10 minutes' is no duration");
    const third = world.start({ CI: 'true' }, 'apply', '--auto-approve');
    await third.says('waiting');
    held.letGo();
    await ended;
    expect(await third.ended).toMatchObject({ code: 0, stderr: expect.stringContaining('waiting up to 10 min: ') });
  });

  test('a saved plan waits too, and is refused as stale after the other run changed the state', async () => {
    await world.dpo('apply', '--auto-approve');
    await world.write('dpo.yaml', more);
    await world.dpo('plan', '--out', 'plan.json');
    const { ended, held } = await underWay();
    const second = world.start({}, 'apply', 'plan.json', '--lock-timeout', '50s');
    await second.says('waiting');
    held.letGo();
    await ended;
    const { code, stderr } = await second.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/waiting up to 50 s: [\s\S]*PLAN\.STALE/u);
    expect(world.writes().filter((line) => line.startsWith('POST /api/data-quality'))).toHaveLength(2);
  });

  test('a run whose lock was broken leaves its state beside the place, and what it says puts it there', async () => {
    const { ended, held } = await underWay();
    const { stderr } = await world.dpo('apply', '--auto-approve');
    expect((await world.dpo(...commandIn(stderr, 'dpo state unlock '))).code).toBe(0);
    held.letGo();
    const first = await ended;
    expect(first.code).toBe(3);
    expect(first.stdout).toContain('was removed while this run was working');
    await expectRescue(first.stdout);
  });

  test('1.17 a state that cannot be written at the end is rescued, and what is printed puts it in place', async () => {
    await world.dpo('apply', '--auto-approve');
    await world.write('dpo.yaml', more);
    const path = join(world.home, 'state', 'local.json');
    const { ended, held } = await underWay();
    // Nothing can be renamed to a folder that is not empty, not even by root.
    await rename(path, join(world.home, 'aside.json'));
    await mkdir(join(path, 'full'), { recursive: true });
    held.letGo();
    const first = await ended;
    expect(first.code).toBe(3);
    expect(first.stdout).toContain('State NOT saved');
    await rmdir(join(path, 'full'));
    await rmdir(path);
    await rename(join(world.home, 'aside.json'), path);
    await expectRescue(first.stdout);
  });

  const expectRescue = async (printed: string): Promise<void> => {
    const rescue = await readFile(join(world.home, 'state', 'local.json.rescue'), 'utf8');
    const pushed = await world.dpo(...commandIn(printed, 'dpo state push '));
    expect(pushed).toMatchObject({ code: 0, stderr: '' });
    expect(await world.read('state/local.json')).toBe(rescue);
    world.workspace.clearRequests();
    const settled = await world.dpo('plan', '--detailed-exitcode');
    expect(settled).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') });
    expect((await world.stateFiles()).map((line) => line.split(' ')[0])).not.toContain('local.json.journal');
  };
});
