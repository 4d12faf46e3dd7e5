import type { WarehouseUse } from '@dpo/databricks';

export interface RequestTally {
  readonly requests: number;
  readonly statements: number;
  readonly warehouse: WarehouseUse;
}

const words: Readonly<Record<WarehouseUse, string>> = {
  none: '',
  running: '; the warehouse was running',
  starting: '; the warehouse was starting already',
  started: '; the warehouse was stopped, and was started for it',
  unknown: '; whether that started the warehouse is not known',
};

/** What a run took of the workspace: a statement also takes a warehouse. */
export function tallyText(
  { requests, statements, warehouse }: RequestTally,
  did: 'planned' | 'read' = 'planned',
): string {
  const count = (value: number, word: string): string => `${String(value)} ${word}${value === 1 ? '' : 's'}`;
  const sql = statements === 0 ? 'no SQL statement' : count(statements, 'SQL statement');
  return `${did} with ${count(requests, 'request')}, of them ${sql}${words[warehouse]}`;
}
