import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AlertEvaluationResult } from '@dpo/local-workspace';
import type { EngineWorld } from '../support/engine/engine-world.ts';
import { configOf, hostile, planted, statementOf } from './proof-tables.ts';
import { applied, createProofWorld, rowsOf, tableIn } from './proof-world.ts';

const drift = '[DPO] Drift Alert - demo - ';
const quality = '[DPO] Data Quality Alert - demo - ';
const config = configOf(planted);
const day = 86_400_000;

describe('alerts on the flights of the quickstart', () => {
  let world: EngineWorld;
  let results: readonly AlertEvaluationResult[];
  beforeAll(async () => {
    world = await createProofWorld();
    for (const each of planted) await world.sql(statementOf(each));
    await applied(world, `${config}mode: bulk_provision_only\n`);
    await world.workspace.idle();
    await applied(world, config);
    results = await world.workspace.evaluateAlerts();
  }, 240_000);
  afterAll(() => world.close());

  const resultOf = (name: string): AlertEvaluationResult => {
    const found = results.find(({ alertName }) => alertName === name);
    if (found === undefined) throw new Error(`no alert ${name}`);
    return found;
  };
  /** What fired, as `group: severity column against`. */
  const fired = (prefix: string, ...columns: readonly string[]): readonly string[] =>
    results
      .filter(({ alertName, state }) => alertName.startsWith(prefix) && state === 'TRIGGERED')
      .flatMap(({ alertName, message }) =>
        tableIn(message?.body ?? '').map(
          (row) => `${alertName.slice(prefix.length)}: ${columns.map((column) => row[column] ?? '').join(' ')}`,
        ),
      )
      .toSorted();

  test('R083 U094 U095 U096 T03 T19 T20 drift of a numeric and of a categorical column fires, each in its group alone', () => {
    expect(results.filter(({ state }) => state === 'ERROR' || state === 'UNKNOWN')).toEqual([]);
    expect(
      fired(drift, 'level', 'severity', 'source_table_name', 'column_name', 'metric_family', 'drift_type'),
    ).toEqual(
      [
        'Based: 2 critical demo.proof.based delay numeric BASELINE',
        'Drifted week: 2 critical demo.proof.drifted_week delay numeric CONSECUTIVE',
        'Hourly: 2 critical demo.proof.hourly delay numeric CONSECUTIVE',
        'Hourly: 2 critical demo.proof.hourly destination categorical CONSECUTIVE',
        'Hourly: 2 critical demo.proof.hourly origin categorical CONSECUTIVE',
        'Numbers warned: 1 warning demo.proof.numeric_warning delay numeric CONSECUTIVE',
        'Numbers: 2 critical demo.proof.numeric_critical delay numeric CONSECUTIVE',
        'Places warned: 1 warning demo.proof.places_warning destination categorical CONSECUTIVE',
        'Places: 2 critical demo.proof.places_critical destination categorical CONSECUTIVE',
        `${hostile}: 2 critical demo.proof.hostile delay numeric CONSECUTIVE`,
        'Strict: 2 critical demo.proof.strict delay numeric CONSECUTIVE',
      ].toSorted(),
    );
  });

  test('R085 R086 U098 T22 T23 what is wrong with the quality fires the alert on quality alone', () => {
    expect(fired(quality, 'issue_type', 'source_table_name', 'column_name')).toEqual([
      'Few: row count demo.proof.few :table',
      'Hourly: distinct count demo.proof.hourly origin',
      'Hourly: row count demo.proof.hourly :table',
      'No PSI: null rate demo.proof.no_psi delay',
      'Nulls: null rate demo.proof.nulls delay',
      'One place: distinct count demo.proof.one_place origin',
    ]);
  });

  test('T20 a window that goes on is no window yet', async () => {
    const view = 'demo.global_monitoring.unified_drift_metrics_today';
    const drifted = `FROM ${view} WHERE column_name = 'delay' AND psi >= numeric_drift_threshold`;
    const [row] = await rowsOf(
      world,
      `SELECT count(*) AS rows, MIN(window_end > current_timestamp()) AS later ${drifted}`,
    );
    expect(row).toEqual({ rows: '1', later: 'true' });
    expect(resultOf(`${drift}Today`).state).toBe('OK');
  });

  test('U101 subject and level are those of the worst row', () => {
    const levels = ['Numbers', 'Numbers warned', 'Calm'].map((group) => resultOf(`${drift}${group}`));
    expect(levels.map(({ value, message }) => [value?.text, message?.subject])).toEqual([
      ['2', 'Drift in group Numbers: level 2 (2 critical, 1 warning)'],
      ['1', 'Drift in group Numbers warned: level 1 (2 critical, 1 warning)'],
      [null, undefined],
    ]);
  });

  test('U097 a row says table, column, value as the metric table has it, threshold, owner, runbook and lineage', async () => {
    const [metrics] = await rowsOf(
      world,
      `SELECT population_stability_index AS psi, CAST(window.end AS DATE) AS day FROM demo.monitoring_results.numeric_critical_drift_metrics
       WHERE column_name = 'delay' AND drift_type = 'CONSECUTIVE' ORDER BY window.end DESC LIMIT 1`,
    );
    const [row = {}, ...others] = tableIn(resultOf(`${drift}Numbers`).message?.body ?? '');
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      source_table_name: 'demo.proof.numeric_critical',
      column_name: 'delay',
      threshold: '0.5',
      owner: 'ops',
      department: 'air',
      runbook_url: 'https://wiki.example.com/delay',
      lineage_url: 'https://lineage.example.com/x',
    });
    expect(Number(row['value'])).toBeCloseTo(Number(metrics?.['psi']), 10);
    expect(row['window_end']?.slice(0, 10)).toBe(metrics?.['day']);
    const [nulls = {}] = tableIn(resultOf(`${quality}Nulls`).message?.body ?? '');
    const [profile] = await rowsOf(
      world,
      `SELECT percent_null / 100 AS rate FROM demo.monitoring_results.nulls_profile_metrics
       WHERE column_name = 'delay' AND slice_key IS NULL ORDER BY window.end DESC LIMIT 1`,
    );
    expect([Number(nulls['value']), nulls['threshold']]).toEqual([Number(profile?.['rate']), '0.1']);
  });

  test('R087 R088 U100 a group has recipients of its own, the default ones, or none at all', () => {
    const told = ['Numbers', 'Strict', 'Places'].map((group) => resultOf(`${drift}${group}`));
    expect(told.map(({ recipients, silence }) => [recipients, silence])).toEqual([
      [[{ user_email: 'numbers@example.com' }], undefined],
      [[{ user_email: 'all@example.com' }], undefined],
      [[], 'NO_RECIPIENTS'],
    ]);
  });

  test('U094 T19 drift of a slice alone is in the view, and fires nothing', async () => {
    const view = 'demo.global_monitoring.unified_drift_metrics_sliced';
    const drifted = `FROM ${view} WHERE column_name = 'destination' AND js_distance >= drift_threshold`;
    const [row] = await rowsOf(world, `SELECT count(*) AS rows, count(slice_key) AS sliced ${drifted}`);
    expect(Number(row?.['sliced'])).toBeGreaterThan(0);
    expect(row?.['rows']).toBe(row?.['sliced']);
    expect(resultOf(`${drift}Sliced`).state).toBe('OK');
  });

  test('U101 what people called a group is neither a tag nor a template in what they get', () => {
    const { message } = resultOf(`${drift}${hostile}`);
    expect(message?.subject).toContain(`R&D "<b>" it's { {QUERY_RESULT_ROWS}} { { {ALERT_URL}}} @ALERT_NAME`);
    expect(message?.body).toContain(
      'R&amp;D &quot;&lt;b&gt;&quot; it&#39;s &#123;&#123;QUERY_RESULT_ROWS}} &#123;&#123;&#123;ALERT_URL}}}',
    );
    expect(message?.body).toContain('<td>&lt;i&gt;&amp;amp;&#39;</td>');
    expect(message?.body.match(/<table>/gu)).toHaveLength(1);
  });

  test('U101 T20 an incident is told once an hour, and not any more when its window is too old', async () => {
    const { alertId } = resultOf(`${drift}Numbers`);
    const now = world.workspace.clock.now();
    const after = async (milliseconds: number): Promise<readonly unknown[]> => {
      await world.workspace.clock.change({ set: new Date(now.getTime() + milliseconds) });
      const [result] = await world.workspace.evaluateAlerts({ alertId });
      return [result?.state, result?.notified];
    };
    expect(await after(1_800_000)).toEqual(['TRIGGERED', false]);
    expect(await after(3_660_000)).toEqual(['TRIGGERED', true]);
    expect(await after(6 * day)).toEqual(['TRIGGERED', true]);
    expect(await after(9 * day)).toEqual(['OK', false]);
    await world.workspace.clock.change({ set: now });
  });

  test('R044 R045 R046 nothing is left to do', async () => {
    expect(await applied(world, config)).toBe(0);
  }, 60_000);
});
