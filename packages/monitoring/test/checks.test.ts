import { describe, expect, test } from '@jest/globals';
import type { CatalogColumn, ColumnTags } from '@dpo/core';
import { brief, churn, columnsOf, desireOf, monitorIn, tableOf } from './support.ts';

const base = 'prod.ml.base';
const series = (more = ''): string =>
  `profile_defaults: { profile_type: TIMESERIES, timestamp_column: ts }\nmonitored_tables: { ${churn}: { baseline_table_name: ${base} }${more} }\n`;
const columns = ['id bigint', 'prediction double', 'actual_label string', 'ts timestamp'];

describe('R031 the baseline', () => {
  const found = (...of: readonly CatalogColumn[]): readonly string[] =>
    desireOf(series(), [tableOf(), tableOf({ fullName: base, columns: of })]).problems.map(({ message }) => message);

  test('U072 has the columns of its table: order, case, more columns and a missing column of time do not count', () => {
    expect(found(...columnsOf(...columns))).toEqual([]);
    expect(found(...columnsOf('EXTRA int', 'actual_label STRING', 'Prediction double', 'ID bigint'))).toEqual([]);
  });

  test('a column that is missing or of another type is an error that names it', () => {
    expect(found(...columnsOf('id int', 'actual_label string', 'ts timestamp'))).toEqual([
      "baseline table 'prod.ml.base' has not the columns of 'prod.ml.churn': 'id' is int instead of bigint, 'prediction' is missing",
    ]);
  });

  test('of many differences the first are named', () => {
    const many = Array.from({ length: 9 }, (_, index) => `c${String(index)} int`);
    const text = `profile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables: { ${churn}: { baseline_table_name: ${base} } }\n`;
    const { problems } = desireOf(text, [tableOf({ columns: columnsOf(...many) }), tableOf({ fullName: base })]);
    expect(problems[0]?.message).toMatch(/: 'c0' is missing, .*'c4' is missing, and 4 more$/u);
  });

  test('the column of time may be missing although something else is wrong', () => {
    const text = series(', prod.ml.other: { timestamp_column: nope }');
    const { problems } = desireOf(text, [
      tableOf(),
      tableOf({ fullName: 'prod.ml.other' }),
      tableOf({ fullName: base, columns: columnsOf(...columns.slice(0, 3)) }),
    ]);
    expect(problems.map(({ code }) => code)).toEqual(['CATALOG.COLUMN_NOT_FOUND']);
  });

  test('one that a tag names is checked like one of the file', () => {
    const tagged = tableOf({ tags: { monitor_baseline_table_name: base } });
    const text = `profile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables: { ${churn}: {}, ${base}: {} }\n`;
    const { problems } = desireOf(text, [tagged, tableOf({ fullName: base, columns: columnsOf('x int') })]);
    expect(problems.map(brief)[0]).toMatch(
      /^prod\.ml\.churn#monitor_baseline_table_name error CATALOG\.BASELINE_SCHEMA/u,
    );
  });
});

describe('N007 the payload of model serving', () => {
  const payload = columnsOf('databricks_request_id string', 'request string', 'response string', 'status_code int');
  const text = `profile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables: { ${churn}: {} }\n`;

  test('is refused with advice, whatever else the table has', () => {
    const { problems, undecided } = desireOf(text, [tableOf({ columns: [...payload, ...columnsOf('x int')] })]);
    expect(problems.map(({ code }) => code)).toEqual(['CATALOG.SERVING_PAYLOAD']);
    expect(problems[0]?.hint).toContain('unpack them into a table or a view');
    expect(undecided).toHaveLength(1);
  });

  test.each([
    [
      'unpacked',
      columnsOf('databricks_request_id string', 'request struct<x:int>', 'response string', 'status_code int'),
    ],
    ['something else', columnsOf('request string', 'response string')],
  ])('a table that is %s is none', (_, of) => {
    expect(desireOf(text, [tableOf({ columns: of })]).problems).toEqual([]);
  });
});

describe('W024 U049 metric tables', () => {
  const hintFor = (...names: readonly string[]): string | undefined => {
    const entries = names.map((name) => `  ${name}: {}\n`).join('');
    const text = `profile_defaults: { profile_type: SNAPSHOT }\ncatalogs: [dev]\nmonitored_tables:\n${entries}`;
    return desireOf(
      text,
      names.map((fullName) => tableOf({ fullName })),
    ).problems.at(-1)?.hint;
  };

  test('that two tables would write get another schema proposed, by the schema of the table or else its catalog', () => {
    const schema = 'give one of them a schema of its own, for example output_schema_name: monitoring_results_';
    expect(hintFor('prod.ml.orders', 'prod.shop.orders')).toBe(`${schema}shop`);
    expect(hintFor('prod.ml.orders', 'dev.ml.orders')).toBe(`${schema}ml`);
  });
});

