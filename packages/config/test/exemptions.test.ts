import { describe, expect, test } from '@jest/globals';
import { brief, head, problemsIn } from './support.ts';

interface Options {
  readonly rules?: string;
  readonly tables?: readonly string[];
  readonly today?: string;
}

const both = ['prod.ml.churn', 'prod.legacy.orders'];

/** Lines 3 and 4 are the rules, lines 5 and 6 the exemption, line 7 `monitored_tables:`, from line 8 on the tables. */
function found(exemption: string, options: Options = {}): readonly string[] {
  const { rules = 'require_slicing: true', tables = both, today = '2027-03-31' } = options;
  const text =
    `${head}policy:\n  ${rules}\n  exemptions:\n    - ${exemption}\n` +
    `monitored_tables:\n${tables.map((name) => `  ${name}: {profile_type: SNAPSHOT}\n`).join('')}`;
  return problemsIn(text, { today }).map((problem) => `${brief(problem)} ${problem.message}`);
}

const exempt = (tables: string, until = '2027-03-31', rule = 'require_slicing'): string =>
  `{rule: ${rule}, tables: [${tables}], reason: the slices are built in March, until: ${until}}`;

const churn = "8:3 POLICY.REQUIRE_SLICING policy require_slicing: 'prod.ml.churn' has no 'slicing_exprs'";
const orders = "9:3 POLICY.REQUIRE_SLICING policy require_slicing: 'prod.legacy.orders' has no 'slicing_exprs'";

