export interface RequestTally {
  readonly requests: number;
  readonly statements: number;
}

/** What a plan took of the workspace: a statement also takes a warehouse. */
export function tallyText({ requests, statements }: RequestTally): string {
  const count = (value: number, word: string): string => `${String(value)} ${word}${value === 1 ? '' : 's'}`;
  const sql = statements === 0 ? 'no SQL statement' : count(statements, 'SQL statement');
  return `planned with ${count(requests, 'request')}, of them ${sql}`;
}
