import { describe, expect, test } from '@jest/globals';
import type { CatalogTable, Json } from '@dpo/core';
import { desire, functionsToRead, tablesToRead } from '../src/index.ts';
import { at, brief, churn, desireOf, load, monitorIn, specOf, tableOf } from './support.ts';

type Members = Readonly<Record<string, unknown>>;

function metric(name: string, members: Members = {}): string {
  const usual = { name, metric_type: 'aggregate', input_columns: [':table'], definition: `sum(${name})` };
  return JSON.stringify({ ...usual, ...members });
}

const list = (...metrics: readonly string[]): string => `custom_metrics: [${metrics.join(', ')}]`;
const table = (settings: string): string => `monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT, ${settings} }\n`;
const defaults = (...metrics: readonly string[]): string => `profile_defaults: { ${list(...metrics)} }\n`;
const registry = (...entries: readonly (readonly [id: string, metric: string])[]): string =>
  `objective_functions:\n${entries.map(([id, one]) => `  ${id}: { metric: ${one} }\n`).join('')}`;

function metricsOf(text: string, from: CatalogTable = tableOf()): readonly Record<string, Json>[] {
  return specOf(text, from)['custom_metrics'] as unknown as readonly Record<string, Json>[];
}

const namesOf = (text: string, from?: CatalogTable): readonly (readonly unknown[])[] =>
  metricsOf(text, from).map(({ name, definition }) => [name, definition]);

describe('U023 custom metrics of a monitor', () => {
  test('T09 are in the form of the API, with the type as a StructField', () => {
    const text = table(
      list(
        metric('rev'),
        metric('worst', {
          input_columns: ['ID', ':table'],
          definition: 'max({{input_column}})',
          output_type: 'string',
        }),
        metric('rate', { metric_type: 'derived', definition: 'rev / 2' }),
        metric('jump', { metric_type: 'drift', definition: '{{current_df}}.rev - {{base_df}}.rev' }),
      ),
    );
    const field = (type: string): string => `{"metadata":{},"name":"output","nullable":true,"type":"${type}"}`;
    const prefix = 'DATA_PROFILING_CUSTOM_METRIC_TYPE_';
    const whole = { input_columns: [':table'], output_data_type: field('double') };
    expect(metricsOf(text)).toEqual([
      { ...whole, name: 'rev', type: `${prefix}AGGREGATE`, definition: 'sum(rev)' },
      {
        name: 'worst',
        type: `${prefix}AGGREGATE`,
        input_columns: ['id', ':table'],
        definition: 'max({{input_column}})',
        output_data_type: field('string'),
      },
      { ...whole, name: 'rate', type: `${prefix}DERIVED`, definition: 'rev / 2' },
      { ...whole, name: 'jump', type: `${prefix}DRIFT`, definition: '{{current_df}}.rev - {{base_df}}.rev' },
    ]);
  });

  test('U024 a definition is sent as it is written', () => {
    const definition = "  SUM( CASE WHEN `Odd ``name` = 'it''s' THEN 1 END )\n -- {{ input_column }} \t";
    expect(metricsOf(table(list(metric('x', { definition, input_columns: ['id'] }))))[0]?.['definition']).toBe(
      definition,
    );
  });

  test('without any there is no list', () => {
    expect(specOf(table('custom_metrics: []'))).not.toHaveProperty('custom_metrics');
  });

  test('come in an order in which each can be computed', () => {
    const derived = (name: string, definition: string): string => metric(name, { metric_type: 'derived', definition });
    const drift = metric('jump', { metric_type: 'drift', definition: '{{current_df}}.b' });
    const text = table(
      list(drift, derived('c', 'B * 2'), derived('b', 'a + 1'), derived('own', 'own + 1'), metric('a')),
    );
    expect(namesOf(text).map(([name]) => name)).toEqual(['a', 'b', 'c', 'own', 'jump']);
  });
});

