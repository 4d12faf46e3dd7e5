import { describe, expect, test } from '@jest/globals';
import type { Problem } from '@dpo/core';
import { brief, head, problemsIn, snapshot } from '../support.ts';

type Members = Readonly<Record<string, unknown>>;

/** A metric as it may stand in a list; JSON is YAML. */
function metric(members: Members = {}): string {
  const usual = { name: 'rev', metric_type: 'aggregate', input_columns: [':table'], definition: 'sum(amount)' };
  return JSON.stringify({ ...usual, ...members });
}

const inTable = (...metrics: readonly string[]): string =>
  `${head}${snapshot}    custom_metrics:\n${metrics.map((one) => `      - ${one}\n`).join('')}`;

const inference = 'prediction_column: p, timestamp_column: t, model_id_column: m, problem_type: REGRESSION';

/** A registry of objective functions, and one table with these settings. */
const withObjectives = (objectives: Readonly<Record<string, Members>>, settings: string): string =>
  [
    `${head}objective_functions:`,
    ...Object.entries(objectives).map(([id, members]) => `  ${id}: { metric: ${metric(members)} }`),
    'monitored_tables:',
    `  prod.ml.churn: { ${settings} }`,
    '',
  ].join('\n');

/** `place CODE: message (hint)`. */
function said(problem: Problem): string {
  return `${brief(problem)}: ${problem.message}${problem.hint === undefined ? '' : ` (${problem.hint})`}`;
}

function saidIn(text: string): readonly string[] {
  return problemsIn(text).map(said);
}

describe('U023 a custom metric', () => {
  test.each([
    ['aggregate', metric({ definition: 'avg({{input_column}} * `odd name`)', input_columns: ['amount'] })],
    ['derived', metric({ metric_type: 'derived', definition: 'sqrt(squared_avg)' })],
    ['drift', metric({ metric_type: 'drift', definition: '{{ current_df }}.rev - {{base_df}}.rev' })],
    ['of texts', metric({ output_type: 'string', definition: 'max(region)' })],
    ['with a map and a brace in it', metric({ definition: "map('a', 1)['}'] + length('{')" })],
  ])('%s is fine', (_name, text) => {
    expect(saidIn(inTable(text))).toEqual([]);
  });

  test.each<readonly [string, string, readonly string[]]>([
    [
      'without columns',
      metric({ input_columns: [] }),
      ["CONFIG.RANGE: 'input_columns' is a list of 0 entries and needs at least 1"],
    ],
    [
      'with a column twice',
      metric({ input_columns: ['a', 'a'] }),
      ["CONFIG.VALUE: 'input_columns' has 'a' twice (remove one of the two)"],
    ],
    [
      'with an empty definition',
      metric({ definition: '' }),
      ["CONFIG.VALUE: 'definition' is an empty text, not an SQL expression"],
    ],
    [
      'with a blank definition',
      metric({ definition: ' \n' }),
      ["CONFIG.VALUE: 'definition' is ' \\u000a', not an SQL expression"],
    ],
    [
      'of an unknown type',
      metric({ metric_type: 'agregate' }),
      ["CONFIG.VALUE: 'metric_type' is 'agregate', not one of: aggregate, derived, drift (did you mean 'aggregate'?)"],
    ],
    [
      'T09 of another result',
      metric({ output_type: 'float' }),
      ["CONFIG.VALUE: 'output_type' is 'float', not one of: double, string"],
    ],
    [
      'with a name of two words',
      metric({ name: 'net revenue' }),
      [
        "CONFIG.METRIC_NAME: 'net revenue' is no name of a metric (it becomes the name of a column: letters, digits and _, a letter or _ first, at most 255)",
      ],
    ],
    [
      'called like a column of the service',
      metric({ name: 'Avg' }),
      [
        "CONFIG.METRIC_NAME: the metric 'Avg' is called like a column that metric tables have anyway (choose another name, such as own_avg)",
      ],
    ],
  ])('%s is an error', (_name, text, expected) => {
    expect(saidIn(inTable(text)).map((line) => line.slice(line.indexOf(' ') + 1))).toEqual(expected);
  });
});

