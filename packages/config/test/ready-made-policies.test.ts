import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { lintConfig, loadConfig, readIncluded, type LoadedConfig } from '../src/index.ts';
import { brief, example, load, placed } from './support.ts';

const policyFile = (name: string): string =>
  readFileSync(new URL(`../../../examples/policies/${name}`, import.meta.url), 'utf8');

/** A config that includes one of the files, from the folder `conf`. */
async function withPolicy(name: string, text: string): Promise<LoadedConfig> {
  const root = { file: 'conf/dpo.yaml', text: `include: [policies/${name}]\n${text}` };
  const included = await readIncluded(root, {
    read: async (path) => (path === `conf/policies/${name}` ? policyFile(name) : Promise.reject(new TypeError(path))),
    find: async () => [],
  });
  return loadConfig({ ...root, included, environment: {}, today: '2027-01-01' });
}

/** Lines 2 to 4; the tables follow from line 6 on. */
const head = 'catalog_name: prod\nwarehouse_id: w\nmode: bulk_provision_only\nmonitored_tables:\n';
const model =
  'profile_type: INFERENCE, prediction_column: p, timestamp_column: t, model_id_column: m, label_column: l, owner: o';

describe('U125 ready-made policies', () => {
  test('the default one warns', async () => {
    const loaded = await withPolicy(
      'default.yaml',
      `${head}  prod.ml.churn: {${model}}\n  prod.tmp.a: {profile_type: SNAPSHOT}\n`,
    );
    expect(loaded.problems.map(placed)).toEqual([
      'conf/dpo.yaml:6:3 warning POLICY.REQUIRE_BASELINE',
      'conf/dpo.yaml:7:3 warning POLICY.FORBIDDEN_PATTERNS',
    ]);
    expect(loaded.policy.atPlan).toEqual([{ rule: 'required_tags', reason: 'the tags of 1 table are read then' }]);
  });

  test('the strict one denies, lints too', async () => {
    const loaded = await withPolicy(
      'strict.yaml',
      `${head}  prod.ml.churn_20270101: {${model}}\n  prod.2ml.a: {profile_type: SNAPSHOT, slicing_exprs: [r]}\n`,
    );
    expect(loaded.problems.map(placed)).toEqual([
      'conf/dpo.yaml:6:3 POLICY.FORBIDDEN_PATTERNS',
      'conf/dpo.yaml:6:3 POLICY.REQUIRE_BASELINE',
      'conf/dpo.yaml:6:3 POLICY.REQUIRE_SLICING',
      'conf/dpo.yaml:7:3 POLICY.NAMING_PATTERNS',
    ]);
    expect(lintConfig(loaded).map(placed)).toEqual([
      'conf/dpo.yaml:1:1 LINT.SHARED_FOLDER',
      'conf/dpo.yaml:5:1 LINT.NO_SCHEDULE',
    ]);
  });

  test('exemptions of the config join the rules of the file', async () => {
    const exemptions =
      'policy: {exemptions: [{rule: require_baseline, tables: [prod.ml.churn], reason: r, until: 2027-01-01}]}\n';
    const loaded = await withPolicy('default.yaml', `${exemptions}${head}  prod.ml.churn: {${model}}\n`);
    expect(loaded.problems).toEqual([]);
  });

  test('an orderly config keeps both', async () => {
    const table = `${model}, department: d, runbook_url: u, slicing_exprs: [r], baseline_table_name: prod.ml.base`;
    const settings =
      "project: p\ndashboard_parent_path: /Workspace/p\nprofile_defaults: {schedule: '0 0 6 * * ?', failure_notifications: [a@b.c]}\n";
    for (const name of ['default.yaml', 'strict.yaml']) {
      const loaded = await withPolicy(name, `${settings}${head}  prod.ml.churn: {${table}}\n`);
      const found = [...loaded.problems, ...lintConfig(loaded)];
      expect([name, found]).toEqual([name, []]);
      expect(loaded.policy.atPlan).toEqual([]);
    }
  });
});

describe('the example with everything in it', () => {
  test('U039 is told its breaches, as far as the file decides them', () => {
    const loaded = load(example('policy.yaml'), { today: '2027-03-31' });
    const found = loaded.problems.map(brief);
    expect(found).toEqual(['46:3 warning POLICY.REQUIRE_SLICING']);
    expect(loaded.policy.atPlan).toEqual([{ rule: 'required_tags', reason: 'the tags of 1 table are read then' }]);
    expect(lintConfig(loaded).map(brief)).toEqual(['23:15 note POLICY.EXEMPTION_UNUSED']);
  });

  test('on the day after, one exemption is over', () => {
    const { problems } = load(example('policy.yaml'), { today: '2027-04-01' });
    expect(problems.filter(({ code }) => code.startsWith('POLICY.')).map(brief)).toEqual([
      '22:14 warning POLICY.EXEMPTION_EXPIRED',
      '38:3 POLICY.REQUIRE_BASELINE',
      '46:3 warning POLICY.REQUIRE_SLICING',
    ]);
  });
});