describe('U032 defaults < objective functions < table, by name', () => {
  const objectives = registry(
    ['one', metric('b', { definition: 'objective' })],
    ['two', metric('c')],
    ['not', metric('z')],
  );
  const own = table(`objective_function_ids: [two, one], ${list(metric('c', { definition: 'table' }), metric('D'))}`);
  const text = `${objectives}${own}${defaults(metric('a'), metric('B'), metric('d'))}`;

  test('each name is there once, as its highest layer has it', () => {
    expect(namesOf(text)).toEqual([
      ['a', 'sum(a)'],
      ['b', 'objective'],
      ['D', 'sum(D)'],
      ['c', 'table'],
    ]);
  });

  test('each member has the place where it is declared', () => {
    const { origins } = monitorIn(desireOf(text));
    const places = Object.entries(origins).filter(([path]) => path.startsWith('custom_metrics'));
    const found = Object.fromEntries(places.map(([path, place]) => [path, at(place)]));
    expect([found['custom_metrics[name=a]'], found['custom_metrics[name=b].definition']]).toEqual([
      'dpo.yaml:9:38',
      'dpo.yaml:4:96',
    ]);
    // What is left out is where its metric is.
    expect(found['custom_metrics[name=c].output_data_type']).toBe(found['custom_metrics[name=c]']);
    expect(places).toHaveLength(4 * 5);
  });

  test('U028 ruling 48: a tag names objective functions where the config names none', () => {
    const tagged = tableOf({ tags: { monitor_objective_function_ids: 'two, one', monitor_custom_metrics: 'x' } });
    expect(namesOf(`${objectives}${table('owner: a')}`, tagged)).toEqual([
      ['c', 'sum(c)'],
      ['b', 'objective'],
    ]);
    expect(namesOf(`${objectives}${table('objective_function_ids: [not]')}`, tagged)).toEqual([['z', 'sum(z)']]);
  });

  const tagProblems = (ids: string, more: string = objectives): readonly string[] =>
    desireOf(`${more}${table('owner: a')}`, [tableOf({ tags: { monitor_objective_function_ids: ids } })]).problems.map(
      brief,
    );

  test('U029 U030 a tag with an unknown id, or with two that give one metric, is an error of its table', () => {
    const tag = `${churn}#monitor_objective_function_ids`;
    expect(tagProblems('two,toString')).toEqual([
      `${tag} error CONFIG.OBJECTIVE_UNKNOWN: there is no objective function 'toString'; declared are 'one', 'two', 'not'`,
    ]);
    expect(tagProblems('x', '')).toEqual([expect.stringContaining("no objective function 'x'; none is declared")]);
    expect(tagProblems('two, same', `${objectives}  same: { metric: ${metric('C')} }\n`)).toEqual([
      `${tag} error CONFIG.METRIC_DUPLICATE: the objective functions 'two' and 'same' both give the metric 'C'`,
    ]);
    expect(tagProblems('two, two')).toEqual([]);
  });
});

