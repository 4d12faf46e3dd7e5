import {
  DpoError,
  ownerText,
  type Address,
  type Consent,
  type Emit,
  type Plan,
  type PlanMode,
  type Problem,
  type Scope,
} from '@dpo/core';
import { makePlan } from '@dpo/engine';
import { checkState } from '@dpo/state';
import { checkReplace, checkScope, checkScopeKeys } from './check-scope.ts';
import { systemClock } from './clock.ts';
import { desiredOf } from './desired-of.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';

export interface PlanProjectRequest {
  readonly project: Project;
  readonly session: Session;
  readonly mode: PlanMode;
  readonly consent: Consent;
  readonly scope: Scope;
  /** Addresses to replace although nothing forces it. */
  readonly replace?: ReadonlySet<Address>;
  readonly version: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Config, catalog, state and live objects become a plan. Writes nothing and takes no lock. */
export async function planProject(request: PlanProjectRequest): Promise<Plan> {
  const { project, session, signal } = request;
  const context = session.context(signal);
  const recorded = await project.store.read();
  const misplaced = checkState(recorded, { owner: ownerText(project.owner), target: session.target });
  if (misplaced.length > 0) throw new DpoError(misplaced);
  refuse(checkScopeKeys(request.scope, request.mode));
  const desired = await desiredOf(request, context);
  const doubts = [
    ...checkScope(request.scope, desired, recorded),
    ...checkReplace(request.replace ?? new Set(), desired),
  ];
  refuse(doubts);
  const notes = recorded.lineage === undefined ? [noState(project, request.mode)] : [];
  return makePlan({
    desired: { ...desired, problems: [...desired.problems, ...doubts, ...notes] },
    recorded,
    providers: session.providers,
    context,
    clock: systemClock,
    emit: request.emit,
    options: {
      mode: request.mode,
      version: request.version,
      consent: request.consent,
      scope: request.scope,
      replace: request.replace ?? new Set(),
    },
  });
}

/** What was asked for in words that mean nothing is not planned without them. */
function refuse(problems: readonly Problem[]): void {
  if (problems.some(({ severity }) => severity === 'error')) throw new DpoError(problems);
}

function noState(project: Project, mode: PlanMode): Problem {
  const [message, hint] =
    mode !== 'destroy'
      ? [
          'no state found: removed tables are not planned for deletion',
          `the first apply writes ${project.store.location}`,
        ]
      : [
          'no state found: only what the config names and carries our marker is destroyed',
          `looked for ${project.store.location}`,
        ];
  return { code: 'STATE.NONE', severity: 'note', message, hint };
}
