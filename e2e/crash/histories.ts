import type { Stage } from './world.ts';

/** What is settled before the crash, and what is running when it comes. */
export interface History {
  readonly name: string;
  readonly before: readonly Stage[];
  readonly during: { readonly stage: Stage; readonly mode: 'apply' | 'destroy' };
  /** Tables of `prod.ml` with a monitor of ours in the end. */
  readonly expected: readonly string[];
  /** Monitors that an undisturbed run creates. */
  readonly creates: number;
  /** A destroy that drops the metric tables and dashboards too. */
  readonly purges?: true;
}

export const firstApply: History = {
  name: 'the first apply, a schema and three monitors',
  before: [],
  during: { stage: 'first', mode: 'apply' },
  expected: ['a', 'b', 'c'],
  creates: 3,
};

export const change: History = {
  name: 'a change with update, replace, delete and create',
  before: ['first'],
  during: { stage: 'second', mode: 'apply' },
  expected: ['a', 'b', 'd'],
  creates: 2,
};

export const destroy: History = {
  name: 'destroy',
  before: ['first'],
  during: { stage: 'first', mode: 'destroy' },
  expected: [],
  creates: 0,
};

export const purge: History = {
  name: 'destroy with --purge-metrics',
  before: ['one'],
  during: { stage: 'one', mode: 'destroy' },
  expected: [],
  creates: 0,
  purges: true,
};
