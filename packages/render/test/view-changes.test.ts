import { describe, expect, test } from '@jest/globals';
import { addressOf, type Change } from '@dpo/core';
import { renderPlan } from '../src/index.ts';
import { at, op, plan } from './builders.ts';
import { broad } from './golden.ts';

const view = 'prod.global_monitoring.unified_drift_metrics_sales';

const change = (path: string, more: Partial<Change>): Change => ({ path, reason: 'config', from: at(3), ...more });
const fact = (table: string, name: string, more: Partial<Change>): Change =>
  change(`branches[source=${table}].${name}`, more);
const query = (more: Partial<Change>): Change =>
  change('definition', { label: 'query', recorded: 'sha256:1', desired: 'sha256:2', live: 'sha256:1', ...more });

/** Lines below the head of the only operation, without what stands at their ends. */
function shown(changes: readonly Change[], full = false): readonly string[] {
  const text = renderPlan(plan({ ops: [op('update', view, { address: addressOf('view', view), changes })] }), {
    ...broad,
    full,
  });
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.includes(view)) + 1;
  const end = lines.findIndex((line, index) => index > first && line === '');
  return lines.slice(first, end).map((line) => line.trim().replace(/ +dpo\.yaml:\S+( \+\d+ places)?$/u, ''));
}

const branch = (table: string, columns: Readonly<Record<string, string>>): string =>
  [
    'SELECT',
    `  CAST('${table}' AS STRING) AS \`source_table_name\`,`,
    ...Object.entries(columns).map(([name, expression]) => `  CAST(${expression} AS DOUBLE) AS \`${name}\`,`),
    `FROM \`prod\`.\`out\`.\`${table.split('.')[2] ?? ''}_drift_metrics\``,
  ].join('\n');

describe('what changes of a view', () => {
  test('D014 tables that come and go are told by their names, without what they are made of', () => {
    const metrics = (table: string): Change => fact(table, 'metrics', { desired: `${table}_m` });
    expect(
      shown([
        fact('prod.a.x', 'facts.owner', { desired: 'me' }),
        metrics('prod.a.x'),
        fact('prod.a.x', 'roles.timestamp', { desired: 'ts' }),
        query({}),
      ]),
    ).toEqual(['tables  + prod.a.x', 'query   follows from the tables (--full shows it)']);
    expect(shown([metrics('prod.a.x'), fact('prod.a.y', 'metrics', { recorded: 'm' })])).toEqual([
      'tables  + 1  - 1',
      '+ prod.a.x',
      '- prod.a.y',
    ]);
  });

  test('D014 a fact that changes alike for several tables is one line, by the key of the config', () => {
    const owner = (table: string): Change => fact(table, 'facts.owner', { recorded: 'a', desired: 'b' });
    expect(
      shown([
        ...['prod.a.x', 'prod.a.y'].map(owner),
        fact('prod.a.x', 'roles.label', { recorded: 'l', desired: 'truth' }),
      ]),
    ).toEqual(['owner         a  →  b  of prod.a.x, prod.a.y', 'label_column  l  →  truth  of prod.a.x']);
    expect(shown(['a', 'b', 'c', 'd'].map((name) => owner(`p.s.${name}`)))).toEqual(['owner  a  →  b  of 4 tables']);
  });

  test('D014 metrics that are there now are told by table and column', () => {
    const before = branch('prod.a.x', { js_distance: '`js_distance`', psi: 'NULL', mean: '`avg`' });
    const after = branch('prod.a.x', { js_distance: '`js_distance`', psi: '`psi`', mean: 'NULL' });
    expect(shown([query({ texts: { live: before, desired: after } })])).toEqual([
      'query  other metrics are there now',
      'prod.a.x  + psi  - mean',
    ]);
    expect(shown([query({ texts: { live: '', desired: after } })])).toEqual([
      'query  other metrics are there now',
      '+ prod.a.x  3 columns',
    ]);
  });

  test('D014 any other text is a difference of lines, and all of it in the full style', () => {
    const before = branch('prod.a.x', { psi: '`psi`' });
    const after = branch('prod.a.x', { psi: '`population_stability_index`' });
    const expected = [
      '-  CAST(`psi` AS DOUBLE) AS `psi`,',
      '+  CAST(`population_stability_index` AS DOUBLE) AS `psi`,',
    ];
    const text = query({ texts: { live: before, desired: after } });
    expect(shown([text])).toEqual(expect.arrayContaining(expected));
    expect(shown([fact('prod.a.x', 'facts.owner', { recorded: 'a', desired: 'b' }), text], true)).toEqual(
      expect.arrayContaining(expected),
    );
  });

  test('D014 W003 a text of somebody else comes first, and one that cannot be read is said to be so', () => {
    const drift = { desired: 'sha256:1', live: 'sha256:2', reason: 'drift' as const };
    const long = Array.from({ length: 30 }, (_, index) => `ours ${String(index)}`).join('\n');
    expect(shown([query({ ...drift, texts: { live: 'SELECT 1 AS edited', desired: long } })])).toEqual([
      'query  live text, to be set back',
      '+SELECT 1 AS edited',
      'in place of 30 lines (--full shows all)',
    ]);
    expect(shown([query(drift)])).toEqual([
      'query  another text than the one that was written; only its owner can read it',
    ]);
  });
});
