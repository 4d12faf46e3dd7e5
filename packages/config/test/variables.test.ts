import { isDpoError, type Json, type Problem } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { loadConfig, type LoadedConfig } from '../src/index.ts';
import { brief, snapshot } from './support.ts';

interface Options {
  readonly variables?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly offline?: boolean;
}

function load(text: string, { variables = {}, environment = {}, target, offline = false }: Options = {}): LoadedConfig {
  const given = new Map(Object.entries(variables));
  return loadConfig({ file: 'dpo.yaml', text, variables: given, environment, target, offline, today: '2027-01-01' });
}

/** What is not acted on is not what these tests are about. */
function told(problems: readonly Problem[]): readonly string[] {
  return problems.map((problem) => `${brief(problem)} ${problem.message}`);
}

function problemsIn(text: string, options: Options = {}): readonly string[] {
  try {
    return told(load(text, options).problems);
  } catch (error) {
    if (isDpoError(error)) return told(error.problems);
    throw error;
  }
}

const head = 'catalog_name: prod\nwarehouse_id: w\n';
const declared = `${head}variables:
  schema: {default: results, description: Where metrics go}
  wait: 60
  alone:
${snapshot}`;
const defaults = (line: string): string => `${declared}profile_defaults: {${line}}\n`;
const schemaOf = (text: string, options?: Options): Json =>
  load(text, options).config.profile_defaults?.output_schema_name ?? null;

describe('variables', () => {
  const text = defaults('output_schema_name: "${var.schema}"');
  const targets = `${text}targets:\n  dev: {variables: {schema: dev_results}}\n  prod:\n`;

  test.each<[string, Options, string]>([
    ['the default', {}, 'results'],
    ['the target', { target: 'dev' }, 'dev_results'],
    ['another target', { target: 'prod' }, 'results'],
    ['DPO_VAR_schema', { target: 'dev', environment: { DPO_VAR_schema: 'of_env' } }, 'of_env'],
    ['--var', { environment: { DPO_VAR_schema: 'of_env' }, variables: { schema: 'given' } }, 'given'],
  ])('takes the value of %s', (_from, options, value) => {
    expect(schemaOf('target' in options ? targets : text, options)).toBe(value);
  });

  test('stand anywhere in a text, several times; $${ is the text itself', () => {
    const given = { variables: { schema: 'a', alone: 'b' } };
    expect(schemaOf(defaults('output_schema_name: "x_${var.schema}_${var.alone}_${var.schema}"'), given)).toBe(
      'x_a_b_a',
    );
    const { config } = load(defaults('slicing_exprs: ["name = \'$${var.schema}\'"]'));
    expect(config.profile_defaults?.slicing_exprs).toEqual(["name = '${var.schema}'"]);
  });

  test.each<[string, Options, Json]>([
    ['wait_timeout_seconds: "${var.wait}"', {}, 60],
    ['wait_timeout_seconds: "${var.wait}"', { variables: { wait: '90' } }, 90],
    ['cleanup_orphans: "${var.alone}"\nproject: x', { variables: { alone: 'true' } }, true],
    ['tag_prefix: "${var.wait}"', {}, '60'],
  ])('R013 %s becomes what the schema wants', (line, options, value) => {
    const { config } = load(`${declared}${line}\n`, options);
    expect(config[line.split(':')[0] as keyof typeof config]).toBe(value);
  });

  test.each<[string, string, Options, readonly string[]]>([
    [
      'unknown',
      defaults('output_schema_name: "${var.schem}"'),
      {},
      ["10:40 CONFIG.VARIABLE there is no variable 'schem'"],
    ],
    [
      'without a value',
      defaults('output_schema_name: "${var.alone}"'),
      {},
      ["10:40 CONFIG.UNSET variable 'alone' has no value"],
    ],
    [
      'given but not declared',
      declared,
      { variables: { shema: 'x' } },
      ["3:1 CONFIG.VARIABLE --var gives 'shema', which the config does not declare"],
    ],
    [
      'set by a target but not declared',
      `${declared}targets: {dev: {variables: {schem: x}}}\n`,
      {},
      ["10:29 CONFIG.VARIABLE there is no variable 'schem'"],
    ],
    [
      'that refers to another one',
      `${head}variables: {a: x, b: "\${var.a}"}\n${snapshot}`,
      {},
      ["3:22 CONFIG.REFERENCE '${var.a}' is no value of a variable: it may refer to ${env:NAME} only"],
    ],
    [
      'with a bad name',
      `${head}variables: {"1a": x}\n${snapshot}`,
      {},
      ["3:13 CONFIG.VARIABLE '1a' is no name of a variable"],
    ],
    [
      'of a list',
      `${head}variables: {a: [x]}\n${snapshot}`,
      {},
      ["3:16 CONFIG.TYPE 'a' is a list, expected a text, a number, true or false, or a map with default"],
    ],
    [
      'that is no number',
      `${declared}wait_timeout_seconds: "\${var.schema}"\n`,
      {},
      ["10:23 CONFIG.TYPE 'wait_timeout_seconds' is 'results', expected a whole number"],
    ],
    [
      'that is out of bounds',
      `${declared}wait_timeout_seconds: "\${var.wait}"\n`,
      { variables: { wait: '0' } },
      ["10:23 CONFIG.RANGE 'wait_timeout_seconds' is 0 and must be at least 1"],
    ],
  ])('a variable %s is refused at its place', (...[, config, options, found]) => {
    expect(problemsIn(config, options)).toEqual(found);
  });

  test.each(['${', '${x}', '${var.}', '${env:}', '${env:1}', '${env.X}', '${var.a b}', '${var.a', '${ var.a }'])(
    '%s is no reference',
    (written) => {
      expect(problemsIn(defaults(`output_schema_name: '${written}'`))[0]).toBe(
        `10:40 CONFIG.REFERENCE '${written}' is no reference`,
      );
    },
  );

  test('references in keys are refused', () => {
    expect(problemsIn(`${declared}x-a: 1\nalerting: {group_notifications: {"\${var.schema}": []}}\n`)).toContain(
      "11:34 CONFIG.REFERENCE the key '${var.schema}' holds a reference",
    );
  });

  test('other targets keep their references, and are held to the schema in everything else', () => {
    const other = (line: string): string => `${declared}default_target: a\ntargets:\n  a:\n  b: {${line}}\n`;
    expect(problemsIn(other('mode: "${var.nope}", cleanup_orphans: "${env:NOPE}"'))).toEqual([]);
    expect(problemsIn(other('mode: fulll'))).toEqual([expect.stringMatching(/^13:13 CONFIG.VALUE 'mode' is 'fulll'/)]);
  });
});

