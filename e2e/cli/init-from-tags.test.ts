import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const seed = `
catalogs:
  prod:
    schemas:
      sales:
        tables:
          orders: { sql: "SELECT 1 AS id", tags: { monitor_enabled: "true", owner: shop } }
          returns: { sql: "SELECT 1 AS id", tags: { monitor_enabled: "false" } }
          stores: { sql: "SELECT 1 AS id", tags: { team: "it's; DROP" } }
      tmp_sales:
        tables:
          orders: { sql: "SELECT 1 AS id", tags: { monitor_enabled: "true" } }
      global_monitoring: {}
`;
const fromTags = ['init', '--from-tags', '--catalog', 'prod', '--project', 'shop', '--workspace', 'local', '--yes'];

describe('dpo init --from-tags', () => {
  let world: SmallWorld;
  beforeEach(async () => {
    world = await createSmallWorld();
    await world.write('tagged.yaml', seed);
    await world.workspace.seed(join(world.home, 'tagged.yaml'));
    world.workspace.clearRequests();
  });
  afterEach(async () => world.close());

  test('R021 lists the tables that carry the tag, with it, but for those of schemas that are left out', async () => {
    const ran = await world.dpo(...fromTags, '--explicit');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stderr).toBe("looking for tables of prod with the tag monitor_enabled = 'true'\n  prod.sales.orders\n");
    expect(ran.stdout).toContain('created, 1 table\n');
    expect(await world.read('dpo.yaml')).toContain("  prod.sales.orders: {} # tag monitor_enabled = 'true'\n");
    expect(await world.dpo('validate')).toMatchObject({ code: 0 });
    const planned = await world.dpo('plan', '--workspace', 'local');
    expect(planned.stdout).toContain('prod.sales.orders');
    expect(planned.stdout).toContain('create 7');
  }, 60_000);

  test('R022 without --explicit the tag is what finds them', async () => {
    const ran = await world.dpo(...fromTags, '--json');
    expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'ok', found: ['prod.sales.orders'], tables: 0 });
    const text = await world.read('dpo.yaml');
    expect(text).toContain('include_tagged_tables: true\ndiscovery:\n  include_tags:\n    monitor_enabled: "true"\n');
    expect(await world.dpo('validate')).toMatchObject({ code: 0 });
    const planned = await world.dpo('plan', '--workspace', 'local');
    expect(planned.stdout).toContain('prod.sales.orders');
    expect(planned.stdout).not.toContain('tmp_sales');
  }, 60_000);

  test('one statement and one list, and the value of the tag stays a value', async () => {
    const ran = await world.dpo(...fromTags, '--tag', "team=it's; DROP", '--explicit');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stderr).toContain('  prod.sales.stores\n');
    const asked = world.workspace.requests().map(({ method, path }) => `${method} ${path.split('?')[0] ?? ''}`);
    expect(asked).toEqual(['POST /api/2.0/sql/statements', 'GET /api/2.1/unity-catalog/tables']);
  }, 60_000);

  test('ruling 44 views of another owner in global_monitoring lead to a schema of our own', async () => {
    const view = (owner: string): string =>
      `CREATE OR REPLACE VIEW prod.global_monitoring.unified TBLPROPERTIES ('dpo.owner' = 'dpo:${owner}/prod') AS SELECT 1 AS a`;
    await world.dpo('local', 'sql', view('shop'));
    await world.dpo(...fromTags, '--explicit');
    expect(await world.read('dpo.yaml')).not.toContain('observability_schema');
    await world.dpo('local', 'sql', view('pricing'));
    await world.dpo(...fromTags, '--explicit', '--force');
    expect(await world.read('dpo.yaml')).toContain('\nobservability_schema: shop_monitoring\n');
    expect(await world.dpo('validate')).toMatchObject({ code: 0 });
  }, 60_000);

  test.each([
    [['--tag', 'monitor_enabled=yes'], 'INIT.NOTHING_FOUND', "no table of 'prod' that you may see carries the tag"],
    [['--tag', 'monitor_enabled'], 'USAGE', "--tag: 'monitor_enabled' is not a tag"],
    [['--table', 'prod.ml.churn'], 'USAGE', 'cannot also be provided when using --table'],
    [['--from', 'old.yaml'], 'USAGE', 'cannot also be provided when using --from'],
  ])(
    '%j ends with the reason, and nothing is written',
    async (flags, code, message) => {
      const ran = await world.dpo(...fromTags, ...flags, '--json');
      expect(ran.code).toBe(1);
      expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'error', problems: [{ code }] });
      expect(ran.stdout).toContain(message);
      expect(await readdir(world.home)).toEqual(['.dpo', 'tagged.yaml', 'workspace.yaml']);
    },
    60_000,
  );

  test('C25 a workspace that nobody names is an error, and nothing is written', async () => {
    const ran = await world.dpo('init', '--from-tags', '--catalog', 'prod', '--yes');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('error AUTH.');
    expect(await readdir(world.home)).not.toContain('dpo.yaml');
  }, 60_000);
});