describe('U025 template variables', () => {
  test.each<readonly [string, Members, string]>([
    [
      'a misspelt one',
      { definition: 'avg({{ input_colum }})', input_columns: ['a'] },
      'uses {{input_colum}}, which is no template variable (did you mean {{input_column}}?)',
    ],
    [
      'an unknown one',
      { definition: 'avg({{zebra}})' },
      'uses {{zebra}}, which is no template variable (known are {{input_column}}, {{prediction_col}}, {{label_col}}, {{current_df}} and {{base_df}}, and the names of its input_columns)',
    ],
    [
      'a misspelt column',
      { definition: 'avg({{amont}})', input_columns: ['amount'] },
      'uses {{amont}}, which is no template variable (did you mean {{amount}}?)',
    ],
    [
      'one of another type of metric',
      { definition: 'avg({{current_df}}.x)' },
      'uses {{current_df}}, which aggregate metrics do not have (of the template variables it may use {{input_column}}, {{prediction_col}} and {{label_col}})',
    ],
    [
      'braces in a derived metric',
      { metric_type: 'derived', definition: 'sqrt({{other}})' },
      'uses {{other}}, and is derived (a derived metric names the metrics that it reads without braces)',
    ],
    [
      'the column of a row that has none',
      { definition: 'avg({{input_column}})' },
      "uses {{input_column}}, and its input_columns are only ':table' (list the columns in input_columns, or write the columns' names in the definition)",
    ],
  ])('%s is a warning', (_name, members, expected) => {
    const [line = '', ...more] = saidIn(inTable(metric(members)));
    expect(line.replace(/^\S+ /u, '')).toBe(`warning CONFIG.METRIC_TEMPLATE: the metric 'rev' ${expected}`);
    expect(more).toEqual([]);
  });

  test('names of input columns are known', () => {
    expect(saidIn(inTable(metric({ definition: 'sum({{amount}})', input_columns: ['amount'] })))).toEqual([]);
  });

  test.each(['sum({{amount)', 'sum(amount}})', 'sum({{a {{b}})', 'sum({{a}}}})'])('%s is an error', (definition) => {
    expect(saidIn(inTable(metric({ definition })))).toEqual([
      expect.stringMatching(/^7:\d+ CONFIG\.METRIC_TEMPLATE: the definition of the metric 'rev' has '\{\{' and/u),
    ]);
  });

  test('it stands at the definition, also of an objective function', () => {
    const text = withObjectives({ cost: { definition: 'avg({{zebra}})' } }, 'profile_type: SNAPSHOT');
    expect(saidIn(text)).toEqual([expect.stringMatching(/^4:\d+ warning CONFIG\.METRIC_TEMPLATE/u)]);
  });
});

describe('U026 names within one layer', () => {
  test('two of one name are an error that names both', () => {
    expect(saidIn(inTable(metric(), metric({ name: 'x' }), metric({ name: 'Rev' })))).toEqual([
      "9:17 CONFIG.METRIC_DUPLICATE: entries 1 and 3 of custom_metrics of 'prod.ml.churn' are both called 'rev' and 'Rev', which is one column (give one of them another name)",
    ]);
    const defaults = `${head}${snapshot}profile_defaults:\n  custom_metrics: [${metric()}, ${metric()}]\n`;
    expect(saidIn(defaults)).toEqual([
      expect.stringContaining("entries 1 and 2 of custom_metrics in profile_defaults are both called 'rev'"),
    ]);
  });

  test('U032 the same name in defaults, objective function and table is none', () => {
    const text = `${withObjectives({ cost: {} }, `profile_type: SNAPSHOT, objective_function_ids: [cost], custom_metrics: [${metric()}]`)}profile_defaults:\n  custom_metrics: [${metric()}]\n`;
    expect(saidIn(text)).toEqual([]);
  });
});

