import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

const config = (tables: string, more = ''): string => `project: checks
catalog_name: prod
mode: bulk_provision_only
targets: { local: { workspace: local } }
profile_defaults: { profile_type: SNAPSHOT, schedule: ~, max_slicing_cardinality: 1 }
${more}monitored_tables: { ${tables} }
`;

interface Answer {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly status: string }[];
  readonly problems: readonly { readonly code: string }[];
}

describe('what a workspace says to a config', () => {
  let world: SmallWorld;
  beforeAll(async () => {
    world = await createSmallWorld();
  });
  afterAll(async () => world.close());

  const statements = (): readonly string[] =>
    world.workspace
      .requests()
      .filter(({ method, path }) => method === 'POST' && path.startsWith('/api/2.0/sql/statements'))
      .map(({ body }) => JSON.stringify(body ?? ''));

  test('U002 validate --check-workspace checks warehouse, tables, tags and functions, and writes nothing', async () => {
    const policy = 'policy: { required_tags: [owner] }\n';
    const function_ =
      'objective_functions: { f: { uc_function_name: prod.ml.nope, metric: { name: m, metric_type: aggregate, input_columns: [":table"], definition: "count(1)" } } }\n';
    const tables = 'prod.ml.gone: {}, prod.ml.orders: { objective_function_ids: [f], slicing_exprs: [region] }';
    await world.write('dpo.yaml', config(tables, policy + function_));
    const before = await world.stateFiles();
    world.workspace.clearRequests();
    const ran = await world.dpo('validate', '--check-workspace', '--json');
    const { status, checks, problems } = JSON.parse(ran.stdout) as Answer;
    expect([ran.code, status]).toEqual([1, 'error']);
    expect(checks.slice(-5).map((check) => `${check.name}: ${check.status}`)).toEqual([
      'connection: passed',
      'warehouse: passed',
      'workspace tables: failed',
      'tags: failed',
      'functions: failed',
    ]);
    expect(problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['CATALOG.TABLE_NOT_FOUND', 'POLICY.REQUIRED_TAGS', 'CATALOG.FUNCTION_NOT_FOUND']),
    );
    expect(statements().filter((text) => text.includes('approx_count_distinct'))).toEqual([]);
    expect([world.writes(), await world.stateFiles()]).toEqual([[], before]);
  });

  test('U062 ruling 40 a slice is counted once; growth of the data changes no plan, --recount does', async () => {
    await world.write('dpo.yaml', config('prod.ml.orders: { slicing_exprs: [region] }'));
    expect(await world.dpo('apply', '--auto-approve')).toMatchObject({ code: 0 });
    expect(await world.read('state/local.json')).toContain('"decisions":{"slices":{"region":1}}');
    const insert = "INSERT INTO prod.ml.orders VALUES (2, 'us', TIMESTAMP '2026-01-02')";
    expect(await world.dpo('local', 'sql', insert)).toMatchObject({ code: 0 });
    world.workspace.clearRequests();
    expect((await world.dpo('plan', '--detailed-exitcode')).code).toBe(0);
    expect(statements().filter((text) => text.includes('approx_count_distinct'))).toEqual([]);
    const again = await world.dpo('plan', '--recount', '--detailed-exitcode');
    expect(again.code).toBe(2);
    expect(statements().filter((text) => text.includes('approx_count_distinct'))).toHaveLength(1);
    expect(again.stdout).toContain("slice 'region' of prod.ml.orders is left out: it has about 2 values");
  });
});
