import {
  DpoError,
  type Address,
  type Approval,
  type Consent,
  type Emit,
  type Plan,
  type PlanMode,
  type Problem,
  type RefreshMode,
  type Scope,
} from '@dpo/core';
import { readMetricColumns } from '@dpo/databricks';
import { makePlan } from '@dpo/engine';
import { checkReplace, checkScope, checkScopeKeys } from './check-scope.ts';
import { systemClock } from './clock.ts';
import { datedDesired } from './desired-of.ts';
import { isProjectNamed, orphanSearch, type OrphanSearch } from './orphan-search.ts';
import { refuseOtherState } from './own-state.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';
import type { SnapshotChoice } from './snapshot-file.ts';

export interface PlanProjectRequest {
  readonly project: Project;
  readonly session: Session;
  readonly mode: PlanMode;
  readonly consent: Consent;
  readonly scope: Scope;
  /** Addresses to replace although nothing forces it. */
  readonly replace?: ReadonlySet<Address>;
  /** Which objects are read; all unless given. */
  readonly refresh?: RefreshMode;
  /** Count the values of slices again, of which the state keeps a count. */
  readonly recount?: boolean;
  /** Nothing but what metrics that arrived ask for (W008). */
  readonly readinessOnly?: boolean;
  /** Narrows the plan to what it covers (W007). */
  readonly approval?: Approval;
  /** A destroy drops metric tables and generated dashboards too. */
  readonly purgeMetrics?: boolean;
  /** False: only what is managed is asked for, not what nobody knows of. */
  readonly orphans?: false;
  /** The catalog may be taken from there; for plans that are only shown. */
  readonly snapshot?: SnapshotChoice | undefined;
  readonly version: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Config, catalog, state and live objects become a plan. Writes nothing and takes no lock. */
export async function planProject(request: PlanProjectRequest): Promise<Plan> {
  const { project, session, signal } = request;
  const context = session.context(signal);
  const recorded = await project.store.read();
  refuseOtherState(recorded, { project, session });
  refuse(checkScopeKeys(request.scope, request.mode));
  const { desired, snapshot } = await datedDesired({ ...request, recorded }, context);
  const doubts = [
    ...checkScope(request.scope, desired, recorded),
    ...checkReplace(request.replace ?? new Set(), desired),
  ];
  refuse(doubts);
  const notes = recorded.lineage === undefined ? [noState(project, request.mode)] : [];
  const search: Partial<OrphanSearch> =
    request.orphans === false ? {} : orphanSearch({ project, mode: request.mode, recorded, desired });
  const { orphans, ...places } = search;
  const { warehouseId, client } = session;
  return makePlan({
    ...places,
    ...(warehouseId === undefined
      ? {}
      : { readColumns: (tables) => readMetricColumns(client, { tables, warehouseId }, context) }),
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
      refresh: request.refresh ?? 'full',
      readinessOnly: request.readinessOnly === true,
      ...(request.approval === undefined ? {} : { approval: request.approval }),
      ...(snapshot === undefined ? {} : { snapshot }),
      environment: process.env,
      purgeMetrics: request.purgeMetrics === true,
      ...(orphans === undefined ? {} : { orphans }),
    },
  });
}

/** What was asked for in words that mean nothing is not planned without them. */
function refuse(problems: readonly Problem[]): void {
  if (problems.some(({ severity }) => severity === 'error')) throw new DpoError(problems);
}

/** What a plan cannot know without a state, and what it goes by instead. */
function noState(project: Project, mode: PlanMode): Problem {
  const message = mode === 'destroy' ? destroyedWithout(project) : deletedWithout(project);
  const hint =
    mode === 'destroy' ? `looked for ${project.store.location}` : `the first apply writes ${project.store.location}`;
  return { code: 'STATE.NONE', severity: 'note', message: `no state found: ${message}`, hint };
}

function destroyedWithout(project: Project): string {
  return isProjectNamed(project)
    ? 'what is found with our marker is destroyed, whether the config names it or not'
    : 'only what the config names and carries our marker is destroyed';
}

function deletedWithout({ loaded }: Project): string {
  return loaded.config.cleanup_orphans === true
    ? 'removed tables are planned for deletion only if their monitor is found by our marker'
    : 'removed tables are not planned for deletion';
}