describe('objective functions', () => {
  const two = { cost: {}, cost_2: {}, other: { name: 'x' } };
  const naming = (...ids: readonly string[]): string =>
    `profile_type: SNAPSHOT, objective_function_ids: [${ids.join(', ')}]`;

  test('U027 U028 a registry with everything', () => {
    const text = `${head}objective_functions:
  cost:
    version: '2.1'
    owner: ml-platform
    description: Cost of wrong answers
    uc_function_name: prod.ml.cost
    metric: ${metric()}
  bare: { metric: ${metric({ name: 'bare' })}, owner: null, description: ~, uc_function_name: }
monitored_tables:
  prod.ml.churn: { ${naming('cost', 'bare')} }
`;
    expect(saidIn(text)).toEqual([]);
  });

  test('a function is named in three parts', () => {
    const text = withObjectives({ cost: {} }, naming('cost')).replace('metric:', 'uc_function_name: cost, metric:');
    expect(saidIn(text)).toEqual([
      "4:29 CONFIG.VALUE: 'uc_function_name' is 'cost', not a name of three parts (catalog.schema.function)",
    ]);
  });

  test('U029 an unknown id is an error that lists what exists', () => {
    expect(saidIn(withObjectives(two, naming('other', 'csot')))).toEqual([
      "8:76 CONFIG.OBJECTIVE_UNKNOWN: there is no objective function 'csot'; declared are 'cost', 'cost_2' and 'other' (declare it under objective_functions)",
    ]);
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`id_${index}`, { name: `m_${index}` }]));
    expect(saidIn(withObjectives(many, naming('x')))).toEqual([expect.stringContaining("'id_19' and 5 more (declare")]);
    expect(saidIn(withObjectives(two, naming('othr')))).toEqual([expect.stringContaining("(did you mean 'other'?)")]);
    expect(saidIn(`${head}${snapshot}    objective_function_ids: [a]\n`)).toEqual([
      "6:30 CONFIG.OBJECTIVE_UNKNOWN: there is no objective function 'a'; none is declared (declare it under objective_functions)",
    ]);
  });

  test('U030 two that give one metric are an error on that table', () => {
    expect(saidIn(withObjectives(two, naming('cost', 'other', 'cost_2')))).toEqual([
      "8:82 CONFIG.METRIC_DUPLICATE: the objective functions 'cost' and 'cost_2' both give 'prod.ml.churn' the metric 'rev' (leave one of them out, or give the metric of one another name)",
    ]);
    expect(saidIn(withObjectives(two, naming('cost', 'other')))).toEqual([]);
    expect(saidIn(withObjectives(two, naming('cost', 'cost')))).toEqual([expect.stringContaining("has 'cost' twice")]);
  });

  test('a table that is not monitored may say what it likes', () => {
    expect(saidIn(withObjectives(two, `${naming('nope')}, enabled: false`))).toEqual([]);
  });

  test('a target may add some', () => {
    const text = `${head}${snapshot}    objective_function_ids: [cost]\ntargets:\n  prod: { objective_functions: { cost: { metric: ${metric()} } } }\n`;
    expect(problemsIn(text, { target: 'prod' })).toEqual([]);
  });
});

