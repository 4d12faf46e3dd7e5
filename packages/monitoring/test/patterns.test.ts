import { describe, expect, test } from '@jest/globals';
import { at, brief, desireOf, monitorIn, tableOf, valueAt } from './support.ts';
import type { CatalogTable, Desired } from '@dpo/core';

const defaults = 'profile_defaults: { profile_type: SNAPSHOT, granularity: 1 year, slicing_exprs: [id] }\n';

function table(name: string, tags: Readonly<Record<string, string>> = {}): CatalogTable {
  return tableOf({ fullName: `prod.${name}`, tags });
}

function patterns(...lines: readonly string[]): string {
  return `${defaults}monitored_tables:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function monitors(desired: Desired): readonly string[] {
  return desired.resources.map(({ address }) => address).filter((address) => address.startsWith('monitor:'));
}

describe('C17 table patterns', () => {
  const churn = 'prod.ml.churn';

  test('a pattern selects what matches it, at the place of its key', () => {
    const desired = desireOf(patterns('prod.ml.*: {}'), [table('ml.churn'), table('ml.b'), table('other.c')]);
    expect(monitors(desired)).toEqual(['monitor:prod.ml.b', 'monitor:prod.ml.churn']);
    expect(at(monitorIn(desired).place)).toBe('dpo.yaml:5:3');
    expect(desired.problems).toEqual([]);
  });

  test('schema filters hold for patterns, without discovery the usual ones', () => {
    const text = patterns('prod.*.a*: {}');
    const catalog = [table('ml.a1'), table('tmp_x.a2'), table('dev_y.a3'), table('skipped.a4')];
    expect(monitors(desireOf(text, catalog))).toEqual(['monitor:prod.ml.a1', 'monitor:prod.skipped.a4']);
    expect(monitors(desireOf(`${text}discovery: { exclude_schemas: [skipped] }\n`, catalog))).toEqual([
      'monitor:prod.dev_y.a3',
      'monitor:prod.ml.a1',
      'monitor:prod.tmp_x.a2',
    ]);
  });

  // Every layer that may say something, from the strongest to the weakest.
  const layers = {
    entry: `${churn}: { slicing_exprs: [ts] }`,
    closer: 'prod.ml.ch*: { slicing_exprs: [prediction] }',
    wider: 'prod.*.*: { slicing_exprs: [actual_label] }',
  } as const;
  const tags = { monitor_slicing_exprs: 'id, ts' };
  test.each<[string, readonly (keyof typeof layers)[], Record<string, string>, readonly string[], string]>([
    ['the table entry', ['entry', 'closer', 'wider'], tags, ['ts'], 'dpo.yaml:5:35'],
    ['the closer pattern', ['closer', 'wider'], tags, ['prediction'], 'dpo.yaml:5:33'],
    ['the wider pattern', ['wider'], tags, ['actual_label'], 'dpo.yaml:5:30'],
  ])('%s goes first', (...[, used, tagged, slices, place]) => {
    const desired = desireOf(patterns(...used.map((layer) => layers[layer])), [table('ml.churn', tagged)]);
    expect(valueAt(monitorIn(desired).spec, 'slicing_exprs')).toEqual(slices);
    expect(at(monitorIn(desired).origins['slicing_exprs'])).toBe(place);
  });

  test('then the tag, then the defaults, then what is built in', () => {
    const found = (tagged: Record<string, string>, text = patterns('prod.ml.*: {}')) =>
      monitorIn(desireOf(text, [table('ml.churn', tagged)]));
    expect(at(found(tags).origins['slicing_exprs'])).toBe(`${churn}#monitor_slicing_exprs`);
    expect(at(found({}).origins['slicing_exprs'])).toBe('dpo.yaml:3:81');
    expect(at(found({}).origins['skip_builtin_dashboard'])).toBe('default');
  });

  test('all that match apply, field by field, to listed and to found tables', () => {
    const text = patterns(
      `${churn}: { monitor_group: own }`,
      'prod.ml.c*: { owner: close, slicing_exprs: [ts] }',
      'prod.ml.*: { monitor_group: wide, owner: far, labels: { tier: gold }, prevent_destroy: true, adopt: true }',
    );
    const desired = desireOf(text, [table('ml.churn'), table('ml.carts')]);
    const facts = (name: string) => monitorIn(desired, name).facts;
    expect(facts(churn)).toMatchObject({ group: 'own', owner: 'close', labels: { tier: 'gold' } });
    expect(facts('prod.ml.carts')).toMatchObject({ group: 'wide', owner: 'close', labels: { tier: 'gold' } });
    for (const name of [churn, 'prod.ml.carts']) {
      expect(monitorIn(desired, name)).toMatchObject({
        adopt: true,
        preventDestroy: { value: true },
        spec: { slicing_exprs: ['ts'] },
      });
    }
  });

  test('a tie on one field is an error that names both places, once for all tables', () => {
    const text = patterns('prod.ml.*a: { owner: x }', 'prod.ml.a*: { owner: y, adopt: true }');
    const desired = desireOf(text, [table('ml.a'), table('ml.ada')]);
    expect(desired.problems.map(brief)).toEqual([
      "dpo.yaml:5:24 error CONFIG.PATTERN_TIE: 'prod.ml.*a' and 'prod.ml.a*' (dpo.yaml:6:24) both set owner, and neither is more specific",
    ]);
  });

  test.each([
    ['the own entry of the table', 'prod.ml.a: { owner: z }'],
    ['a closer pattern', 'prod.ml.a?*: { owner: z, enabled: true }\n  prod.ml.a*a: { owner: z }'],
  ])('%s settles a tie', (_name, line) => {
    const text = patterns('prod.*.a*: { owner: x }', 'prod.*.*a: { owner: y }', line);
    const name = line.startsWith('prod.ml.a:') ? 'ml.a' : 'ml.ada';
    expect(desireOf(text, [table(name)]).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('enabled: false on a pattern takes tables out, listed ones too; the closer one may put them back', () => {
    const catalog = [table('ml.a'), table('ml.b'), table('ml.c')];
    const text = patterns('prod.ml.*: { enabled: false }', 'prod.ml.b*: { enabled: true }', 'prod.ml.c: {}');
    expect(monitors(desireOf(text, catalog))).toEqual(['monitor:prod.ml.b']);
  });

  test('a pattern that matches nothing is a warning at its place', () => {
    expect(desireOf(patterns('prod.ml.*: {}', 'prod.x.*: {}'), [table('ml.a')]).problems.map(brief)).toEqual([
      "dpo.yaml:6:3 warning CATALOG.PATTERN_UNMATCHED: no table matches 'prod.x.*'",
    ]);
    expect(desireOf(patterns('prod.ml.a: {}', 'prod.ml.*: {}'), [table('ml.a')]).problems).toEqual([]);
  });

  test("dpo's own metric tables and views are never selected, wherever a config or a tag sends them", () => {
    const text = patterns('prod.*.*: {}', 'prod.ml.b: { output_schema_name: Elsewhere }');
    const catalog = [
      table('ml.a', { monitor_output_schema_name: 'by_tag' }),
      table('monitoring_results.a_profile_metrics'),
      table('monitoring_results.sources'),
      table('elsewhere.b_drift_metrics'),
      table('by_tag.a_drift_metrics'),
      table('ml.user_profile_metrics'),
      table('global_monitoring.unified_drift_metrics_x'),
    ];
    expect(monitors(desireOf(text, catalog))).toEqual([
      'monitor:prod.ml.a',
      'monitor:prod.ml.user_profile_metrics',
      'monitor:prod.monitoring_results.sources',
    ]);
  });
});
