import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTaggedWorld, monitorsIn, planIn, type TaggedWorld } from './tagged-world.ts';

const head = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
`;
const byTags = `${head}include_tagged_tables: true\ndiscovery: { exclude_schemas: [tmp_*] }\n`;
const readme = async (name: string): Promise<string> =>
  readFile(fileURLToPath(new URL(`../../packages/config/test/examples/${name}`, import.meta.url)), 'utf8');

describe('tables that tags find', () => {
  let world: TaggedWorld;
  beforeEach(async () => {
    world = await createTaggedWorld();
  }, 60_000);
  afterEach(async () => world.close());

  const plan = async (config: string, ...args: readonly string[]): ReturnType<TaggedWorld['dpo']> => {
    await world.write('dpo.yaml', config);
    return world.dpo('plan', '--json', ...args);
  };

  test('R003 R021 R024 U052 U054 what carries the tag and can be profiled is planned, the rest is skipped with a reason', async () => {
    const ran = await plan(byTags);
    expect(ran.code).toBe(0);
    expect(monitorsIn(ran)).toEqual(['create prod.ml.important', 'create prod.ml.tagged']);
    expect(planIn(ran).skipped).toEqual([
      {
        address: 'monitor:prod.ml.faulty',
        code: 'CATALOG.TAG_VALUE',
        reason:
          "tag 'monitor_profile_type' of prod.ml.faulty is 'snapshot', not one of INFERENCE, SNAPSHOT, TIMESERIES",
      },
      {
        address: 'monitor:prod.ml.foreign_one',
        code: 'CATALOG.UNSUPPORTED_TYPE',
        reason: 'prod.ml.foreign_one is of type FOREIGN, which cannot be profiled',
      },
    ]);
    expect(planIn(ran).ops.find(({ address }) => address.endsWith('important'))?.spec?.['slicing_exprs']).toEqual([
      'region',
    ]);
  }, 60_000);

  test('C12 on_invalid_table: error makes a found table that is faulty fail the plan', async () => {
    const ran = await plan(`${byTags}on_invalid_table: error\n`);
    expect(ran.code).toBe(1);
    expect(planIn(ran).problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['CATALOG.TAG_VALUE', 'CATALOG.UNSUPPORTED_TYPE']),
    );
  }, 60_000);

  test('C09 tags of the schema count when asked for, and say where they come from', async () => {
    const config = byTags.replace('discovery: {', 'discovery: { inherit_tags: true,');
    const ran = await plan(config);
    expect(monitorsIn(ran)).toEqual([
      'create prod.inherited.heir',
      'create prod.ml.important',
      'create prod.ml.tagged',
    ]);
    const heir = planIn(ran).ops.find(({ address }) => address.endsWith('heir'));
    expect(heir?.from).toEqual({ tag: 'prod.inherited#monitor_enabled' });
    const selected = await plan(config, '--select', 'group:heirs');
    expect(monitorsIn(selected)).toEqual(['create prod.inherited.heir']);
  }, 60_000);

  test('R023 U054 every tag must match; U018 U056 schemas are included first, then excluded', async () => {
    const discover = (discovery: string): string => `${head}include_tagged_tables: true\ndiscovery: ${discovery}\n`;
    const two = await plan(discover('{ include_tags: { monitor_enabled: "true", team: core } }'));
    expect(monitorsIn(two)).toEqual(['create prod.ml.tagged']);
    const only = await plan(discover('{ include_schemas: ["TMP_*"], exclude_schemas: [] }'));
    expect(monitorsIn(only)).toEqual(['create prod.tmp_work.scratch']);
    const none = await plan(discover('{ include_schemas: ["tmp_*"] }'));
    expect(monitorsIn(none)).toEqual([]);
  }, 60_000);

  test('R027 R028 R030 hybrid: the entry of a table wins over its tags, field by field, and it is there once', async () => {
    const entry = 'monitored_tables:\n  prod.ml.important: { monitor_group: mine }\n  prod.ml.orders: {}\n';
    const ran = await plan(byTags + entry);
    expect(monitorsIn(ran)).toEqual(['create prod.ml.important', 'create prod.ml.orders', 'create prod.ml.tagged']);
    expect(planIn(ran).ops.find(({ address }) => address.endsWith('important'))?.spec?.['slicing_exprs']).toEqual([
      'region',
    ]);
    const mine = await plan(byTags + entry, '--select', 'group:mine');
    expect(monitorsIn(mine)).toEqual(['create prod.ml.important']);
  }, 60_000);

  test('C17 enabled: false takes a found table out, and what is managed of it is a guarded delete', async () => {
    await world.write('dpo.yaml', byTags);
    expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
    const ran = await plan(`${byTags}monitored_tables:\n  prod.ml.t*: { enabled: false }\n`);
    expect(monitorsIn(ran)).toEqual(['delete prod.ml.tagged']);
  }, 60_000);

  test('R026 R029 the second and third example of the README are planned as they are', async () => {
    for (const setting of ['model_id_column', 'prediction_column', 'label_column', 'timestamp_column']) {
      const column = { model_id_column: 'model', prediction_column: 'churn_probability' }[setting] ?? 'timestamp';
      const tags = `'monitor_enabled' = 'true', 'monitor_${setting}' = '${setting === 'label_column' ? 'churned' : column}'`;
      // oxlint-disable-next-line no-await-in-loop
      await world.sql(`ALTER TABLE prod.ml.churn_predictions SET TAGS (${tags})`);
    }
    for (const name of ['readme-2.yaml', 'readme-3.yaml']) {
      // oxlint-disable-next-line no-await-in-loop
      const ran = await plan(await readme(name), '--workspace', 'local');
      expect([ran.code, monitorsIn(ran)]).toEqual([0, ['create prod.ml.churn_predictions']]);
    }
  }, 60_000);

  test('ruling 27: an apply, then nothing to do, with a number of requests that tables do not add to', async () => {
    await world.write('dpo.yaml', byTags);
    expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
    world.requests();
    const ran = await world.dpo('plan', '--json');
    expect([planIn(ran).ops, planIn(ran).unchanged]).toEqual([[], 3]);
    expect(world.requests()).toEqual([
      '1 GET /api/2.0/preview/scim/v2/Me',
      '1 GET /api/2.0/sql/warehouses/local0000warehouse',
      '1 GET /api/2.1/unity-catalog/current-metastore-assignment',
      '1 GET /api/2.1/unity-catalog/schemas/prod.out',
      '2 GET /api/2.1/unity-catalog/tables',
      '2 GET /api/data-quality/v1/monitors/table/{id}',
      '3 POST /api/2.0/sql/statements',
    ]);
    const told = await world.dpo('plan');
    expect(told.stderr).toContain('planned with 11 requests, of them 3 SQL statements');
    expect((await world.dpo('destroy', '--confirm', 'local')).code).toBe(0);
    expect((await world.stateFiles()).some((line) => line.includes('monitor:'))).toBe(true);
  }, 60_000);

  test('D009 a lost state: destroy finds the monitors of found tables by their marker', async () => {
    await world.write('dpo.yaml', byTags);
    await world.dpo('apply', '--auto-approve');
    const ran = await world.dpo('destroy', '--confirm', 'local', '--state', 'state/other.json', '--json');
    expect(ran.code).toBe(0);
    expect(world.writes().filter((write) => write.startsWith('DELETE /api/data-quality'))).toHaveLength(2);
  }, 60_000);

  test('without a warehouse discovery is one clear error, and listed tables go on', async () => {
    const env = { DATABRICKS_HOST: world.workspace.url, DATABRICKS_TOKEN: world.workspace.token };
    await world.write('dpo.yaml', byTags);
    const ran = await world.dpoWith(env, 'plan', '--target', 'local', '--host', world.workspace.url);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('CATALOG.WAREHOUSE_NEEDED');
    expect(ran.stderr).toContain("set 'warehouse_id'");
    await world.write('dpo.yaml', `${head}monitored_tables: { prod.ml.tagged: {} }\n`);
    const listed = await world.dpoWith(env, 'plan', '--target', 'local', '--host', world.workspace.url);
    expect(listed.code).toBe(0);
  }, 60_000);
});
