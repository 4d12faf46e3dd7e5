export interface RequestTally {
  readonly requests: number;
  readonly statements: number;
}

/** What a run took of the workspace: a statement also takes a warehouse. */
export function tallyText({ requests, statements }: RequestTally, did: 'planned' | 'read' = 'planned'): string {
  const count = (value: number, word: string): string => `${String(value)} ${word}${value === 1 ? '' : 's'}`;
  const sql = statements === 0 ? 'no SQL statement' : count(statements, 'SQL statement');
  return `${did} with ${count(requests, 'request')}, of them ${sql}`;
}
