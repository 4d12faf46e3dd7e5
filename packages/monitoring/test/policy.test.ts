import { describe, expect, test } from '@jest/globals';
import { brief, churn, desireOf, tableOf, type Catalog } from './support.ts';

/** Line 3 is the policy, line 5 the table. */
const config = (policy: string, settings = 'profile_type: SNAPSHOT', rest = ''): string =>
  `policy: {${policy}}\nmonitored_tables:\n  ${churn}: {${settings}}\n${rest}`;

const model =
  'prediction_column: prediction, timestamp_column: ts, label_column: actual_label, model_id_column: id, problem_type: CLASSIFICATION';

function found(text: string, catalog?: Catalog): readonly string[] {
  return desireOf(text, catalog)
    .problems.filter(({ code }) => code.startsWith('POLICY.'))
    .map(brief);
}

const tagged = (tags: Readonly<Record<string, string>>): Catalog => [tableOf({ tags })];
const sentence = "policy required_tags: 'prod.ml.churn' has no tag and no setting 'owner'";

describe('policy at plan', () => {
  test('U120 T38 U124 a required tag is one of the table, or a setting of that name', () => {
    const rule = 'required_tags: [owner]';
    expect(found(config(rule))).toEqual([`dpo.yaml:5:3 error POLICY.REQUIRED_TAGS: ${sentence}`]);
    expect(found(config(rule), tagged({ owner: '' }))).toEqual([]);
    expect(found(config(rule), tagged({ Owner: 'x' }))).toHaveLength(1);
    expect(found(config(rule, 'profile_type: SNAPSHOT, owner: pricing'))).toEqual([]);
    expect(found(config(`${rule}, levels: {required_tags: warn}`))).toEqual([
      `dpo.yaml:5:3 warning POLICY.REQUIRED_TAGS: ${sentence}`,
    ]);
  });

  test('a breach names the monitor, and leaves it in the plan that is refused', () => {
    const desired = desireOf(config('required_tags: [owner]'));
    expect(desired.problems).toEqual([expect.objectContaining({ address: `monitor:${churn}`, severity: 'error' })]);
    expect(desired.resources.map(({ address }) => address)).toContain(`monitor:${churn}`);
  });

  test('U121 T39 the table as it is resolved counts: a tag may give the baseline, or the profile type that needs one', () => {
    const rule = 'require_baseline: true';
    const base = tableOf({ fullName: 'prod.ml.base' });
    const breach = `dpo.yaml:5:3 error POLICY.REQUIRE_BASELINE: policy require_baseline: 'prod.ml.churn' is profiled as INFERENCE and has no 'baseline_table_name'`;
    expect(found(config(rule, model))).toEqual([breach]);
    expect(
      found(config(rule, model), [tableOf({ tags: { monitor_baseline_table_name: 'prod.ml.base' } }), base]),
    ).toEqual([]);
    const open = config(rule, model, 'profile_defaults: {profile_type: SNAPSHOT}\n');
    expect(found(open)).toEqual([]);
    expect(found(open, tagged({ monitor_profile_type: 'INFERENCE' }))).toEqual([breach]);
  });

  test('U122 slices of a tag count, a slice whose column is missing does not', () => {
    const rule = 'require_slicing: true';
    expect(found(config(rule), tagged({ monitor_slicing_exprs: 'id' }))).toEqual([]);
    expect(found(config(rule, 'profile_type: SNAPSHOT, slicing_exprs: [nope]'))).toHaveLength(1);
  });

  test('what the file decides is told once, where it stands', () => {
    expect(found(config("forbidden_patterns: ['churn$'], max_tables_per_config: 1"))).toEqual([
      "dpo.yaml:5:3 error POLICY.FORBIDDEN_PATTERNS: policy forbidden_patterns: 'prod.ml.churn' matches 'churn$'",
    ]);
    const two = config('max_tables_per_config: 1', 'profile_type: SNAPSHOT', '  prod.ml.b: {profile_type: SNAPSHOT}\n');
    expect(found(two, [tableOf(), tableOf({ fullName: 'prod.ml.b' })])).toEqual([
      'dpo.yaml:3:33 error POLICY.MAX_TABLES_PER_CONFIG: policy max_tables_per_config: the config profiles 2 tables, at most 1 is allowed',
    ]);
  });

  test('of a table that cannot be resolved the file decides, and no tag of it is missing', () => {
    const absent = { name: churn, finding: { status: 'absent' } } as const;
    expect(found(config('require_slicing: true, required_tags: [owner]'), [absent])).toEqual([
      "dpo.yaml:5:3 error POLICY.REQUIRE_SLICING: policy require_slicing: 'prod.ml.churn' has no 'slicing_exprs'",
    ]);
  });

  test('an exemption holds here too, and notes of exemptions are told once', () => {
    const exemption = (until: string): string =>
      config(
        `required_tags: [owner], exemptions: [{rule: required_tags, tables: ['prod.ml.*'], reason: r, until: ${until}}]`,
      );
    expect(found(exemption('2027-01-01'))).toEqual([]);
    expect(
      found(exemption('2026-12-31')).map((line) => line.split(':').slice(0, 4).join(':').replace(/:\d+ /, ' ')),
    ).toEqual([
      "dpo.yaml:3 warning POLICY.EXEMPTION_EXPIRED: the exemption from 'required_tags' of 'prod.ml.*' ended on 2026-12-31",
      `dpo.yaml:5 error POLICY.REQUIRED_TAGS: policy required_tags`,
    ]);
  });
});