describe('U031 C02 prediction and label', () => {
  const uses = { cost: { definition: 'avg({{prediction_col}} - {{label_col}})' } };
  const code = 'CONFIG.METRIC_COLUMN';

  test('of a table without a model: an error', () => {
    const text = withObjectives(uses, 'profile_type: SNAPSHOT, objective_function_ids: [cost]');
    expect(saidIn(text)).toEqual(
      ['label_col', 'prediction_col'].map(
        (variable) =>
          `6:69 ${code}: the metric 'rev' of the objective function 'cost' uses {{${variable}}}, and 'prod.ml.churn' is profiled as SNAPSHOT (leave it out: only INFERENCE profiles have predictions and labels)`,
      ),
    );
  });

  test('without the column: an error, even if a tag might give it', () => {
    expect(saidIn(withObjectives(uses, `${inference}, objective_function_ids: [cost]`))).toEqual([
      expect.stringMatching(
        /^6:\d+ CONFIG\.METRIC_COLUMN: .* uses \{\{label_col\}\}, and 'prod\.ml\.churn' has no 'label_column' \(set label_column for the table or in profile_defaults\)$/u,
      ),
    ]);
  });

  test('with both columns, of the table or of the defaults: nothing', () => {
    const text = withObjectives(uses, `${inference}, objective_function_ids: [cost]`);
    expect(saidIn(`${text}profile_defaults: { label_column: l }\n`)).toEqual([]);
  });

  test('an objective function that no table names may use what it likes', () => {
    expect(saidIn(withObjectives(uses, 'profile_type: SNAPSHOT'))).toEqual([]);
  });

  const uncertain = metric({ definition: 'avg({{label_col}})' });

  test.each<readonly [string, string, readonly string[]]>([
    [
      'of a table that says itself that it has no model: an error',
      `monitored_tables: { prod.ml.churn: { profile_type: SNAPSHOT, custom_metrics: [${uncertain}] } }\n`,
      [`3:159 ${code}`],
    ],
    [
      'of a table whose profile type a tag may change: a warning',
      `monitored_tables: { prod.ml.churn: { custom_metrics: [${uncertain}] } }\nprofile_defaults: { profile_type: SNAPSHOT }\n`,
      [`3:135 warning ${code}`],
    ],
    [
      'of a table whose label a tag may name: a warning',
      `monitored_tables: { prod.ml.churn: { ${inference}, custom_metrics: [${uncertain}] } }\n`,
      [`3:224 warning ${code}`],
    ],
    [
      'of the defaults: at each table that lacks it',
      `monitored_tables: { prod.ml.a: { label_column: l, ${inference} }, prod.ml.b: { ${inference} } }\nprofile_defaults: { custom_metrics: [${uncertain}] }\n`,
      [`3:142 warning ${code}`],
    ],
    [
      'U032 one that the table replaces does not count',
      `monitored_tables: { prod.ml.churn: { profile_type: SNAPSHOT, custom_metrics: [${metric()}] } }\nprofile_defaults: { custom_metrics: [${uncertain}] }\n`,
      [],
    ],
  ])('in a metric %s', (_name, text, expected) => {
    expect(problemsIn(head + text).map(brief)).toEqual(expected);
  });
});

describe('a table pattern is held to the same', () => {
  const patterned = (settings: string): readonly string[] =>
    saidIn(`${head}monitored_tables:\n  prod.ml.*: { profile_type: SNAPSHOT, ${settings} }\n`).filter(
      (line) => !line.includes('the table pattern'),
    );

  test('U026 U029 U031', () => {
    expect(patterned(`custom_metrics: [${metric()}, ${metric()}]`)).toEqual([
      expect.stringContaining("entries 1 and 2 of custom_metrics of 'prod.ml.*' are both called 'rev'"),
    ]);
    expect(patterned('objective_function_ids: [x]')).toEqual([expect.stringContaining('CONFIG.OBJECTIVE_UNKNOWN')]);
    expect(patterned(`custom_metrics: [${metric({ definition: '{{label_col}}' })}]`)).toEqual([
      expect.stringContaining("and 'prod.ml.*' is profiled as SNAPSHOT"),
    ]);
  });

  test('C17 what a pattern sets is set for its tables', () => {
    const text = `${head}monitored_tables:\n  prod.ml.*: { label_column: l }\n  prod.ml.churn: { ${inference}, custom_metrics: [${metric({ definition: '{{label_col}}' })}] }\n`;
    expect(saidIn(text).filter((line) => line.includes('METRIC'))).toEqual([]);
  });
});