describe('${env:NAME}', () => {
  const text = `${head}variables: {who: "\${env:TEAM}@company.com"}
${snapshot}    failure_notifications: ["\${env:ONCALL}", "\${var.who}", plain@company.com]
    output_schema_name: \${env:SCHEMA}
`;
  const environment = { ONCALL: 'secret-oncall@company.com', TEAM: 'secret-team', SCHEMA: 'results' };

  test('is the value of the environment, and remembered as it is written', () => {
    const { config, references } = load(text, { environment });
    expect(config.monitored_tables['prod.ml.churn']).toEqual({
      profile_type: 'SNAPSHOT',
      failure_notifications: ['secret-oncall@company.com', 'secret-team@company.com', 'plain@company.com'],
      output_schema_name: 'results',
    });
    const path = ['monitored_tables', 'prod.ml.churn'];
    expect(references).toEqual([
      {
        path: [...path, 'failure_notifications', 0],
        text: '${env:ONCALL}',
        value: 'secret-oncall@company.com',
        names: ['ONCALL'],
      },
      {
        path: [...path, 'failure_notifications', 1],
        text: '${env:TEAM}@company.com',
        value: 'secret-team@company.com',
        names: ['TEAM'],
      },
      { path: [...path, 'output_schema_name'], text: '${env:SCHEMA}', value: 'results', names: ['SCHEMA'] },
    ]);
  });

  test('what a target replaces is no reference any more', () => {
    const replaced = `${text}targets: {dev: {monitored_tables: {prod.ml.churn: {failure_notifications: [a@b.c]}}}}\n`;
    expect(load(replaced, { environment }).references.map(({ text: written }) => written)).toEqual(['${env:SCHEMA}']);
  });

  test.each([
    ['not set', {}],
    ['empty', { ONCALL: '' }],
  ])('that is %s is an error, offline a warning', (_what, changed) => {
    const lacking = Object.fromEntries(
      Object.entries({ ...environment, ONCALL: undefined, ...changed }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>;
    const message = 'the environment variable ONCALL is not set';
    expect(problemsIn(text, { environment: lacking })).toEqual([`7:29 CONFIG.UNSET ${message}`]);
    expect(problemsIn(text, { environment: lacking, offline: true })).toEqual([`7:29 warning CONFIG.UNSET ${message}`]);
  });

  test('its value is in no message', () => {
    const wrong = `${head}mode: \${env:MODE}\ntag_prefix: ["\${env:MODE}"]\n${snapshot}    failure_notifications: ["\${env:MODE} x"]\n`;
    const found = problemsIn(wrong, { environment: { MODE: 'hunter2' } });
    expect(found).toHaveLength(3);
    expect(found.join('\n')).not.toContain('hunter2');
    expect(found).toContain("3:7 CONFIG.VALUE 'mode' is '${env:MODE}', not one of: full, bulk_provision_only");
  });
});
