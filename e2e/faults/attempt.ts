import type { LoggedRequest, WorkspaceSnapshot } from '@dpo/local-workspace';
import type { RunEnd } from './run-engine.ts';

/** One run with what it sent and what it left behind. */
export interface Attempt {
  readonly end: RunEnd;
  readonly requests: readonly LoggedRequest[];
  readonly snapshot: WorkspaceSnapshot;
}

/** Paths of all objects that it asked to delete. */
export function deletesOf({ requests }: Attempt): ReadonlySet<string> {
  return new Set(requests.flatMap(({ method, path }) => (method === 'DELETE' ? [path] : [])));
}

export function operationsOf({ end }: Attempt): ReadonlySet<string> {
  return new Set(end.status === 'ended' ? end.operations : []);
}

/** A run without a fault. */
export function mustEnd(attempt: Attempt): Attempt {
  const { end } = attempt;
  const done = end.status === 'ended' && end.outcomes.every(({ status }) => status === 'done');
  if (done && end.blocked.length === 0) return attempt;
  const why = end.status === 'broken' ? String(end.error) : JSON.stringify(end);
  throw new Error(`a run without a fault ${end.status}: ${why}`);
}
