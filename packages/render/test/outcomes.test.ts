import { describe, expect, test } from '@jest/globals';
import { addressOf, type ApplyResult, type Outcome } from '@dpo/core';
import { renderOutcomes, type Style } from '../src/index.ts';
import { op, plan, tables } from './builders.ts';
import { expectGolden, expectGoldens, narrow } from './golden.ts';

const ops = [
  ...tables(9).map((name) => op('update', name)),
  op('create', 'main.sales.new'),
  op('create', 'main.sales.later'),
];

function monitor(name: string): ReturnType<typeof addressOf> {
  return addressOf('monitor', name);
}

const failure = {
  code: 'API.PERMISSION_DENIED',
  severity: 'error',
  message: 'the service refused: user ci lacks MANAGE on the table',
  hint: 'GRANT MANAGE ON SCHEMA main.sales TO `ci`',
} as const;

const mixed: ApplyResult = {
  outcomes: [
    ...tables(7).map((name): Outcome => ({ address: monitor(name), action: 'update', status: 'done' })),
    {
      address: monitor('main.sales.t0007'),
      action: 'update',
      status: 'failed',
      problem: { ...failure, address: monitor('main.sales.t0007') },
    },
    {
      address: monitor('main.sales.t0008'),
      action: 'update',
      status: 'failed',
      problem: { ...failure, address: monitor('main.sales.t0008') },
    },
    { address: monitor('main.sales.new'), action: 'create', status: 'skipped', because: 'schema:main.out failed' },
  ],
  wrote: true,
  interrupted: true,
  state: {
    status: 'rescue',
    path: '/repo/state/prod.json.rescue',
    reason: 'no space left on device',
    command: 'dpo state push /repo/state/prod.json.rescue --config teams/ml/pipelines/profiling/dpo.yaml --target prod',
  },
};

describe('renderOutcomes', () => {
  test('a run that went half well says what failed, what to do, and where the state is', () => {
    const text = renderOutcomes(mixed, plan({ ops }), narrow);
    expectGoldens((style) => renderOutcomes(mixed, plan({ ops }), style), 'outcomes-mixed');
    expect(text).toContain('not started 1');
    expect(text).toContain('/repo/state/prod.json.rescue');
    expect(text).toContain('push /repo/state/prod.json.rescue --config teams/ml/pipelines/profiling/dpo.yaml --target');
  });

  test('U117 the pages of the dashboards that were made or changed are told, and none of the embedded workspace', () => {
    const outcomes: readonly Outcome[] = [
      { address: addressOf('dashboard', 'sales'), action: 'create', status: 'done', id: 'd1' },
      { address: addressOf('dashboard', '*'), action: 'update', status: 'done', id: 'd2' },
      { address: addressOf('dashboard', 'old'), action: 'delete', status: 'done' },
    ];
    const result: ApplyResult = { outcomes, wrote: true, interrupted: false, state: { status: 'saved' } };
    const { target } = plan();
    const text = renderOutcomes(result, plan({ target: { ...target, host: 'https://x' } }), narrow);
    expect(text.split('\n').slice(-4)).toEqual([
      'Dashboards',
      '  sales  https://x/dashboardsv3/d1/published?o=1',
      '  *      https://x/dashboardsv3/d2/published?o=1',
      '',
    ]);
    const local = plan({ target: { ...target, host: 'embedded workspace' } });
    expect(renderOutcomes(result, local, narrow)).not.toContain('Dashboards');
  });

  test('a run whose journal is all that is left names no command', () => {
    const state = { status: 'rescue', path: 'state/prod.json.journal', reason: 'no space' } as const;
    const text = renderOutcomes({ outcomes: [], wrote: true, interrupted: false, state }, plan({ ops }), narrow);
    expect(text).toContain('journal      state/prod.json.journal');
    expect(text).toContain('the next run takes in');
    expect(text).not.toContain('state push');
  });

  test('a run that went well is short', () => {
    const outcomes = ops.map(({ address, action }): Outcome => ({ address, action, status: 'done' }));
    const result: ApplyResult = { outcomes, wrote: true, interrupted: false, state: { status: 'saved' } };
    expectGoldens((style) => renderOutcomes(result, plan({ ops }), style), 'outcomes-done');
  });

  test('a destroy says what stays behind', () => {
    const destroy = plan({ mode: 'destroy', ops: [op('delete', 'a.b.c')], survives: ['2 metric tables in a.out'] });
    const outcomes: readonly Outcome[] = [
      { address: monitor('a.b.c'), action: 'delete', status: 'done', note: 'was gone already' },
    ];
    const result: ApplyResult = { outcomes, wrote: true, interrupted: false, state: { status: 'saved' } };
    expectGoldens((style) => renderOutcomes(result, destroy, style), 'outcomes-destroy');
  });

  test('a run that was interrupted lists what it did not start, and says the same without unicode and in colour', () => {
    const outcomes = ops.map(({ address, action }, index): Outcome => {
      if (index < 2) return { address, action, status: 'done' };
      return { address, action, status: 'skipped', because: 'interrupted before it was started', halted: true };
    });
    const result: ApplyResult = { outcomes, wrote: true, interrupted: true, state: { status: 'saved' } };
    const render = (style: Style): string => renderOutcomes(result, plan({ ops }), style);
    expectGoldens(render, 'outcomes-interrupted');
    expectGolden(render({ ...narrow, unicode: false }), 'outcomes-interrupted-80-ascii');
    expectGolden(render({ ...narrow, color: true }), 'outcomes-interrupted-80-colored');
    expect(render(narrow)).toContain('skipped 0  not started 9');
  });

  test('nothing written is said', () => {
    const result: ApplyResult = { outcomes: [], wrote: false, interrupted: true, state: { status: 'unchanged' } };
    expect(renderOutcomes(result, plan({ ops }), narrow)).toContain('nothing was written');
  });
});
