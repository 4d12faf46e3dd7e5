import type { ApplyResult, Plan } from '@dpo/core';
import { removeEmptyFolders, type FolderEnd } from '@dpo/databricks';
import { ownerFolder } from '@dpo/monitoring';
import { exitOf } from './apply-plan.ts';
import { exits, type Exit } from './base-command.ts';
import { isProjectNamed } from './orphan-search.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';
import type { Signals } from './signals.ts';

export interface EmptiedFolder {
  readonly path: string;
  readonly end: FolderEnd;
}

/**
 * The owner's folder after a destroy of everything that went well: what is empty of it goes, the rest is told (ruling 84). Not
 * where anything was kept, or where another config may be the owner: its folders would be among these.
 */
export async function emptyFolder(
  { plan, result }: { readonly plan: Plan; readonly result: ApplyResult },
  { project, session, signals }: { readonly project: Project; readonly session: Session; readonly signals: Signals },
): Promise<EmptiedFolder | undefined> {
  if (!isEmptied(plan, exitOf(result, plan), isProjectNamed(project))) return undefined;
  const path = ownerFolder(project.loaded, project.owner);
  const end = await removeEmptyFolders(session.client, {
    path,
    inside: ['monitors'],
    limit: session.reads,
    signal: signals.stop,
  });
  return { path, end };
}

/** Everything that there was is gone, somebody agreed to it, and it was ours. */
export function isEmptied(plan: Plan, exit: Exit, named: boolean): boolean {
  const { mode, ops, blocked, orphans, scope } = plan;
  const kept = blocked.length > 0 || orphans.some(({ fate }) => fate === 'kept');
  const whole = !scope.partial && scope.complete && !kept;
  return mode === 'destroy' && ops.length > 0 && exit === exits.done && whole && named;
}