describe('what a table must have for its metrics', () => {
  test('R065 a column that does not exist, :table excepted', () => {
    const text = table(list(metric('rev', { input_columns: [':table', 'id', 'amnt'] })));
    expect(desireOf(text).problems.map(brief)).toEqual([
      "dpo.yaml:4:132 error CATALOG.COLUMN_NOT_FOUND: Column 'amnt' (from input_columns of metric 'rev') not found in table 'prod.ml.churn'. Available columns: ['id', 'prediction', 'actual_label', 'ts']",
    ]);
  });

  const label = metric('wrong', { definition: 'avg({{label_col}})' });
  const inference = 'prediction_column: prediction, timestamp_column: ts, model_id_column: id';

  test('U031 a label that neither config nor tag gives is an error, one from a tag is none', () => {
    const text = `monitored_tables:\n  ${churn}: { ${inference}, problem_type: REGRESSION, ${list(label)} }\n`;
    expect(load(text).problems.map(brief)).toEqual([expect.stringContaining('warning CONFIG.METRIC_COLUMN')]);
    expect(desireOf(text).problems.map(brief)).toEqual([
      "dpo.yaml:4:219 error CONFIG.METRIC_COLUMN: the metric 'wrong' uses {{label_col}}, and prod.ml.churn has no 'label_column'",
    ]);
    const tags = { monitor_label_column: 'actual_label' };
    expect(desireOf(text, [tableOf({ tags })]).problems).toEqual([]);
  });

  test('U031 a tag that makes the table one without a model is an error', () => {
    const text = `${registry(['o', label])}monitored_tables:\n  ${churn}: { ${inference}, label_column: actual_label, timeseries_timestamp_column: ts, objective_function_ids: [o] }\n`;
    const tags = { monitor_profile_type: 'SNAPSHOT' };
    const desired = desireOf(text, [tableOf({ tags })]);
    expect(desired.problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'CONFIG.METRIC_COLUMN',
        "the metric 'wrong' of the objective function 'o' uses {{label_col}}, and prod.ml.churn is profiled as SNAPSHOT",
      ],
    ]);
  });

  test('F13 a metric may not be called like the model id column', () => {
    const text = `monitored_tables:\n  ${churn}: { ${inference}, ${list(metric('ID'))} }\n`;
    expect(desireOf(text).problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'CONFIG.METRIC_NAME',
        "the metric 'ID' is called like the model_id_column of prod.ml.churn, which its metric tables have anyway",
      ],
    ]);
    expect(desireOf(text.replace('{ ', '{ profile_type: SNAPSHOT, ')).problems).toEqual([]);
  });
});

describe('U033 functions of objective functions', () => {
  const withFunctions = (ids: string): string =>
    `objective_functions:
  one: { metric: ${metric('a')}, uc_function_name: Prod.ML.Cost }
  two: { metric: ${metric('b')}, uc_function_name: prod.ml.cost }
  three: { metric: ${metric('c')}, uc_function_name: prod.ml.other }
  bare: { metric: ${metric('d')} }
monitored_tables:
  ${churn}: { profile_type: SNAPSHOT, objective_function_ids: [${ids}] }
  prod.ml.off: { enabled: false, objective_function_ids: [three] }
  prod.ml.b: { profile_type: SNAPSHOT, objective_function_ids: [bare] }
`;

  const toRead = (text: string, tags: Readonly<Record<string, string>> = {}): readonly string[] =>
    functionsToRead(load(text), new Map([[churn, { status: 'present', table: tableOf({ tags }) }]]));

  test('are asked for once each, and only those that a table uses', () => {
    expect(toRead(withFunctions('one, two, bare'))).toEqual(['prod.ml.cost']);
    expect(toRead(withFunctions('bare'))).toEqual([]);
    expect(toRead(withFunctions('one'), { monitor_objective_function_ids: 'three, nope' })).toEqual([
      'prod.ml.cost',
      'prod.ml.other',
    ]);
  });

  test('one that does not exist is told once, and keeps each table that uses it from being planned', () => {
    const second = `  prod.ml.c: { profile_type: SNAPSHOT, objective_function_ids: [one] }\n`;
    const loaded = load(withFunctions('one') + second);
    const findings = new Map(
      tablesToRead(loaded).map((name) => [name, { status: 'present', table: tableOf({ fullName: name }) } as const]),
    );
    const made = desire({
      loaded,
      findings,
      owner: { project: 'dpo', target: 'test' },
      target: { name: 'test', host: 'local', workspaceId: '1', metastoreId: 'm' },
      warehouseId: 'w',
      absentFunctions: new Set(['prod.ml.cost']),
    });
    expect(made.problems.map((problem) => [problem.address, brief(problem)])).toEqual([
      [
        `monitor:${churn}`,
        "dpo.yaml:4:125 error CATALOG.FUNCTION_NOT_FOUND: function 'Prod.ML.Cost' of the objective function 'one' does not exist, or this identity may not see it",
      ],
    ]);
    expect(made.undecided.map(({ address }) => address)).toEqual([`monitor:${churn}`, 'monitor:prod.ml.c']);
    expect(made.resources.map(({ address }) => address)).toContain('monitor:prod.ml.b');
  });
});
