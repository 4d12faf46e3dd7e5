import { describe, expect, test } from '@jest/globals';
import { checkPolicy, policyCode, policyRules } from '../src/index.ts';
import { brief, head, load, problemsIn } from './support.ts';

/** Line 3 is `policy:`, line 4 its rules, line 5 `monitored_tables:`, the tables follow from line 6 on. */
function config(policy: string, tables: readonly string[], rest = ''): string {
  return `${head}policy:\n  ${policy}\nmonitored_tables:\n${tables.map((table) => `  ${table}\n`).join('')}${rest}`;
}

const snapshot = (name: string): string => `${name}: {profile_type: SNAPSHOT}`;
const complete = 'prediction_column: p, timestamp_column: t, model_id_column: m, label_column: l';
const inference = (name: string, more = ''): string => `${name}: {${complete}${more}}`;
const churn = snapshot('prod.ml.churn');

function found(text: string): string {
  return problemsIn(text).map(brief).join('|');
}

type Case = readonly [what: string, policy: string, tables: readonly string[], found: string, message?: string];

const names: readonly Case[] = [
  ['a name that matches one of two', 'naming_patterns: ["^dev", "\\\\.ml\\\\."]', [churn], ''],
  [
    'a name that matches none',
    'naming_patterns: ["^dev", "^stage"]',
    [churn],
    '6:3 POLICY.NAMING_PATTERNS',
    "policy naming_patterns: 'prod.ml.churn' matches none of '^dev' and '^stage'",
  ],
  [
    'more patterns than are told',
    'naming_patterns: [a1, a2, a3, a4, a5]',
    [churn],
    '6:3 POLICY.NAMING_PATTERNS',
    "policy naming_patterns: 'prod.ml.churn' matches none of 'a1', 'a2', 'a3' and 2 more",
  ],
  ['an empty list', 'naming_patterns: []', [churn], ''],
  ['a forbidden pattern that nothing matches', 'forbidden_patterns: [_tmp$]', [churn], ''],
  [
    'the second of two forbidden ones',
    'forbidden_patterns: [_bak$, _tmp$]',
    [churn, snapshot('prod.ml.a_tmp')],
    '7:3 POLICY.FORBIDDEN_PATTERNS',
    "policy forbidden_patterns: 'prod.ml.a_tmp' matches '_tmp$'",
  ],
  ['a name in other letters', 'naming_patterns: ["^prod"]', [snapshot('PROD.ml.Churn')], ''],
  [
    'a forbidden capital, which Unity Catalog does not keep',
    'forbidden_patterns: ["[A-Z]"]',
    [snapshot('PROD.ml.C')],
    '',
  ],
];

const contents: readonly Case[] = [
  [
    'U121 an inference table without a baseline',
    'require_baseline: true',
    [inference('prod.ml.a')],
    '6:3 POLICY.REQUIRE_BASELINE',
    "policy require_baseline: 'prod.ml.a' is profiled as INFERENCE and has no 'baseline_table_name'",
  ],
  ['U121 one with a baseline', 'require_baseline: true', [inference('prod.ml.a', ', baseline_table_name: a.b.c')], ''],
  ['T39 U121 another profile type of its own', 'require_baseline: true', [churn], ''],
  ['U121 the rule switched off', 'require_baseline: false', [inference('prod.ml.a')], ''],
  ['a disabled table', 'require_baseline: true', [inference('prod.ml.a', ', enabled: false'), churn], ''],
  [
    'U122 no slices',
    'require_slicing: true',
    [churn],
    '6:3 POLICY.REQUIRE_SLICING',
    "policy require_slicing: 'prod.ml.churn' has no 'slicing_exprs'",
  ],
  ['U122 slices of its own', 'require_slicing: true', ['prod.ml.a: {profile_type: SNAPSHOT, slicing_exprs: [r]}'], ''],
  [
    'U122 an empty list of its own',
    'require_slicing: true',
    ['prod.ml.a: {profile_type: SNAPSHOT, slicing_exprs: []}'],
    '6:3 POLICY.REQUIRE_SLICING',
  ],
  ['U123 as many tables as allowed', 'max_tables_per_config: 1', [churn], ''],
  [
    'U123 one more',
    'max_tables_per_config: 1',
    [churn, snapshot('prod.ml.b')],
    '4:26 POLICY.MAX_TABLES_PER_CONFIG',
    'policy max_tables_per_config: the config profiles 2 tables, at most 1 is allowed',
  ],
  ['U123 a disabled one more', 'max_tables_per_config: 1', [churn, 'prod.ml.b: {enabled: false}'], ''],
  ['U120 T38 a tag that only the plan can see', 'required_tags: [owner]', [churn], ''],
];