describe('N006 slices by personal data', () => {
  const table = tableOf({ columns: columnsOf('id bigint', 'Email string', 'region string') });
  const tags = (...names: readonly string[]): ColumnTags => new Map([[churn, new Map([['email', names]])]]);
  const told = (slice: string, columnTags: ColumnTags, policy = ''): readonly string[] => {
    const text = `profile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables: { ${churn}: { slicing_exprs: [${slice}] } }\n${policy}`;
    return desireOf(text, [table], { columnTags }).problems.map(brief);
  };

  test('are refused, as a column and inside an expression', () => {
    expect(told('email', tags('owner', 'PII'))).toEqual([
      "dpo.yaml:4:21 error POLICY.PII_TAGS: policy pii_tags: 'prod.ml.churn' is sliced by 'Email' which is tagged 'PII': its values would be stored in the metric tables",
    ]);
    expect(told('"email like \'%.com\'"', tags('class.email_address'))).toEqual([
      expect.stringContaining("by 'email like '%.com'', of column 'Email', which is tagged 'class.email_address'"),
    ]);
  });

  test('another column and another tag are fine', () => {
    expect(told('region', tags('pii'))).toEqual([]);
    expect(told('email', tags('owner', 'classic'))).toEqual([]);
  });

  test('are waived by an exemption, a level, or other tags', () => {
    const exemption = `policy: { exemptions: [{ rule: pii_tags, tables: [${churn}], reason: agreed, until: 2027-06-01 }] }\n`;
    expect(told('email', tags('pii'), exemption)).toEqual([]);
    expect(told('email', tags('pii'), exemption.replace('2027-06-01', '2026-06-01'))).toHaveLength(2);
    expect(told('email', tags('pii'), 'policy: { levels: { pii_tags: warn } }\n')).toEqual([
      expect.stringContaining('warning POLICY.PII_TAGS'),
    ]);
    expect(told('email', tags('pii'), 'policy: { pii_tags: [secret] }\n')).toEqual([]);
    expect(told('email', tags('Secret'), 'policy: { pii_tags: [secret] }\n')).toHaveLength(1);
  });
});

describe('W028 output schemas', () => {
  const a = tableOf({ fullName: 'prod.ml.a', tags: { sensitivity: 'high' } });
  const b = tableOf({ fullName: 'prod.ml.b', tags: { sensitivity: 'low' } });
  const c = tableOf({ fullName: 'prod.ml.c' });
  const told = (entries: string, policy = ''): readonly string[] =>
    desireOf(
      `profile_defaults: { profile_type: SNAPSHOT }\npolicy: { separate_outputs_by: sensitivity${policy} }\nmonitored_tables: { ${entries} }\n`,
      [a, b, c],
    ).problems.map(brief);

  test('must not mix tables whose tag differs, or is missing', () => {
    expect(told('prod.ml.a: {}, prod.ml.b: {}, prod.ml.c: {}')).toEqual([
      "dpo.yaml:4:32 error POLICY.SEPARATE_OUTPUTS_BY: policy separate_outputs_by: output schema 'prod.monitoring_results' would mix tables: 'prod.ml.a' of 'sensitivity' = 'high', 'prod.ml.b' of 'sensitivity' = 'low' and 'prod.ml.c' without 'sensitivity'",
    ]);
  });

  test('may differ from table to table', () => {
    expect(told('prod.ml.a: { output_schema_name: secret }, prod.ml.b: {}')).toEqual([]);
  });

  test('an exempt table counts for none', () => {
    const exempt = ', exemptions: [{ rule: separate_outputs_by, tables: [prod.ml.a], reason: r, until: 2027-06-01 }]';
    expect(told('prod.ml.a: {}, prod.ml.b: {}', exempt)).toEqual([]);
  });
});

test('R048 U033 all of it is told together, before anything is written', () => {
  const text = `profile_defaults: { profile_type: SNAPSHOT }
monitored_tables:
  ${churn}: { baseline_table_name: prod.ml.gone, slicing_exprs: [email], objective_function_ids: [f] }
objective_functions:
  f: { uc_function_name: prod.ml.f, metric: { name: m, metric_type: aggregate, input_columns: [nope], definition: "sum(nope)" } }
`;
  const table = tableOf({ columns: columnsOf('email string') });
  const { problems } = desireOf(text, [table], {
    columnTags: new Map([[churn, new Map([['email', ['pii']]])]]),
    absentFunctions: new Set(['prod.ml.f']),
  });
  expect(problems.map(({ code }) => code).toSorted()).toEqual([
    'CATALOG.COLUMN_NOT_FOUND',
    'CATALOG.FUNCTION_NOT_FOUND',
    'CATALOG.TABLE_NOT_FOUND',
    'POLICY.PII_TAGS',
  ]);
});

test('U062 what the monitor rests on is kept with it', () => {
  const text = `profile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables: { ${churn}: { slicing_exprs: [id] } }\n`;
  expect(monitorIn(desireOf(text)).decisions).toEqual({ slices: { id: 3 } });
});
