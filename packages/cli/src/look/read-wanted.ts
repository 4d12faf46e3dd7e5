import { DpoError, type Catalog, type Desired, type Problem, type Recorded, type Scope } from '@dpo/core';
import { checkPlanKeys, checkScope } from '../check-scope.ts';
import { wantedOf } from '../desired-of.ts';
import { refuseOtherState } from '../own-state.ts';
import type { Project } from '../project.ts';
import type { Session } from '../session.ts';

export interface LookRequest {
  readonly project: Project;
  readonly session: Session;
  readonly scope: Scope;
  readonly signal: AbortSignal;
  /** Full names, in lower case, of tables to read whether the config asks for them or not. */
  readonly alsoRead?: readonly string[];
}

export interface Wanted {
  readonly desired: Desired;
  readonly recorded: Recorded;
  readonly catalog: Catalog;
  /** Selectors that are not sure to mean anything. */
  readonly doubts: readonly Problem[];
}

/** What config, catalog and state say; no object is read. Takes no lock and writes nothing. */
export async function readWanted(request: LookRequest): Promise<Wanted> {
  const { project, session, scope, signal, alsoRead = [] } = request;
  const recorded = await project.store.read();
  refuseOtherState(recorded, { project, session });
  refuse(checkPlanKeys(scope));
  const { desired, catalog } = await wantedOf({ project, session, recorded, alsoRead }, session.context(signal));
  const doubts = checkScope(scope, desired, recorded);
  refuse(doubts);
  return { desired, recorded, catalog, doubts };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.some(({ severity }) => severity === 'error')) throw new DpoError(problems);
}
