import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTaggedWorld, monitorsIn, planIn, type TaggedWorld } from './tagged-world.ts';

const config = `catalog_name: prod
project: shop
warehouse_id: local0000warehouse
targets: { local: { workspace: local, mode: bulk_provision_only } }
profile_defaults: { profile_type: SNAPSHOT, output_schema_name: out }
include_tagged_tables: true
discovery: { exclude_schemas: [tmp_*] }
stale_monitor_days: 7
`;

interface Covered {
  readonly status: string;
  readonly coverage: number;
  readonly summary: Readonly<Record<string, number>>;
  readonly unmonitored: readonly { readonly table: string; readonly reason: string }[];
  readonly never_refreshed: readonly { readonly table: string }[];
  readonly orphans: readonly unknown[];
  readonly catalog?: unknown;
  readonly problems: readonly { readonly message: string }[];
}

describe('what is monitored', () => {
  let world: TaggedWorld;
  beforeAll(async () => {
    world = await createTaggedWorld();
    await world.write('dpo.yaml', config);
    expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
    world.workspace.clearRequests();
  }, 60_000);
  afterAll(async () => world.close());

  const measured = async (...args: readonly string[]): Promise<Covered> =>
    JSON.parse((await world.dpo('coverage', '--json', ...args)).stdout) as Covered;

  test('U005 F02 U126 U132 it takes one read of each eligible table, one of each history, and pages', async () => {
    world.requests();
    const found = await measured();
    const requests = world.requests();
    expect(found.unmonitored.map(({ table, reason }) => `${table} ${reason}`)).toEqual([
      'prod.inherited.heir not_tagged',
      'prod.inherited.opted_out excluded',
      'prod.ml.churn not_tagged',
      'prod.ml.churn_baseline not_tagged',
      'prod.ml.churn_predictions not_tagged',
      'prod.ml.faulty skipped',
      'prod.ml.fraud_detection not_tagged',
      'prod.ml.orders not_tagged',
      'prod.ml.wrong_value excluded',
    ]);
    expect(found.summary).toMatchObject({ eligible: 11, monitored: 2, never_refreshed: 2, schemas_left_out: 1 });
    expect(found.coverage).toBeCloseTo(2 / 11);
    expect(requests).toEqual([
      '1 GET /api/2.0/preview/scim/v2/Me',
      '1 GET /api/2.0/sql/warehouses/local0000warehouse',
      '1 GET /api/2.0/workspace/list',
      '1 GET /api/2.1/unity-catalog/current-metastore-assignment',
      '1 GET /api/2.1/unity-catalog/schemas',
      '1 GET /api/data-quality/v1/monitors',
      '11 GET /api/data-quality/v1/monitors/table/{id}',
      '2 GET /api/data-quality/v1/monitors/table/{id}/refreshes',
      '3 POST /api/2.0/sql/statements',
      '5 GET /api/2.1/unity-catalog/tables',
    ]);
  }, 60_000);

  test('U133 U145 C04 C21 a minimum that is missed is exit 2 and names the tables; the text says what the JSON says', async () => {
    const missed = await world.dpo('coverage', 'dpo.yaml', '--min', '90%');
    expect(missed.code).toBe(2);
    expect(missed.stdout).toContain('Coverage 18.2%  2 of 11 eligible tables');
    expect(missed.stdout).toContain('prod.ml.wrong_value');
    expect(missed.stdout).toContain('Minimum 90%  missed by 8 tables');
    expect((await world.dpo('coverage', '--min', '0.18')).code).toBe(0);
    expect((await world.dpo('coverage', '--min', '90')).code).toBe(1);
    expect(world.writes()).toEqual([]);
  }, 60_000);

  test('W021 a snapshot saves statements and pages, tells its age, and never causes a delete', async () => {
    const file = join(world.home, 'snap.json');
    const plan = (...args: readonly string[]): ReturnType<TaggedWorld['dpo']> =>
      world.dpo('plan', '--json', '--catalog-snapshot', file, ...args);
    world.requests();
    const first = planIn(await plan());
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const before = world.requests();
    const second = planIn(await plan());
    const reads = (lines: readonly string[]): readonly string[] =>
      lines.filter((line) => /statements|unity-catalog\/tables/u.test(line));
    // Tags of columns, which keep personal data out of slices, are read every time; so is what the output schema holds.
    expect([reads(before), reads(world.requests())]).toEqual([
      ['2 GET /api/2.1/unity-catalog/tables', '3 POST /api/2.0/sql/statements'],
      ['1 GET /api/2.1/unity-catalog/tables', '1 POST /api/2.0/sql/statements'],
    ]);
    expect({ ...second, catalog: undefined, digest: undefined }).toEqual({
      ...first,
      catalog: undefined,
      digest: undefined,
    });
    expect((await world.dpo('plan', '--catalog-snapshot', file)).stdout).toMatch(/tables and columns are \d+ s old/u);
    expect((await measured('--catalog-snapshot', file)).catalog).toBeDefined();
    // Kept while the tag was missing, then set again: the file says that the table is gone.
    await world.sql("ALTER TABLE prod.ml.important UNSET TAGS ('monitor_enabled')");
    expect(monitorsIn(await plan('--max-age', '0'))).toEqual(['delete prod.ml.important']);
    await world.sql("ALTER TABLE prod.ml.important SET TAGS ('monitor_enabled' = 'true')");
    const third = await plan();
    expect(monitorsIn(third)).toEqual([]);
    expect(planIn(third).problems.map(({ message }) => message)).toContain(
      `the catalog was read anew: snapshot '${file}' does not find prod.ml.important, which is managed`,
    );
    expect((await plan('--catalog-snapshot', 'dpo.yaml')).code).toBe(1);
    expect(await world.read('dpo.yaml')).toBe(config);
    await writeFile(file, (await world.read('snap.json')).slice(0, -9));
    expect(planIn(await plan()).problems.map(({ message }) => message)).toContain(
      `the catalog was read anew: snapshot '${file}' is damaged`,
    );
  }, 120_000);
});
