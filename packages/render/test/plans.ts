import { addressOf, type Plan } from '@dpo/core';
import { at, change, created, monitorSpec, op, plan, tables } from './builders.ts';

const restart = 'profile history restarts at the last 30 days; metric tables and the generated dashboard stay';
const stay = 'metric tables and the generated dashboard stay';
const results = addressOf('schema', 'main.monitoring_results');
const cron = change('schedule.cron', '0 0 12 * * ?', { desired: '0 0 6 * * ?', from: at(6) });

function view(
  before: number,
  after: number,
): { readonly recorded: string; readonly live: string; readonly desired: string } {
  const text = (count: number): string =>
    [
      'SELECT *',
      'FROM (',
      ...tables(count, 'main.sales_profile.t').map((name) => `  SELECT * FROM ${name} UNION ALL`),
      ')',
      'WHERE x',
    ].join('\n');
  return { recorded: text(before), live: text(before), desired: text(after) };
}

const lifted = {
  path: 'prevent_destroy',
  label: 'prevent_destroy',
  recorded: true,
  desired: false,
  reason: 'config',
  from: at(7),
} as const;

/** Plans that people meet, by the name of their golden file. */
export const plans: Readonly<Record<string, Plan>> = {
  create: plan({
    base: { lineage: null, serial: 0 },
    ops: [
      op('create', '', { address: results, from: at(10, 3), spec: { name: 'main.monitoring_results' } }),
      created('main.sales.airports', monitorSpec('main.sales.airports'), { from: at(17, 3) }),
      op('create', 'main.sales.flights', {
        from: { tag: 'main.sales.flights#monitor_group' },
        spec: monitorSpec('main.sales.flights', {
          profile_type: 'TIMESERIES',
          time_series: { timestamp_column: 'departure_time', granularities: ['AGGREGATION_GRANULARITY_1_DAY'] },
          slicing_exprs: ['distance > 1000'],
          schedule: { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'Europe/Berlin' },
        }),
      }),
      op('create', 'main.sales.scores', {
        from: at(31, 3),
        notes: ['problem type CLASSIFICATION: the label column has 2 values'],
        spec: monitorSpec('main.sales.scores', {
          profile_type: 'INFERENCE',
          skip_builtin_dashboard: true,
          inference_log: {
            problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION',
            prediction_column: 'prediction',
            label_column: 'label',
          },
          notification_settings: { on_failure: { email_addresses: ['data@example.com'] } },
        }),
      }),
    ],
  }),
  orphans: plan({
    ops: [
      ...tables(25, 'main.old.t').map((name) => op('delete', name, { reasons: ['orphan'], lost: [stay] })),
      op('delete', 'main.sales.gone', { reasons: ['removed'], lost: [stay] }),
    ],
    orphans: [
      ...tables(25, 'main.old.t').map((name) => ({
        address: addressOf('monitor', name),
        id: `id-of-${name}`,
        fate: 'deleted' as const,
      })),
      ...tables(7, 'main.hr.p').map((name) => ({
        address: addressOf('monitor', name),
        id: `id-of-${name}`,
        fate: 'kept' as const,
        because: 'another state made it (lineage 8a1f): it was lost, or two configs use one project name',
      })),
      { address: results, id: 's-1', fate: 'kept', because: 'it holds tables and stays' },
    ],
  }),
  mixed: plan({
    used: [addressOf('schema', 'main.monitoring_results')],
    unchanged: 9892,
    ops: [
      op('replace', 'main.sales.orders', {
        changes: [
          change('granularity', ['1 day'], { desired: ['1 hour', '1 day'], from: at(14, 7) }),
          change('profile_type', 'SNAPSHOT', { desired: 'TIMESERIES', forces: true, from: at(15, 7) }),
        ],
        lost: [restart],
      }),
      op('delete', 'main.sales.old_orders', { reasons: ['removed'], lost: [stay] }),
      op('update', 'main.sales.refunds', {
        reasons: ['drift'],
        changes: [
          change('schedule.cron', '0 0 12 * * ?', { desired: '0 0 12 * * ?', live: '0 0 3 * * ?', reason: 'drift' }),
        ],
      }),
      op('update', 'main.sales.both', {
        reasons: ['config', 'config+drift', 'drift'],
        changes: [
          change('baseline_table_name', 'main.sales.base', { desired: 'main.sales.base_2024', from: at(40, 7) }),
          change('schedule.cron', '0 0 12 * * ?', {
            desired: '0 0 6 * * ?',
            live: '0 0 3 * * ?',
            reason: 'config+drift',
            from: at(6),
          }),
          change('schedule.timezone', 'UTC', {
            desired: 'UTC',
            live: 'Europe/Berlin',
            reason: 'drift',
            from: { default: true },
          }),
        ],
      }),
      ...tables(97).map((name) => op('update', name, { changes: [cron] })),
      op('update', 'main.sales.wide', {
        changes: [
          change('slicing_exprs', ['a', 'b', 'country', 'd'], {
            desired: ['a', 'b', 'd', 'region'],
            from: { tag: 'main.sales.wide#monitor_slicing' },
          }),
        ],
      }),
      op('create', 'main.sales.returns', {
        spec: monitorSpec('main.sales.returns'),
        from: { tag: 'main.sales.returns#monitor_group' },
      }),
      op('adopt', 'main.sales.found', { notes: ['has our marker; lineage unknown'] }),
      op('absorb', 'main.sales.already', {
        changes: [change('granularity', '1 day', { desired: '1 week', live: '1 week', from: at(50, 7) })],
      }),
      op('forget', 'main.sales.gone', { reasons: ['missing'] }),
    ],
    drift: [
      {
        address: addressOf('monitor', 'main.sales.refunds'),
        fate: 'reverted',
        changes: [
          change('schedule.cron', '0 0 12 * * ?', { live: '0 0 3 * * ?', reason: 'drift', from: { default: true } }),
        ],
      },
      { address: addressOf('monitor', 'main.sales.both'), fate: 'reverted', changes: [] },
    ],
    skipped: [
      {
        address: addressOf('monitor', 'main.sales.rates_fx'),
        code: 'CATALOG.UNSUPPORTED_TYPE',
        reason: 'foreign table; profiling unsupported',
      },
    ],
    requires: [{ flag: '--allow-replace', message: 'replacing monitor:main.sales.orders loses its profile history' }],
  }),
  blocked: plan({
    unchanged: 12,
    scope: { partial: true, complete: false },
    blocked: tables(3, 'main.hr.p').map((name) => ({
      address: addressOf('monitor', name),
      code: 'PLAN.DEPENDENCY',
      because: 'schema:main.hr_results could not be read',
    })),
    problems: [
      {
        code: 'CATALOG.UNREADABLE',
        severity: 'error',
        message: 'schema main.hr_results could not be read: permission denied',
        hint: 'GRANT USE SCHEMA ON SCHEMA main.hr_results TO `ci`',
        address: addressOf('schema', 'main.hr_results'),
      },
    ],
    errored: true,
  }),
  deferred: plan({
    ops: [op('create', 'main.sales.orders')],
    deferred: [
      ...tables(2, 'main.sales.r').map((name) => ({
        address: addressOf('monitor', name),
        action: 'create' as const,
        why: 'new' as const,
        because: 'new since the approval',
      })),
      {
        address: addressOf('monitor', 'main.sales.customers'),
        action: 'update' as const,
        why: 'changed' as const,
        because: 'no longer what was approved',
      },
    ],
    unchanged: 4,
  }),
  'no-changes': plan({ unchanged: 9892 }),
  unread: plan({ unchanged: 9892, scope: { partial: false, complete: true, refresh: 'changed', unread: 9800 } }),
  destroy: plan({
    mode: 'destroy',
    ops: [
      ...tables(8).map((name) => op('delete', name, { reasons: ['destroy'], lost: [stay] })),
      op('delete', '', { address: results, reasons: ['destroy'] }),
    ],
    survives: [
      '16 metric tables in main.monitoring_results',
      '8 generated dashboards in /Shared/dpo/sales/prod/monitors',
    ],
  }),
  purge: plan({
    mode: 'destroy',
    ops: [
      ...tables(8).map((name) =>
        op('delete', name, {
          reasons: ['destroy'],
          lost: ['its metric tables and generated dashboard are dropped with it: all that was measured is lost'],
          purge: [
            { kind: 'table', name: `main.monitoring_results.${name.split('.').at(-1) ?? ''}_profile_metrics` },
            { kind: 'dashboard', name: `01ef${name.slice(-4)}` },
          ],
        }),
      ),
      op('delete', '', {
        address: results,
        reasons: ['destroy'],
        notes: ['deleted when its metric tables are gone, unless anything else is in it'],
      }),
    ],
  }),
  guards: plan({
    unchanged: 3,
    ops: [
      op('absorb', 'main.sales.orders', { changes: [lifted] }),
      op('absorb', 'main.sales.items', { changes: [change('prevent_destroy', false, { desired: true, from: at(9) })] }),
      created('main.sales.new', monitorSpec('main.sales.new'), { prevent_destroy: true }),
    ],
    ignored: [
      {
        path: 'schedule.quartz_cron_expression',
        label: 'schedule.cron',
        addresses: tables(2).map((name) => addressOf('monitor', name)),
      },
    ],
  }),
  drift: plan({
    unchanged: 3,
    ops: [
      op('create', 'main.sales.vanished', { reasons: ['missing'], spec: monitorSpec('main.sales.vanished') }),
      ...tables(40).map((name) =>
        op('replace', name, {
          reasons: ['identity'],
          severity: 'behaviour',
          changes: [
            {
              path: 'object_id',
              recorded: `old-${name}`,
              desired: `new-${name}`,
              live: `old-${name}`,
              reason: 'config',
              forces: true,
            },
          ],
        }),
      ),
      op('absorb', 'main.sales.changed', { reasons: ['drift'] }),
    ],
    drift: [
      { address: addressOf('monitor', 'main.sales.vanished'), fate: 'recreated', changes: [] },
      {
        address: addressOf('monitor', 'main.sales.changed'),
        fate: 'kept',
        changes: [change('failure_notifications', [], { live: ['a@example.com'], reason: 'drift' })],
      },
    ],
  }),
  'create-many': plan({
    ops: tables(7).map((name, index) =>
      op('create', name, {
        from: { tag: `${name}#monitor_group` },
        spec: monitorSpec(name, {
          profile_type: 'INFERENCE',
          inference_log: { problem_type: 'INFERENCE_PROBLEM_TYPE_CLASSIFICATION', label_column: `label_${index}` },
          schedule: { quartz_cron_expression: '0 0 6 * * ?', timezone_id: 'UTC' },
        }),
      }),
    ),
  }),
  'long-values': plan({
    ops: [
      op('update', 'main.sales.long', {
        changes: [
          change('baseline_table_name', 'main.sales.a_very_long_name_of_a_table_with_a_suffix', {
            desired: 'main.sales.a_very_long_name_of_a_table_with_another_suffix',
            from: at(12),
          }),
          change('output_schema_name', 'b9a3', {
            desired: { $ref: results, path: 'schema_id' },
            unknown: true,
            from: at(4),
          }),
          {
            path: 'schedule.cron',
            label: 'schedule.cron',
            recorded: '0 0 6 * * ?',
            live: '0 0 6 * * ?',
            reason: 'config',
          },
        ],
      }),
      op('create', '', { address: results, spec: { name: 'main.monitoring_results' } }),
    ],
  }),
  text: plan({
    ops: [
      op('update', 'main.sales.unified', {
        changes: [change('definition', 'x', { path: 'definition', ...view(3, 30), from: at(3) })],
      }),
    ],
  }),
};
