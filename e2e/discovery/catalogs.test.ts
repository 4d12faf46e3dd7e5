import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTaggedWorld, monitorsIn, planIn, type TaggedWorld } from './tagged-world.ts';

const config = `catalog_name: prod
project: shop
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
`;

describe('W001 several catalogs', () => {
  let world: TaggedWorld;
  beforeEach(async () => {
    world = await createTaggedWorld();
  }, 60_000);
  afterEach(async () => world.close());

  const plan = async (text: string, ...args: readonly string[]): ReturnType<TaggedWorld['dpo']> => {
    await world.write('dpo.yaml', config + text);
    return world.dpo('plan', '--json', ...args);
  };

  test('tags find tables in all of them, and all write into the schema of catalog_name', async () => {
    const ran = await plan(
      'catalogs: [sales]\ninclude_tagged_tables: true\ndiscovery: { include_schemas: [ml, shop] }\n',
    );
    expect(monitorsIn(ran)).toEqual(['create prod.ml.important', 'create prod.ml.tagged', 'create sales.shop.carts']);
    expect(planIn(ran).ops.filter(({ address }) => address.startsWith('schema:'))).toMatchObject([
      { address: 'schema:prod.out' },
    ]);
  }, 60_000);

  test('one plan, one state, and nothing to do the second time, with outputs in another catalog', async () => {
    await world.write(
      'dpo.yaml',
      `${config}catalogs: ["sal*"]\noutput_catalog: sales\ninclude_tagged_tables: true\ndiscovery: { include_schemas: [ml, shop] }\n`,
    );
    expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
    world.requests();
    const again = await world.dpo('plan', '--json');
    expect([planIn(again).ops, planIn(again).unchanged]).toEqual([[], 4]);
    expect(world.requests()).toEqual([
      '1 GET /api/2.0/preview/scim/v2/Me',
      // Whether a statement is going to start it.
      '1 GET /api/2.0/sql/warehouses/local0000warehouse',
      '1 GET /api/2.1/unity-catalog/catalogs',
      '1 GET /api/2.1/unity-catalog/current-metastore-assignment',
      '1 GET /api/2.1/unity-catalog/schemas/sales.out',
      // Two schemas with a match, and the output schema, of which it is told whether it is empty.
      '3 GET /api/2.1/unity-catalog/tables',
      '3 GET /api/data-quality/v1/monitors/table/{id}',
      '5 POST /api/2.0/sql/statements',
    ]);
    expect((await world.dpo('destroy', '--confirm', 'local')).code).toBe(0);
  }, 60_000);

  test('patterns over catalogs, and a catalog that no pattern is about is not read', async () => {
    const ran = await plan("catalogs: [sales]\nmonitored_tables: { 'sales.sh*.*': {} }\n");
    expect(monitorsIn(ran)).toEqual(['create sales.shop.carts']);
    const statements = world.workspace
      .requests()
      .flatMap(({ body }) => (body as { statement?: string } | undefined)?.statement ?? []);
    expect(statements).toHaveLength(3);
    expect(statements.join('\n')).not.toContain('`prod`');
  }, 60_000);

  test('listed tables may be in any of them', async () => {
    const ran = await plan('catalogs: [sales]\nmonitored_tables: { prod.ml.tagged: {}, sales.shop.carts: {} }\n');
    expect(monitorsIn(ran)).toEqual(['create prod.ml.tagged', 'create sales.shop.carts']);
    const refused = await plan('monitored_tables: { prod.ml.tagged: {}, sales.shop.carts: {} }\n');
    expect(refused.code).toBe(1);
    expect(refused.stdout + refused.stderr).toContain('CONFIG.WRONG_CATALOG');
  }, 60_000);
});