const values: readonly Case[] = [
  [
    'a pattern that is none',
    'naming_patterns: [ok, (]',
    [churn],
    '4:25 CONFIG.VALUE',
    "entry 2 of 'naming_patterns' is '(', which is no regular expression: missing closing ): `(`",
  ],
  [
    'lookaround',
    'forbidden_patterns: ["(?!prod)"]',
    [churn],
    '4:24 CONFIG.VALUE',
    "entry 1 of 'forbidden_patterns' is '(?!prod)', which is no regular expression: invalid or unsupported Perl syntax: `(?!`",
  ],
  ['a backreference', 'naming_patterns: ["(a)\\\\1"]', [churn], '4:21 CONFIG.VALUE'],
  ['a pattern that would be huge', 'naming_patterns: ["((a{100}){100}){100}"]', [churn], '4:21 CONFIG.VALUE'],
  ['a pattern that is too long', `naming_patterns: [${'a'.repeat(301)}]`, [churn], '4:21 CONFIG.RANGE'],
  ['an empty pattern', 'naming_patterns: [""]', [churn], '4:21 CONFIG.VALUE'],
  [
    'too many patterns',
    `naming_patterns: [${'a, '.repeat(51)}]`,
    [churn],
    '4:20 CONFIG.RANGE|6:3 POLICY.NAMING_PATTERNS',
  ],
  ['a number for a pattern', 'naming_patterns: [1]', [churn], '4:21 CONFIG.TYPE'],
  ['a tag twice', 'required_tags: [a, a]', [churn], '4:18 CONFIG.VALUE'],
  ['U039 nothing', 'levels:', [churn], ''],
  ['a level that does not exist', 'levels: {require_baseline: off}', [churn], '4:30 CONFIG.VALUE'],
  ['a rule that does not exist', 'levels: {require_base: warn}', [churn], '4:12 CONFIG.UNKNOWN_KEY'],
  ['a level of a lint', 'levels: {LINT.NO_BASELINE: off, LINT.SHARED_FOLDER: deny}', [churn], ''],
  ['a lint that does not exist', 'levels: {LINT.NO_BASE: off}', [churn], '4:12 CONFIG.UNKNOWN_KEY'],
];

const cases = [...names, ...contents, ...values].map(([what, policy, tables, expected, message]) => ({
  what,
  policy,
  tables,
  expected,
  message,
}));

describe('U118 to U124: rules that the file decides', () => {
  test.each(cases)('$what', ({ policy, tables, expected, message }) => {
    const text = config(policy, tables);
    expect(found(text)).toBe(expected);
    if (message !== undefined) expect(problemsIn(text).at(-1)?.message).toBe(message);
  });

  test('C10 U118 U119 a table that breaks two rules is told of both, with what to do', () => {
    const text = `${head}policy: {naming_patterns: [x], forbidden_patterns: [ml]}\nmonitored_tables: {${churn}}\n`;
    expect(problemsIn(text).map((problem) => [brief(problem), problem.hint])).toEqual([
      ['4:20 POLICY.FORBIDDEN_PATTERNS', 'take the table out, or exempt it under policy.exemptions'],
      ['4:20 POLICY.NAMING_PATTERNS', 'rename the table, add a pattern, or exempt it under policy.exemptions'],
    ]);
  });

  test('U122 the defaults slice every table without slices of its own', () => {
    const text = config('require_slicing: true', [churn], 'profile_defaults: {slicing_exprs: [region]}\n');
    expect(found(text)).toBe('');
  });

  test('T39 U121 the profile type of the defaults counts where a table has none', () => {
    const rest = 'profile_defaults: {profile_type: SNAPSHOT}\n';
    expect(found(config('require_baseline: true', ['prod.ml.a:'], rest))).toBe('');
    expect(found(config('require_baseline: true', [inference('prod.ml.a', ', profile_type: INFERENCE')], rest))).toBe(
      '6:3 POLICY.REQUIRE_BASELINE',
    );
  });

  test('ruling 58 warn is a warning, deny an error; without a level a rule denies', () => {
    const rule = (level: string): string => config(`require_slicing: true\n  levels: {${level}}`, [churn]);
    expect(found(rule('require_slicing: warn'))).toBe('7:3 warning POLICY.REQUIRE_SLICING');
    expect(found(rule('require_slicing: deny'))).toBe('7:3 POLICY.REQUIRE_SLICING');
    expect(found(rule('require_baseline: warn'))).toBe('7:3 POLICY.REQUIRE_SLICING');
  });

  test('a breach alone is no reason to refuse a file that must still be torn down; with another fault both are told', () => {
    const text = config('require_slicing: true', [churn]);
    expect(load(text).problems.map(brief)).toEqual(['6:3 POLICY.REQUIRE_SLICING']);
    expect(() => load(`${text}x: 1\n`)).toThrow(/POLICY.REQUIRE_SLICING[^]*CONFIG.UNKNOWN_KEY/);
  });

  test('a target overrides the policy key by key', () => {
    const targets =
      'targets:\n  dev: {policy: {levels: {require_slicing: warn}}}\n  free: {policy: {require_slicing: false}}\n';
    const text = config('require_slicing: true', [churn], targets);
    const of = (target: string): readonly string[] => problemsIn(text, { target }).map(brief);
    expect(of('dev')).toEqual(['6:3 warning POLICY.REQUIRE_SLICING']);
    expect(of('free')).toEqual([]);
  });

  test('every code is POLICY and the name of the rule', () => {
    expect(policyRules.map((rule) => policyCode(rule))).toEqual(
      policyRules.map((rule) => `POLICY.${rule.toUpperCase()}`),
    );
  });
});

