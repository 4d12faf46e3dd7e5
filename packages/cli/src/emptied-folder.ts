import type { ApplyResult, Plan } from '@dpo/core';
import { removeEmptyFolders, type FolderEnd } from '@dpo/databricks';
import { ownerFolder } from '@dpo/monitoring';
import { exitOf } from './apply-plan.ts';
import { exits } from './base-command.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';
import type { Signals } from './signals.ts';

export interface EmptiedFolder {
  readonly path: string;
  readonly end: FolderEnd;
}

/**
 * The owner's folder after a destroy of everything that went well: what is empty of it goes, the rest is told (ruling 84). A
 * folder is no resource, so that a destroy which was killed before this looks again.
 */
export async function emptyFolder(
  { plan, result }: { readonly plan: Plan; readonly result: ApplyResult },
  { project, session, signals }: { readonly project: Project; readonly session: Session; readonly signals: Signals },
): Promise<EmptiedFolder | undefined> {
  const { partial, complete } = plan.scope;
  if (plan.mode !== 'destroy' || partial || !complete || exitOf(result, plan) !== exits.done) return undefined;
  const path = ownerFolder(project.loaded, project.owner);
  const end = await removeEmptyFolders(session.client, { path, limit: session.reads, signal: signals.stop });
  return { path, end };
}
