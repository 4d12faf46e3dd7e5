import type { LoadedConfig } from '@dpo/config';
import { DpoError, uncovered, type ApplyResult, type Consent, type Emit, type Plan } from '@dpo/core';
import { apply, createLimit, type ApplyRequest as EngineApply } from '@dpo/engine';
import { systemClock } from './clock.ts';
import { hiddenTextsIn } from './hidden-texts.ts';
import type { Project } from './project.ts';
import { runIdentity } from './run-identity.ts';
import type { Session } from './session.ts';
import type { Signals } from './signals.ts';
import { exits, type Exit } from './base-command.ts';

/** For how long the requests of one operation may run. */
const deadlineMs = 120_000;

/** How often to look whether an object is ready that another one needs so, and for how long. */
export function readinessOf(
  { config }: Pick<LoadedConfig, 'config'>,
  wait: boolean | undefined,
): EngineApply['readiness'] {
  return {
    wait: wait ?? config.wait_for_monitors ?? true,
    pollMs: (config.wait_poll_interval ?? 20) * 1000,
    firstPollMs: 250,
    deadlineMs: (config.wait_timeout_seconds ?? 1200) * 1000,
  };
}

export interface ApplyPlanRequest {
  readonly plan: Plan;
  readonly project: Project;
  readonly session: Session;
  readonly parallelism: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly emit: Emit;
  readonly signals: Signals;
  /** Whether what is to be ready is waited for; as the config says unless given. */
  readonly wait?: boolean | undefined;
}

/** A plan that holds errors is never shown for approval. */
export function refuseErrors(plan: Plan): void {
  if (plan.problems.some((problem) => problem.severity === 'error')) throw new DpoError(plan.problems);
}

/** Refuses what flags do not cover (C24), before anything is written. */
export function refuseUncovered(plan: Plan, consent: Consent): void {
  const missing = uncovered(plan, consent);
  if (missing.length === 0) return;
  throw new DpoError(
    missing.map((requirement) => ({
      code: 'CONSENT.MISSING',
      severity: 'error',
      message: requirement.message,
      hint: `add ${requirement.flag}${requirement.value === undefined ? '' : ` ${String(requirement.value)}`} if that is what you want`,
    })),
  );
}

export async function applyPlan(request: ApplyPlanRequest): Promise<ApplyResult> {
  const { plan, project, session, signals, environment } = request;
  session.client.hide(hiddenTextsIn(plan, environment));
  return apply({
    environment,
    plan,
    store: project.store,
    run: {
      ...runIdentity(environment, systemClock.now()),
      operation: plan.mode,
      plan: plan.fingerprint,
      owner: `${project.owner.project}/${project.owner.target}`,
      target: session.target,
    },
    providers: session.providers,
    applier: session.applier,
    clock: systemClock,
    emit: request.emit,
    limits: { operations: createLimit(request.parallelism), reads: session.reads },
    deadlineMs,
    readiness: readinessOf(project.loaded, request.wait),
    signals: { stop: signals.stop, abort: signals.abort },
  });
}

/** Exit status of a run (C04). What is new since an approval may wait; what was approved and did not run may not (W007). */
export function exitOf(result: ApplyResult, plan: Plan): Exit {
  if (result.interrupted) return exits.interrupted;
  const missed = plan.deferred?.some(({ why }) => why !== 'new') === true;
  const failed =
    missed || result.state.status === 'rescue' || result.outcomes.some((outcome) => outcome.status !== 'done');
  if (!failed) return exits.done;
  return result.wrote ? exits.failed : exits.error;
}
