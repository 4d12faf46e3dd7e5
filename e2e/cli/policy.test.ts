import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSmallWorld, type SmallWorld } from '../support/small-world.ts';

/** Line 6 is the policy, line 8 the table. */
const config = (policy: string, settings = ''): string => `catalog_name: prod
project: shop
dashboard_parent_path: /Workspace/shop
mode: bulk_provision_only
targets: { local: { workspace: local, mode: bulk_provision_only } }
policy: { ${policy} }
monitored_tables:
  prod.ml.orders: { profile_type: SNAPSHOT${settings} }
`;

interface Told {
  readonly code: string;
  readonly severity: string;
  readonly place: { readonly start: { readonly line: number; readonly column: number } };
}

describe('policy and lint', () => {
  let world: SmallWorld;
  beforeAll(async () => {
    world = await createSmallWorld();
  }, 180_000);
  afterAll(async () => world.close());

  const told = async (...words: readonly string[]): Promise<{ code: number | null; problems: readonly string[] }> => {
    const ran = await world.dpo(...words, '--json');
    const { problems } = JSON.parse(ran.stdout) as { problems: readonly Told[] };
    return {
      code: ran.code,
      problems: problems
        .filter(({ code }) => /^(?:POLICY|LINT)\./u.test(code))
        .map(({ code, severity, place: { start } }) => `${start.line}:${start.column} ${severity} ${code}`),
    };
  };

  test('U124 U001 what the file decides ends validate and plan with 1, and nothing is written', async () => {
    await world.write('dpo.yaml', config('require_slicing: true', ', schedule: ~'));
    const before = world.writes();
    const breach = '8:3 error POLICY.REQUIRE_SLICING';
    expect(await told('validate')).toEqual({ code: 1, problems: [breach] });
    expect(await told('plan')).toEqual({ code: 1, problems: [breach] });
    const applied = await world.dpo('apply', '--auto-approve');
    expect(applied.code).toBe(1);
    expect(applied.stderr + applied.stdout).toContain(
      "policy require_slicing: 'prod.ml.orders' has no 'slicing_exprs'",
    );
    expect(world.writes()).toEqual(before);
  }, 180_000);

  test('ruling 58 a warning stops neither; lints are told by validate only', async () => {
    await world.write('dpo.yaml', config('require_slicing: true, levels: { require_slicing: warn }'));
    const breach = '8:3 warning POLICY.REQUIRE_SLICING';
    expect(await told('validate')).toEqual({ code: 0, problems: [breach, '8:3 warning LINT.NO_SCHEDULE'] });
    expect(await told('plan')).toEqual({ code: 0, problems: [breach] });
  }, 180_000);

  test('ruling 58 a lint that is denied ends validate and plan', async () => {
    await world.write('dpo.yaml', config('levels: { LINT.NO_SCHEDULE: deny }'));
    expect(await told('validate')).toEqual({ code: 1, problems: ['8:3 error LINT.NO_SCHEDULE'] });
    expect(await told('plan')).toEqual({ code: 1, problems: ['8:3 error LINT.NO_SCHEDULE'] });
  }, 180_000);

  test('T38 U120 a required tag is looked for by plan, on the table itself', async () => {
    await world.write('dpo.yaml', config('required_tags: [owner]', ', schedule: ~'));
    const validated = await world.dpo('validate', '--json');
    const atPlan = [{ rule: 'required_tags', reason: 'the tags of 1 table are read then' }];
    expect(JSON.parse(validated.stdout)).toMatchObject({ status: 'ok', problems: [], at_plan: atPlan });
    expect((await world.dpo('validate')).stdout).toContain('checked at plan: required_tags: the tags of 1 table');
    expect(await told('plan')).toEqual({ code: 1, problems: ['8:3 error POLICY.REQUIRED_TAGS'] });
    await world.dpo('local', 'sql', "ALTER TABLE prod.ml.orders SET TAGS ('owner' = 'shop')");
    expect(await told('plan')).toEqual({ code: 0, problems: [] });
  }, 180_000);

  test('an exemption that ended does not keep anybody from seeing what is managed, or from tearing it down', async () => {
    await world.write('dpo.yaml', config('', ', schedule: ~'));
    expect((await world.dpo('apply', '--auto-approve')).code).toBe(0);
    const exemption = '{ rule: require_slicing, tables: [prod.ml.orders], reason: r, until: 2020-01-01 }';
    await world.write('dpo.yaml', config(`require_slicing: true, exemptions: [${exemption}]`, ', schedule: ~'));
    expect(await told('plan')).toEqual({
      code: 1,
      problems: ['6:116 warning POLICY.EXEMPTION_EXPIRED', '8:3 error POLICY.REQUIRE_SLICING'],
    });
    expect((await world.dpo('state', 'list')).stdout).toMatch(/monitor +prod\.ml\.orders/u);
    // What the next apply makes of it is an error; what changed outside is told all the same.
    expect((await world.dpo('drift')).stdout).toContain('No drift');
    expect((await world.dpo('destroy', '--confirm', 'local')).code).toBe(0);
  }, 180_000);
});
