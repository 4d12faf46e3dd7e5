import type { Stage } from '../crash/world.ts';
import type { Mode } from './run-engine.ts';

/** What is settled before, and what runs while something is wrong. */
export interface History {
  readonly name: string;
  readonly before: readonly Stage[];
  readonly during: { readonly stage: Stage; readonly mode: Mode };
  /** Tags are read with SQL, or table by table. */
  readonly warehouse: boolean;
}

export const firstApply: History = {
  name: 'first apply',
  before: [],
  during: { stage: 'first', mode: 'apply' },
  warehouse: true,
};

export const withoutWarehouse: History = { ...firstApply, name: 'first apply without a warehouse', warehouse: false };

export const change: History = {
  name: 'update, replace, delete and create',
  before: ['first'],
  during: { stage: 'second', mode: 'apply' },
  warehouse: true,
};

export const destroy: History = {
  name: 'destroy',
  before: ['first'],
  during: { stage: 'first', mode: 'destroy' },
  warehouse: true,
};

export const takeOver: History = {
  name: 'import',
  before: ['first'],
  during: { stage: 'third', mode: 'import' },
  warehouse: true,
};
