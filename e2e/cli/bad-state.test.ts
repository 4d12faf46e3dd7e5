import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonical, hashText, type Json } from '@dpo/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { expectGolden } from '../support/golden.ts';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config =
  'catalog_name: prod\nproject: shop\ntargets: { local: { workspace: local, mode: bulk_provision_only } }\nprofile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables:\n  prod.ml.orders: {}\n';
const more = `${config}  prod.ml.churn: {}\n`;

const state = 'state/local.json';

describe('state and plan files that do not fit', () => {
  let world: SmallWorld;
  let settled = '';
  // Nothing that is refused changes anything, so that one world is enough.
  beforeAll(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
    await world.dpo('apply', '--auto-approve');
    settled = await world.read(state);
  }, 180_000);
  beforeEach(async () => {
    await rm(join(world.home, 'state'), { recursive: true, force: true });
    await mkdir(join(world.home, 'state'));
    await world.write(state, settled);
    await world.write('dpo.yaml', config);
    world.workspace.clearRequests();
  });
  afterAll(async () => world.close());

  const refused = async (args: readonly string[], code: string): Promise<void> => expectRefused(world, args, code);

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
    [
      'of another metastore',
      (text: string) => text.replace(/"metastore_id": ?"[^"]+"/u, '"metastore_id":"42"'),
      'STATE.OTHER_METASTORE',
    ],
    [
      'extended by a later dpo',
      (text: string) =>
        text.replace('"serial"', '"teams": [], "serial"').replace(/"writer": "[^"]+"/u, '"writer": "99.0.0"'),
      'install dpo 99.0.0 or later',
    ],
    ['badly merged', (text: string) => text.replace('  "serial"', '<<<<<<< HEAD\n  "serial"'), 'STATE.CORRUPT'],
    ['of another project', (text: string) => text.replaceAll('shop/local', 'other/local'), 'STATE.OTHER_OWNER'],
  ])(
    'D006 a state that is %s stops plan, apply and destroy before anything is written',
    async (_name, spoil, code) => {
      await world.write(state, spoil(await world.read(state)));
      await refused(['plan'], code);
      await refused(['apply', '--auto-approve'], code);
      await refused(['destroy', '--confirm', 'local'], code);
    },
    30_000,
  );

  test('D006 a damaged state stops every command that reads it', async () => {
    const address = 'monitor:prod.ml.orders';
    const whole = await world.read(state);
    await world.write('pulled.json', whole.replace(/"serial": \d+/u, '"serial": 99'));
    await world.write(state, whole.slice(0, -40));
    for (const args of [
      ['drift'],
      ['import', address],
      ['refresh'],
      ['state', 'list'],
      ['state', 'show', address],
      ['state', 'rm', address, '--yes'],
      ['state', 'pull'],
      ['state', 'push', 'pulled.json'],
    ]) {
      // One after the other: they share one folder.
      // oxlint-disable-next-line no-await-in-loop
      await refused(args, 'STATE.CORRUPT');
    }
  }, 180_000);

  test('D006 a state that is a folder is no state', async () => {
    await rm(join(world.home, state));
    await mkdir(join(world.home, state));
    for (const args of [['plan'], ['apply', '--auto-approve']]) {
      // oxlint-disable-next-line no-await-in-loop
      const ran = await world.dpo(...args);
      expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('STATE.UNREADABLE')]);
    }
    expect(world.writes()).toEqual([]);
  }, 120_000);

  /** A line of a journal that fits this state but for what is changed in its header. */
  const journal = async (edit: Readonly<Record<string, unknown>>, ...more: readonly Json[]): Promise<string> => {
    const { lineage, serial, owner, target, writer } = JSON.parse(await world.read(state)) as Record<string, Json>;
    const header = { format: 'dpo.journal/1', writer, run: 'r', lineage, base: serial, plan: 'p', operation: 'apply' };
    const who = { owner, target, actor: 'a', host: 'h', pid: 1, at: '2026-01-01T00:00:00.000Z' };
    return [{ ...header, ...who, ...edit } as Json, ...more]
      .map((record) => `${hashText(canonical(record)).slice(0, 8)} ${canonical(record)}\n`)
      .join('');
  };
  const start = { n: 1, start: 'forget', a: 'monitor:prod.ml.gone', deadline_ms: 0, at: '2026-01-01T00:00:00.000Z' };

  test('D006 a journal that does not fit stops plan, apply and destroy before anything is written', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['no journal, but some text\n', 'STATE.JOURNAL_CORRUPT'],
      [`${(await journal({}, start)).replace('gone', 'lost')}`, 'line 2 of the journal'],
      [await journal({ lineage: 'other' }, start), 'STATE.JOURNAL_LINEAGE'],
      [await journal({ base: 0 }, start), 'STATE.JOURNAL_STALE'],
      [await journal({ base: 99 }, start), 'STATE.JOURNAL_FUTURE'],
      [await journal({ format: 'dpo.journal/2' }, start), 'STATE.NEWER'],
    ];
    await world.write(`${state}.journal`, cases[0]?.[0] ?? '');
    await refused(['plan'], 'STATE.JOURNAL_CORRUPT');
    await refused(['destroy', '--confirm', 'local'], 'STATE.JOURNAL_CORRUPT');
    for (const [text, code] of cases) {
      // oxlint-disable-next-line no-await-in-loop
      await world.write(`${state}.journal`, text);
      // oxlint-disable-next-line no-await-in-loop
      await refused(['apply', '--auto-approve'], code);
    }
  }, 240_000);

  test('D006 a journal that says nothing is taken away by the next apply', async () => {
    const whole = await world.read(state);
    for (const text of ['', await journal({}), (await journal({}, start)).slice(0, -20)]) {
      // oxlint-disable-next-line no-await-in-loop
      await world.write(`${state}.journal`, text);
      // oxlint-disable-next-line no-await-in-loop
      expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
      // oxlint-disable-next-line no-await-in-loop
      expect((await world.stateFiles()).map((line) => line.split(' ')[0])).toEqual(['local.json']);
    }
    expect(await world.read(state)).toBe(whole);
    expect(world.writes()).toEqual([]);
  }, 180_000);

  test('a plan file of something else, of later dpo, of another target or a folder is refused', async () => {
    await world.dpo('plan', '--out', 'plan.json');
    const plan = await world.read('plan.json');
    const sealed = (edit: (document: Record<string, Json>) => Record<string, Json>): string => {
      const { digest: _digest, ...document } = JSON.parse(plan) as Record<string, Json>;
      const body = edit(document);
      return JSON.stringify({ ...body, digest: hashText(canonical(body)) });
    };
    const cases: readonly (readonly [string, string, 'both' | 'apply'])[] = [
      ['', 'PLAN.NOT_A_PLAN', 'both'],
      ['\0\x01\x02', 'PLAN.NOT_A_PLAN', 'both'],
      ['{"format_version":"1.2","terraform_version":"1.9.0"}', 'PLAN.NOT_A_PLAN', 'both'],
      [await world.read(state), 'PLAN.NOT_A_PLAN', 'both'],
      [plan.replace('dpo.plan/1', 'dpo.plan/2'), 'PLAN.NEWER', 'both'],
      [sealed((document) => ({ ...document, mode: 'test', dpo: '99.0.0' })), 'use dpo 99.0.0', 'both'],
      [sealed((document) => ({ ...document, cost: 1, dpo: '99.0.0' })), 'use dpo 99.0.0', 'apply'],
      [sealed((document) => ({ ...document, owner: 'shop/prod' })), 'PLAN.OTHER_TARGET', 'apply'],
    ];
    for (const [text, code, by] of cases) {
      // oxlint-disable-next-line no-await-in-loop
      await world.write('bad.json', text);
      // oxlint-disable-next-line no-await-in-loop
      await refused(['apply', 'bad.json'], code);
      // oxlint-disable-next-line no-await-in-loop
      if (by === 'both') await refused(['show', 'bad.json'], code);
    }
    await refused(['apply', 'state'], 'PLAN.NOT_FOUND');
    await refused(['show', 'state'], 'PLAN.NOT_FOUND');
  }, 240_000);

  test('1.11 show leaves out what a newer dpo says and says so; the plan of the first format is shown for ever', async () => {
    const kept = fileURLToPath(new URL('../../packages/core/test/plan/fixtures/plan-v1.json', import.meta.url));
    const text = await readFile(kept, 'utf8');
    const { digest: _digest, ...document } = JSON.parse(text) as Record<string, Json>;
    const newer = { ...document, dpo: '99.0.0', cost: { total: 1 } } as Json;
    await world.write('newer.json', JSON.stringify({ ...(newer as object), digest: hashText(canonical(newer)) }));
    const shown = await world.dpo('show', kept);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    await expectGolden('show-plan-v1.txt', shown.stdout);
    const told = await world.dpo('show', 'newer.json');
    expect(told).toMatchObject({ code: 0, stdout: shown.stdout });
    expect(told.stderr).toMatch(/PLAN\.LEFT_OUT[\s\S]*cost[\s\S]*use dpo 99\.0\.0/u);
  }, 120_000);

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
  }, 120_000);

  test('a state folder that cannot be written stops apply before the first request', async () => {
    if (process.getuid?.() === 0) return;
    await writeFile(join(world.home, 'dpo.yaml'), more);
    await chmod(join(world.home, 'state'), 0o500);
    const ran = await world.dpo('apply', '--auto-approve');
    await chmod(join(world.home, 'state'), 0o700);
    expect(ran.code).toBe(1);
    expect(world.writes()).toEqual([]);
  }, 120_000);
});

describe('a plan that no longer fits', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
    await world.dpo('apply', '--auto-approve');
    world.workspace.clearRequests();
  }, 120_000);
  afterEach(async () => world.close());

  const refused = async (args: readonly string[], code: string): Promise<void> => expectRefused(world, args, code);

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
  }, 120_000);

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
  }, 120_000);
});

async function expectRefused(world: SmallWorld, args: readonly string[], code: string): Promise<void> {
  const before = await world.stateFiles();
  const ran = await world.dpo(...args);
  expect(ran.stdout + ran.stderr).toContain(code);
  expect(ran.stdout + ran.stderr).not.toMatch(/\n\s+at /u);
  expect(ran.code).toBe(1);
  expect(world.writes()).toEqual([]);
  expect(await world.stateFiles()).toEqual(before);
}
