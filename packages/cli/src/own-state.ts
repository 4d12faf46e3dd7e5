import { DpoError, ownerText, type Problem, type Recorded } from '@dpo/core';
import { checkState } from '@dpo/state';
import type { Project } from './project.ts';
import type { Session } from './session.ts';

/** Throws where a state belongs to another project, target, person, workspace or metastore. */
export function refuseOtherState(
  recorded: Recorded,
  { project, session }: { readonly project: Project; readonly session: Pick<Session, 'target'> },
): void {
  const problems = checkState(recorded, { owner: ownerText(project.owner), target: session.target });
  if (problems.length > 0) throw new DpoError(problems.map((problem) => withHint(problem, project)));
}

/** In a development target it is most often a colleague's: in a checkout that two people share, or committed. */
function withHint(problem: Problem, { loaded, owner, development }: Project): Problem {
  if (development === undefined || problem.code !== 'STATE.OTHER_OWNER') return problem;
  const hint = `'${loaded.targetName}' is a development target, in which each person has a state: name yours with --state state/${owner.target}.json`;
  return { ...problem, hint };
}
