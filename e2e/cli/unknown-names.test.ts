import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: monitoring }
monitored_tables:
  prod.ml.orders: { monitor_group: sales }
  prod.ml.churn: { monitor_group: ml_team }
`;

describe('names that nothing has', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('dpo.yaml', config);
  });
  afterEach(async () => world.close());

  const apply = (...words: readonly string[]) => world.dpo('apply', '--auto-approve', ...words);

  test.each([
    ['--select', 'group:ml_taem', "did you mean 'group:ml_team'?"],
    ['--select', 'table:prod.ml.chrun', "did you mean 'table:prod.ml.churn'?"],
    ['--exclude', 'group:ml_taem', "did you mean 'group:ml_team'?"],
    ['--exclude', 'owner:somebody', 'known: none'],
    ['--replace', 'monitor:prod.ml.chrun', "did you mean 'monitor:prod.ml.churn'?"],
  ])(
    'N002 %s %s ends the apply with the closest name, before anything is written',
    async (flag, text, hint) => {
      const ran = await apply(flag, text);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain(hint);
      expect(ran.stderr).toContain('1 error');
      expect(world.writes()).toEqual([]);
    },
    30_000,
  );

  test('a fault is marked in the selection', async () => {
    const unknown = await apply('--select', 'churn | group:ml_taem & !orders');
    expect(unknown.stderr).toBe(
      [
        'error SELECT.UNKNOWN  --select:1:9',
        "  nothing matches 'group:ml_taem'",
        '  1 | churn | group:ml_taem & !orders',
        '    |         ^^^^^^^^^^^^^',
        "  hint: did you mean 'group:ml_team'?",
        '',
        '1 error',
        '',
      ].join('\n'),
    );
    const broken = await apply('--exclude', 'group:sales & (churn');
    expect(broken.stderr).toContain('error SELECT.SYNTAX  --exclude:1:21');
    expect(broken.stderr).toContain(`    | ${' '.repeat(20)}^\n`);
  }, 30_000);

  test('a selection that has nothing is an error, one that leaves nothing out a warning', async () => {
    const nothing = await apply('--select', 'schema:tmp_*');
    expect(nothing.code).toBe(1);
    expect(nothing.stderr).toContain("SELECT.NOTHING\n  nothing matches --select 'schema:tmp_*'");
    expect(world.writes()).toEqual([]);
    const all = await world.dpo('plan', '--exclude', 'schema:tmp_*');
    expect(all.code).toBe(0);
    expect(all.stdout).toContain('warning SELECT.NOTHING');
  }, 30_000);

  test('a selection that has something is good also when there is nothing to do for it', async () => {
    expect((await apply()).code).toBe(0);
    expect((await apply('--select', 'group:ml_team')).code).toBe(0);
    expect((await apply('--select', 'action:delete')).code).toBe(0);
  }, 60_000);

  test('N004 what a destroy cannot know keeps it from destroying', async () => {
    await apply();
    world.workspace.clearRequests();
    const ran = await world.dpo('destroy', '--confirm', 'local', '--exclude', 'group:ml_team');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("'group:ml_team' is not known to a destroy");
    expect(world.writes()).toEqual([]);
    const kept = await world.dpo('destroy', '--confirm', 'local', '--exclude', 'table:churn');
    expect(kept.stdout).toContain('Destroyed 1 of 1');
  }, 60_000);

  test('import and state commands suggest the closest address', async () => {
    const imported = await world.dpo('import', 'prod.ml.churn');
    expect(imported.stderr).toContain("did you mean 'monitor:prod.ml.churn'?");
    await apply();
    for (const command of ['show', 'rm']) {
      // oxlint-disable-next-line no-await-in-loop
      const ran = await world.dpo('state', command, 'monitor:prod.ml.chrun');
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain("did you mean 'monitor:prod.ml.churn'?");
    }
    const refreshed = await world.dpo('refresh', 'prod.ml.chrun');
    expect(refreshed.stderr).toContain("did you mean 'prod.ml.churn'?");
  }, 60_000);
});
