import { describe, expect, test } from '@jest/globals';
import { detectProblemType, problemTypeCode } from '../src/problem-type.ts';
import { at, brief, churn, columnsOf, desireOf, monitorIn, tableOf, valueAt } from './support.ts';

const classification = 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION';
const regression = 'INFERENCE_PROBLEM_TYPE_REGRESSION';

describe('problemTypeCode', () => {
  test.each([
    ['CLASSIFICATION', classification],
    ['PROBLEM_TYPE_CLASSIFICATION', classification],
    ['INFERENCE_PROBLEM_TYPE_CLASSIFICATION', classification],
    ['REGRESSION', regression],
    ['PROBLEM_TYPE_REGRESSION', regression],
    ['INFERENCE_PROBLEM_TYPE_REGRESSION', regression],
    [' regression ', regression],
    ['Problem_Type_Classification', classification],
    ['RANKING', undefined],
    ['TYPE_REGRESSION', undefined],
    ['', undefined],
  ])('R040 C06 %j is %s', (text, expected) => {
    expect(problemTypeCode(text)).toBe(expected);
  });
});

describe('detectProblemType', () => {
  test.each([
    ...['string', 'boolean', 'tinyint', 'smallint', 'int', 'bigint', 'char(3)', 'varchar(10)', 'BIGINT'].map(
      (type) => ({
        type,
        value: classification,
      }),
    ),
    ...['double', 'float', 'decimal(10,2)', 'decimal(38,0)'].map((type) => ({ type, value: regression })),
    ...[
      'date',
      'timestamp',
      'timestamp_ntz',
      'binary',
      'variant',
      'void',
      'interval day to second',
      'array<string>',
      'map<string,double>',
      'struct<label:string>',
    ].map((type) => ({ type, value: undefined })),
  ])('T18 $type speaks for $value', ({ type, value }) => {
    expect(detectProblemType({ name: 'y', type }, 'label')?.value).toBe(value);
  });

  test.each([
    ['label', 'boolean', "problem type classification: label column 'churned' is boolean"],
    ['prediction', 'double', "problem type regression: prediction column 'churned' is double"],
  ] as const)('T18 the reason names the %s and its type', (role, type, reason) => {
    expect(detectProblemType({ name: 'churned', type }, role)?.reason).toBe(reason);
  });
});

/** A table with a label of one type and a prediction of another. */
function wish(
  settings: string,
  types: { readonly label?: string; readonly prediction?: string } = {},
): ReturnType<typeof desireOf> {
  const columns = columnsOf(`label ${types.label ?? 'string'}`, `p ${types.prediction ?? 'double'}`, 'ts timestamp');
  return desireOf(
    `monitored_tables:\n  ${churn}: { prediction_column: p, timestamp_column: ts, model_id_column: p${settings} }\n`,
    [tableOf({ columns })],
  );
}

describe('U059 the problem type of a monitor', () => {
  const typeOf = (desired: ReturnType<typeof desireOf>): unknown =>
    valueAt(monitorIn(desired).spec, 'inference_log.problem_type');

  test('T18 is found at the label, with the reason as a note and the place of the label', () => {
    const desired = wish(', label_column: LABEL', { label: 'boolean' });
    const { notes, origins } = monitorIn(desired);
    expect(typeOf(desired)).toBe(classification);
    expect(notes).toEqual(["problem type classification: label column 'label' is boolean"]);
    expect(at(origins['inference_log.problem_type'])).toBe('dpo.yaml:4:98');
  });

  test('T18 a label goes before a prediction of another type', () => {
    expect(typeOf(wish(', label_column: label', { label: 'double', prediction: 'string' }))).toBe(regression);
  });

  test('T18 without a label it is found at the prediction', () => {
    const desired = wish('');
    expect(typeOf(desired)).toBe(regression);
    expect(monitorIn(desired).notes).toEqual(["problem type regression: prediction column 'p' is double"]);
  });

  test('one that is set needs no reason, and no column that tells', () => {
    const desired = wish(', problem_type: problem_type_regression, label_column: label', { label: 'array<int>' });
    expect(typeOf(desired)).toBe(regression);
    expect(monitorIn(desired)).not.toHaveProperty('notes');
  });

  test('T18 a type that does not tell is an error that says what to set', () => {
    const desired = wish(', label_column: label', { label: 'array<int>' });
    expect(desired.problems).toEqual([
      {
        code: 'CONFIG.INCOMPLETE',
        severity: 'error',
        address: `monitor:${churn}`,
        message: `${churn}: an INFERENCE profile needs 'problem_type'`,
        hint: "type array<int> of column 'label' does not tell: set CLASSIFICATION or REGRESSION",
        place: expect.objectContaining({ start: { line: 4, column: 3 } }),
      },
    ]);
  });

  test('nothing is guessed from another column when the label does not exist', () => {
    expect(wish(', label_column: nope').problems.map(brief)).toEqual([
      expect.stringMatching(/^dpo\.yaml:4:98 error CATALOG\.COLUMN_NOT_FOUND: Column 'nope' \(from label_column\)/u),
    ]);
  });

  test('nothing is guessed when the prediction does not exist either', () => {
    const text = `monitored_tables:\n  ${churn}: { prediction_column: nope, timestamp_column: ts, model_id_column: id }\n`;
    expect(desireOf(text).problems.map(({ code }) => code)).toEqual(['CATALOG.COLUMN_NOT_FOUND']);
  });
});