describe('policy.exemptions', () => {
  test.each([
    ['a name', 'prod.ml.churn', [orders]],
    ['a name in other letters', 'PROD.ml.Churn', [orders]],
    ['a glob', 'prod.legacy.*', [churn]],
    ['a name and a glob', 'prod.ml.churn, prod.legacy.*', []],
    ['everything', "'*'", []],
  ])('%s exempts what it names and nothing else', (_what, tables, expected) => {
    expect(found(exempt(tables))).toEqual(expected);
  });

  test.each([
    ['the day before', '2027-03-30', []],
    ['the last day', '2027-03-31', []],
    [
      'the day after',
      '2027-04-01',
      [
        "6:90 warning POLICY.EXEMPTION_EXPIRED the exemption from 'require_slicing' of 'prod.ml.churn' and 'prod.legacy.orders' ended on 2027-03-31",
        churn,
        orders,
      ],
    ],
  ])('on %s of an exemption', (_what, today, expected) => {
    const told = found(exempt('prod.ml.churn, prod.legacy.orders'), { today });
    expect(told.map((line) => line.replace(/^6:\d+/, '6:90'))).toEqual(expected);
  });

  test('the end is told at its date, with the reason that was given', () => {
    const text = `${head}policy:\n  exemptions:\n  - rule: require_baseline\n    tables: [a.b.c]\n    reason: wait\n    until: 2026-12-31\nmonitored_tables: {prod.a.b: {profile_type: SNAPSHOT}}\n`;
    expect(problemsIn(text, { today: '2027-01-01' })).toEqual([
      expect.objectContaining({
        code: 'POLICY.EXEMPTION_EXPIRED',
        severity: 'warning',
        message: "the exemption from 'require_baseline' of 'a.b.c' ended on 2026-12-31",
        hint: 'its reason was: wait; remove it, or give a later day',
        place: expect.objectContaining({ start: { line: 8, column: 12 } }),
      }),
    ]);
  });

  test('an exempt table does not count', () => {
    expect(
      found(exempt('prod.legacy.*', '2027-12-31', 'max_tables_per_config'), { rules: 'max_tables_per_config: 1' }),
    ).toEqual([]);
    expect(
      found(exempt('prod.x.*', '2027-12-31', 'max_tables_per_config'), { rules: 'max_tables_per_config: 1' }),
    ).toEqual([
      '4:26 POLICY.MAX_TABLES_PER_CONFIG policy max_tables_per_config: the config profiles 2 tables, at most 1 is allowed',
      "6:14 note POLICY.EXEMPTION_UNUSED the exemption from 'max_tables_per_config' of 'prod.x.*' exempts nothing",
    ]);
  });

  test.each([
    { what: 'of a table that is not there', text: exempt('prod.ml.chrun'), of: "'prod.ml.chrun'" },
    {
      what: 'of a table that keeps the rule',
      text: exempt('prod.ml.churn', '2027-12-31', 'naming_patterns'),
      rules: 'naming_patterns: [.]',
      of: "'prod.ml.churn'",
    },
    {
      what: 'from a rule that is not on',
      text: exempt('prod.ml.churn', '2027-12-31', 'require_baseline'),
      of: "'prod.ml.churn'",
    },
    { what: 'of many', text: exempt('a.b.c, a.b.d, a.b.e, a.b.f'), of: "'a.b.c', 'a.b.d' and 2 more" },
  ])('an exemption $what is a note', ({ text, rules = 'require_slicing: true', of }) => {
    const notes = found(text, { rules }).filter((line) => line.includes(' note '));
    expect(notes).toEqual([expect.stringMatching(/^6:14 note POLICY.EXEMPTION_UNUSED the exemption from '\w+' /)]);
    expect(notes[0]).toContain(`of ${of} exempts nothing`);
  });

  test('an exemption from patterns that cannot be read is no idle one', () => {
    const told = found(exempt('prod.ml.churn', '2027-12-31', 'naming_patterns'), { rules: 'naming_patterns: [(]' });
    expect(told.map((line) => line.split(' ')[1])).toEqual(['CONFIG.VALUE']);
  });

  test('an exemption from tags that only the plan reads is no idle one', () => {
    expect(found(exempt('prod.ml.churn', '2027-12-31', 'required_tags'), { rules: 'required_tags: [owner]' })).toEqual(
      [],
    );
  });

  test.each([
    [
      'a rule that does not exist',
      '{rule: slicing, tables: [a.b.c], reason: r, until: 2027-12-31}',
      '6:14 CONFIG.VALUE',
    ],
    ['a lint', '{rule: LINT.NO_BASELINE, tables: [prod.ml.churn], reason: r, until: 2027-12-31}', ''],
    ['no reason', '{rule: require_slicing, tables: [a.b.c], until: 2027-12-31}', '6:7 CONFIG.REQUIRED'],
    ['a blank reason', "{rule: require_slicing, tables: [a.b.c], reason: ' ', until: 2027-12-31}", '6:56 CONFIG.VALUE'],
    ['no end', '{rule: require_slicing, tables: [a.b.c], reason: r}', '6:7 CONFIG.REQUIRED'],
    ['no tables', '{rule: require_slicing, tables: [], reason: r, until: 2027-12-31}', '6:39 CONFIG.RANGE'],
    [
      'a time for a day',
      '{rule: require_slicing, tables: [a.b.c], reason: r, until: 2027-12-31T00:00:00Z}',
      '6:66 CONFIG.VALUE',
    ],
    [
      'a day that does not exist',
      '{rule: require_slicing, tables: [a.b.c], reason: r, until: 2027-02-29}',
      '6:66 CONFIG.VALUE',
    ],
    [
      'an unknown key',
      '{rule: require_slicing, table: x, tables: [a.b.c], reason: r, until: 2027-12-31}',
      '6:31 CONFIG.UNKNOWN_KEY',
    ],
    [
      'too many globs',
      `{rule: require_slicing, tables: [${"'x*', ".repeat(201)}], reason: r, until: 2027-12-31}`,
      '6:39 CONFIG.RANGE',
    ],
  ])('%s', (_what, exemption, expected) => {
    const rules = 'require_slicing: false';
    const told = found(exemption, { rules }).map((line) => line.split(' ').slice(0, 2).join(' '));
    expect(told.filter((line) => line.includes('CONFIG')).join('|')).toBe(expected);
  });
});
