import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config =
  'catalog_name: prod\nproject: shop\ntargets: { local: { workspace: local } }\nprofile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables:\n  prod.ml.orders: {}\n';
const more = `${config}  prod.ml.churn: {}\n`;

describe('state and plan files that do not fit', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
    await world.dpo('apply', '--auto-approve');
    world.workspace.clearRequests();
  }, 30_000);
  afterEach(async () => world.close());

  const state = 'state/local.json';

  const refused = async (args: readonly string[], code: string): Promise<void> => {
    const before = await world.stateFiles();
    const ran = await world.dpo(...args);
    expect(ran.stdout + ran.stderr).toContain(code);
    expect(ran.stdout + ran.stderr).not.toMatch(/\n\s+at /u);
    expect(ran.code).toBe(1);
    expect(world.writes()).toEqual([]);
    expect(await world.stateFiles()).toEqual(before);
  };

  test.each([
    ['truncated', (text: string) => text.slice(0, text.length / 2), 'STATE.CORRUPT'],
    ['empty', () => '', 'STATE.CORRUPT'],
    ['foreign', () => '{"version": 4, "terraform_version": "1.9.0"}', 'STATE.FOREIGN'],
    ['newer', (text: string) => text.replace('dpo.state/1', 'dpo.state/2'), 'STATE.NEWER'],
    [
      'of another workspace',
      (text: string) => text.replace(/"workspace_id": ?"[^"]+"/u, '"workspace_id":"42"'),
      'STATE.OTHER_WORKSPACE',
    ],
    ['of another project', (text: string) => text.replaceAll('shop/local', 'other/local'), 'STATE.OTHER_OWNER'],
  ])(
    'D006 a %s state stops plan, apply and destroy before anything is written',
    async (_name, spoil, code) => {
      await world.write(state, spoil(await world.read(state)));
      await refused(['plan'], code);
      await refused(['apply', '--auto-approve'], code);
      await refused(['destroy', '--confirm', 'local'], code);
    },
    30_000,
  );

  test('a plan that was edited by hand, cut short, or made for an older state is refused', async () => {
    await world.write('dpo.yaml', more);
    await world.dpo('plan', '--out', 'plan.json');
    world.workspace.clearRequests();
    const plan = await world.read('plan.json');
    await world.write('edited.json', plan.replace('SNAPSHOT', 'TIMESERIES'));
    await refused(['apply', 'edited.json'], 'PLAN.DAMAGED');
    await world.write('short.json', plan.slice(0, 900));
    await refused(['apply', 'short.json'], 'PLAN.DAMAGED');
    await refused(['show', 'short.json'], 'PLAN.DAMAGED');
    await world.dpo('apply', '--auto-approve');
    world.workspace.clearRequests();
    await refused(['apply', 'plan.json'], 'PLAN.STALE');
  }, 30_000);

  test('a live object that changed since the plan makes it stale, and the difference is told', async () => {
    await world.write('dpo.yaml', config.replace('{}', '{ slicing_exprs: [region] }'));
    await world.dpo('plan', '--out', 'plan.json');
    const applied = JSON.parse(await world.read(state)) as { resources: Record<string, { id: string }> };
    const id = applied.resources['monitor:prod.ml.orders']?.id ?? '';
    const mask = 'data_profiling_config.slicing_exprs';
    const path = `/api/data-quality/v1/monitors/table/${id}`;
    const headers = { authorization: `Bearer ${world.workspace.token}`, 'content-type': 'application/json' };
    const live = (await (await fetch(world.workspace.url + path, { headers })).json()) as {
      data_profiling_config: object;
    };
    const body = JSON.stringify({
      object_type: 'table',
      object_id: id,
      data_profiling_config: { ...live.data_profiling_config, slicing_exprs: ['id'] },
    });
    await fetch(`${world.workspace.url}${path}?update_mask=${mask}`, { method: 'PATCH', headers, body });
    world.workspace.clearRequests();
    await refused(['apply', 'plan.json'], 'slicing_exprs is ["id"]');
  }, 30_000);

  test('N016 a lock that another run holds is refused with its owner', async () => {
    const holder = {
      id: 'x',
      who: 'alice',
      host: 'elsewhere',
      pid: 1,
      started: '1',
      run: 'r',
      operation: 'apply',
      created: new Date(Date.now() - 60_000).toISOString(),
    };
    await mkdir(join(world.home, 'state'), { recursive: true });
    await world.write(`${state}.lock`, JSON.stringify(holder));
    await world.write('dpo.yaml', more);
    const ran = await world.dpo('apply', '--auto-approve');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('STATE.LOCKED');
    expect(ran.stderr).toContain('alice');
    expect(world.writes()).toEqual([]);
    expect((await world.dpo('plan')).code).toBe(0);
  }, 30_000);

  test('a state folder that cannot be written stops apply before the first request', async () => {
    if (process.getuid?.() === 0) return;
    await writeFile(join(world.home, 'dpo.yaml'), more);
    await chmod(join(world.home, 'state'), 0o500);
    const ran = await world.dpo('apply', '--auto-approve');
    await chmod(join(world.home, 'state'), 0o700);
    expect(ran.code).toBe(1);
    expect(world.writes()).toEqual([]);
  }, 30_000);
});