describe('U120 T38 rules that wait for the plan', () => {
  const atPlan = (policy: string, tables: readonly string[], rest = ''): unknown =>
    load(config(policy, tables, rest)).policy.atPlan;

  test('ruling 58 tags that no setting of that name stands in for are read by the plan', () => {
    const tables = ['prod.ml.a: {profile_type: SNAPSHOT, owner: x}', 'prod.ml.b: {profile_type: SNAPSHOT}'];
    expect(atPlan('required_tags: [owner]', tables)).toEqual([
      { rule: 'required_tags', reason: 'the tags of 1 table are read then' },
    ]);
    expect(atPlan('required_tags: [owner]', tables.slice(0, 1))).toEqual([]);
    expect(atPlan('required_tags: [label_column]', tables, 'profile_defaults: {label_column: l}\n')).toEqual([]);
    expect(atPlan('required_tags: []\n  require_slicing: false', tables)).toEqual([]);
  });

  test('the plan asks for a tag or a setting of that name, and names all that are missing', () => {
    const { policy } = load(
      config('required_tags: [owner, department, cost_center]', ['prod.ml.a: {owner: x, profile_type: SNAPSHOT}']),
    );
    const tagged = (...tags: readonly string[]): readonly string[] =>
      checkPolicy(
        policy,
        policy.tables.map((table) => ({ ...table, tags: new Set(tags) })),
      ).map(({ message }) => message);
    expect(tagged('cost_center', 'department')).toEqual([]);
    expect(tagged('Department')).toEqual([
      "policy required_tags: 'prod.ml.a' has no tag and no setting 'department' or 'cost_center'",
    ]);
  });
});

describe('hostile rules and big files', () => {
  const seconds = (): number => process.cpuUsage().user / 1e6;

  test.each(['(a+)+$', '(a|a)*b', '(.*)*x', '^(([a-z])+.)+[A-Z]([a-z])+$', '(?:a{1,40}){1,20}$', '(\\\\pL|a)+$'])(
    '%s is linear in the name',
    (pattern) => {
      const name = `prod.ml.${'a'.repeat(254)}`;
      const start = seconds();
      const forbidden = found(
        config(`forbidden_patterns: ["${pattern}!"]`, [snapshot(name), snapshot(`prod.${'a'.repeat(255)}.b`)]),
      );
      expect(seconds() - start).toBeLessThan(2);
      expect(forbidden).toBe('');
    },
  );

  test('5,000 tables, 40 patterns and 200 globs of exemptions take less than 2 CPU s', () => {
    const tables = Array.from({ length: 5000 }, (_, index) => `  prod.schema_${index % 50}.table_number_${index}:\n`);
    const patterns = (prefix: string): string =>
      Array.from({ length: 20 }, (_, index) => `"^(?:${prefix}${index}|[a-z_.]+)+\\\\b${index}x$"`).join(', ');
    const globs = Array.from({ length: 200 }, (_, index) => `"*${index}*zz*"`).join(', ');
    const text =
      `${head}profile_defaults: {profile_type: SNAPSHOT}\npolicy:\n  naming_patterns: [${patterns('a')}]\n` +
      `  forbidden_patterns: [${patterns('b')}]\n  require_slicing: true\n  max_tables_per_config: 4999\n` +
      `  exemptions: [{rule: naming_patterns, tables: [${globs}], reason: r, until: 2027-12-31}]\n` +
      `monitored_tables:\n${tables.join('')}`;
    const start = seconds();
    const problems = problemsIn(text);
    expect(seconds() - start).toBeLessThan(2);
    expect(problems.filter(({ code }) => code === 'CONFIG.MORE')).toHaveLength(1);
    expect(problems.map(({ code }) => code)).toContain('POLICY.MAX_TABLES_PER_CONFIG');
  });

  test('patterns that are too large for so many tables are refused as a whole, in time', () => {
    const tables = Array.from({ length: 5000 }, (_, index) => snapshot(`prod.ml.${'a'.repeat(100)}${index}`));
    const patterns = Array.from({ length: 50 }, (_, index) => `"\\\\b(?:a{1,40}){1,20}${index}"`).join(', ');
    const start = seconds();
    const [problem, ...others] = problemsIn(config(`forbidden_patterns: [${patterns}]`, tables));
    expect(seconds() - start).toBeLessThan(2);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: 'CONFIG.TOO_LARGE',
      message: "the patterns of 'policy' are too large for so many tables",
      place: { start: { line: 4, column: 3 } },
    });
  });
});
