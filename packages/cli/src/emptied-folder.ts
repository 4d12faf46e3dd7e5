import type { ApplyResult, Plan } from '@dpo/core';
import { removeEmptyFolders, type FolderEnd } from '@dpo/databricks';
import { ownerFolder } from '@dpo/monitoring';
import { exitOf } from './apply-plan.ts';
import { exits } from './base-command.ts';
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
  const { partial, complete } = plan.scope;
  const whole = plan.mode === 'destroy' && !partial && complete && exitOf(result, plan) === exits.done;
  const kept = plan.blocked.length > 0 || plan.orphans.some(({ fate }) => fate === 'kept') || !isProjectNamed(project);
  // Without an operation nobody was asked.
  if (!whole || kept || plan.ops.length === 0) return undefined;
  const path = ownerFolder(project.loaded, project.owner);
  const end = await removeEmptyFolders(session.client, {
    path,
    inside: ['monitors'],
    limit: session.reads,
    signal: signals.stop,
  });
  return { path, end };
}
