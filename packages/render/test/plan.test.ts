import { describe, expect, test } from '@jest/globals';
import { addressOf } from '@dpo/core';
import { renderPlan } from '../src/index.ts';
import { at, change, created, monitorSpec, op, plan, tables } from './builders.ts';
import { broad, expectGolden, expectGoldens, linesOf, narrow } from './golden.ts';
import { plans } from './plans.ts';

const cron = { desired: '0 0 6 * * ?', from: at(6) };

function named(name: string): ReturnType<typeof plan> {
  return plans[name] ?? plan();
}

describe('renderPlan', () => {
  test.each(Object.entries(plans))('the plan %s reads as its golden files', (name, each) => {
    expectGoldens((style) => renderPlan(each, style), `plan-${name}`);
  });

  test('D015 colour is in the text only when the style says so', () => {
    const colored = renderPlan(named('mixed'), { ...narrow, color: true });
    expectGolden(colored, 'plan-mixed-80-colored');
    // oxlint-disable-next-line no-control-regex
    expect(colored.replace(/\x1b\[\d+m/g, '')).toBe(renderPlan(named('mixed'), narrow));
    expect(renderPlan(named('mixed'), narrow)).not.toContain('\x1b');
  });

  test('without unicode the drawing is ASCII', () => {
    const text = renderPlan(named('mixed'), { ...narrow, unicode: false });
    expectGolden(text, 'plan-mixed-80-ascii');
    expectGolden(renderPlan(named('mixed'), { ...narrow, unicode: false, width: 60 }), 'plan-mixed-60-ascii');
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('the full style cuts no value and lists every name', () => {
    const text = renderPlan(named('drift'), { ...narrow, full: true });
    for (const name of tables(40)) expect(text).toContain(name);
    expect(renderPlan(named('text'), { ...narrow, full: true })).toContain('t0029');
    expect(renderPlan(named('long-values'), { ...narrow, full: true })).toContain(
      'a_very_long_name_of_a_table_with_another_suffix',
    );
  });

  test('what is ignored is counted, and listed in the full style', () => {
    const quiet = plan({
      unchanged: 2,
      ...('ignored' in named('guards') ? { ignored: named('guards').ignored ?? [] } : {}),
    });
    expect(renderPlan(quiet, narrow)).toContain('no drift, 2 settings ignored (--full lists them).');
    const full = renderPlan(named('guards'), { ...narrow, full: true });
    expect(full).toMatch(/^Ignored 2 .*\n {4}schedule\.cron\n {6}main\.sales\.t0000, main\.sales\.t0001$/mu);
    expect(full).toContain('2 settings ignored');
    expect(full).not.toContain('--full');
  });

  test('N004 a protection that is set or lifted is told, also beside an outside change', () => {
    const address = addressOf('monitor', 'main.sales.orders');
    const outside = change('x', 1, { live: 2, reason: 'drift' });
    const protection = change('prevent_destroy', true, { desired: false, from: at(7) });
    const text = renderPlan(
      plan({
        ops: [op('absorb', 'main.sales.orders', { changes: [protection] })],
        drift: [{ address, fate: 'kept', changes: [outside] }],
      }),
      narrow,
    );
    expect(text).toMatch(/prevent_destroy {2}true {2}→ {2}false +dpo\.yaml:7:5/u);
    expect(text).toContain('State only 1');
  });

  test('what is purged is named, all of it, however much it is', () => {
    const ops = tables(40).map((name) =>
      op('delete', name, { purge: [{ kind: 'table', name: `${name}_profile_metrics` }] }),
    );
    const text = renderPlan(plan({ mode: 'destroy', ops }), narrow);
    expect(text).toContain('Purged with them 40');
    for (const name of tables(40)) expect(text).toContain(`metric table ${name}_profile_metrics`);
  });

  test('N005 severities are named, and counted when a section mixes them', () => {
    const ops = [op('replace', 'a.b.c'), op('replace', 'a.b.d', { severity: 'behaviour', reasons: ['identity'] })];
    const text = renderPlan(plan({ ops }), narrow);
    expect(text).toContain('Replace 2  1 destructive, 1 behaviour');
    expect(text).toMatch(/a\.b\.d .*behaviour/);
  });

  test('N015 a config change, an outside change and both are told apart', () => {
    const changes = [
      change('config', 'a', { desired: 'b' }),
      change('drift', 'a', { desired: 'a', live: 'c', reason: 'drift' }),
      change('both', 'a', { desired: 'b', live: 'c', reason: 'config+drift' }),
    ];
    const text = renderPlan(plan({ ops: [op('update', 'a.b.c', { reasons: ['config+drift'], changes })] }), narrow);
    expect(text).toMatch(/config {2}a {2}→ {2}b$/m);
    expect(text).toMatch(/drift {3}a {2}← {2}c \(live\)$/m);
    expect(text).toMatch(/both {4}a {2}→ {2}b {2}\(live: c\) {3}also changed outside$/m);
  });

  test('an operation that only sets drift back is told in the drift section alone', () => {
    const address = addressOf('monitor', 'a.b.c');
    const changes = [change('x', 1, { desired: 1, live: 2, reason: 'drift' })];
    const text = renderPlan(
      plan({
        ops: [op('update', 'a.b.c', { reasons: ['drift'], changes })],
        drift: [{ address, fate: 'reverted', changes }],
      }),
      narrow,
    );
    expect(text).toContain('Drift 1');
    expect(text).not.toContain('Change 1');
    expect(text.match(/a\.b\.c/g)).toHaveLength(1);
  });

  test('equal changes with different places collapse, and the places are summed up', () => {
    const ops = tables(6).map((name, index) =>
      op('update', name, { changes: [change('x', 1, { desired: 2, from: at(index + 1) })] }),
    );
    expect(renderPlan(plan({ ops }), narrow)).toContain('dpo.yaml:1:5 +5 places');
    const tagged = tables(6).map((name) =>
      op('update', name, { changes: [change('x', 1, { desired: 2, from: { tag: `${name}#x` } })] }),
    );
    expect(renderPlan(plan({ ops: tagged }), narrow)).toContain('tag main.sales.*#x');
  });

  test('different losses never collapse', () => {
    const ops = [op('delete', 'a.b.c', { lost: ['one'] }), op('delete', 'a.b.d', { lost: ['two'] })];
    const text = renderPlan(plan({ ops }), narrow);
    expect(text).toContain('! one');
    expect(text).toContain('! two');
  });

  test('a reference to an object of this plan is known after apply, another one is not said to be', () => {
    const spec = monitorSpec('a.b.c');
    const schema = op('create', '', { address: addressOf('schema', 'main.monitoring_results') });
    expect(renderPlan(plan({ ops: [op('create', 'a.b.c', { spec }), schema] }), broad)).toContain(
      'output_schema_name: main.monitoring_results (id known after apply)',
    );
    expect(renderPlan(plan({ ops: [op('create', 'a.b.c', { spec })] }), broad)).not.toContain('known after apply');
  });

  test('C24 missing consent is printed with its flag, and the command to run has it', () => {
    const requires = [{ flag: '--allow-deletes', value: 12, message: '12 deletes are more than 10' }] as const;
    const text = renderPlan(plan({ ops: [op('delete', 'a.b.c')], requires, applyable: false }), broad);
    expect(text).toMatch(/Needs +--allow-deletes 12 {2}12 deletes are more than 10/);
    expect(text).toContain('fp:7f3a-91c2-0b1d-44e8');
  });

  test('ten thousand operations that read alike take under sixty lines', () => {
    const ops = [
      ...tables(6000).map((name) => op('update', name, { changes: [change('schedule.cron', '0 0 12 * * ?', cron)] })),
      ...tables(3000, 'main.hr.p').map((name) => created(name, monitorSpec(name), { notes: [`chosen for ${name}`] })),
      ...tables(1000, 'main.old.p').map((name) =>
        op('delete', name, { reasons: ['removed'], lost: ['metric tables stay'] }),
      ),
    ];
    const skipped = tables(500, 'main.ext.e').map((name) => ({
      address: addressOf('monitor', name),
      code: 'CATALOG.X',
      reason: `no ${name}`,
    }));
    const whole = plan({ ops, skipped });
    const text = renderPlan(whole, narrow);
    expect(linesOf(text).length).toBeLessThan(60);
    expect(renderPlan(whole, narrow)).toBe(text);
  });

  test('an infinite width is no width at all', () => {
    expect(renderPlan(named('long-values'), { ...narrow, width: Infinity })).toContain(
      'main.monitoring_results (id known after apply)               dpo.yaml:4:5',
    );
  });
});
