import { describe, expect, test } from '@jest/globals';
import { addressOf } from '../../src/address.ts';
import type { DesiredResource } from '../../src/desired.ts';
import type { Observation } from '../../src/live.ts';
import { canonical, type Json } from '../../src/json.ts';
import type { Plan } from '../../src/plan-file.ts';
import type { Spec } from '../../src/spec.ts';
import { absent, planOf } from './world.ts';

const place = { file: 'dpo.yaml', start: { line: 1, column: 1 } };

function resource(kind: 'alert' | 'dashboard', name: string, spec: Spec): DesiredResource {
  return { address: addressOf(kind, name), spec: { display_name: name, ...spec }, place, origins: {} };
}

const told = ({ problems, errored }: Plan): readonly unknown[] => [
  errored,
  problems.map(({ code, severity, message }) => `${severity} ${code}: ${message}`),
];

describe('W027 what the service would refuse is told before any write', () => {
  const alerts = (count: number, among?: number): Plan => {
    const desired = Array.from({ length: count }, (_, index) => resource('alert', `g${String(index)}/drift`, {}));
    const live = Object.fromEntries(
      desired.map(({ address }): [string, Observation] => [
        address,
        { ...absent(address), ...(among === undefined ? {} : { among }) },
      ]),
    );
    return planOf({ desired, live });
  };

  test.each([
    [1, 999],
    [1000, 0],
    [1000, undefined],
    [0, 5000],
  ])('W027 %s new alerts beside %s are enough room', (count, among) => {
    expect(told(alerts(count, among))).toEqual([false, []]);
  });

  test.each([
    [1, 1000],
    [2, 999],
    [1001, undefined],
  ])('W027 %s new alerts beside %s are too many', (count, among) => {
    const plan = alerts(count, among);
    expect(told(plan)).toEqual([
      true,
      [
        `error PLAN.LIMIT: the workspace has at least ${String(among ?? 0)} alerts and would get ${String(count)} more: 1000 is the most, those in the trash counted`,
      ],
    ]);
    expect(plan.applyable).toBe(false);
  });

  const list = (count: number, each: Json = {}): Json => Array.from({ length: count }, () => each);

  test.each<readonly [what: string, content: Json, message: string | undefined]>([
    [
      '15 pages of 100 widgets over 100 datasets',
      { pages: list(15, { layout: list(100) }), datasets: list(100) },
      undefined,
    ],
    ['16 pages', { pages: list(16) }, '16 pages, and 15'],
    ['101 datasets', { datasets: list(101) }, '101 datasets, and 100'],
    ['101 widgets', { pages: [{ layout: list(7) }, { layout: list(101) }] }, '101 widgets on a page, and 100'],
    ['nothing that can be read', 'pages', undefined],
  ])('W027 a dashboard of %s', (_what, content, message) => {
    const spec = { serialized_dashboard: canonical(content) };
    const problems = message === undefined ? [] : [`error PLAN.LIMIT: the dashboard would have ${message} is the most`];
    expect(told(planOf({ desired: [resource('dashboard', 'sales', spec)] }))).toEqual([
      message !== undefined,
      problems,
    ]);
  });
});
