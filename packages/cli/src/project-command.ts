import type { Plan } from '@dpo/core';
import { renderOutcomes, renderPlan } from '@dpo/render';
import { applyPlan, exitOf } from './apply-plan.ts';
import { BaseCommand, type Payload } from './base-command.ts';
import type { LockFlags, OutputFlags, ProjectFlags, WorkspaceFlags } from './flags.ts';
import { withPatience } from './patience.ts';
import type { Progress } from './progress.ts';
import { openProject, type Project } from './project.ts';
import { openSession, type Session } from './session.ts';
import { listenToSignals, type Signals } from './signals.ts';

/** What a command that talks to the workspace of a project works with. */
export interface Work {
  readonly project: Project;
  readonly session: Session;
  readonly signals: Signals;
  readonly progress: Progress;
}

export interface WorkRequest {
  readonly flags: ProjectFlags & WorkspaceFlags & LockFlags;
  /** Config given as the only positional argument. */
  readonly positional?: string | undefined;
  /** Said at the first interrupt. */
  readonly stopping: string;
}

/** A command on a project: opens config, state and workspace, and closes them whatever happens. */
export abstract class ProjectCommand extends BaseCommand {
  protected async inWorkspace<T>(
    { flags, positional, stopping }: WorkRequest,
    work: (open: Work) => Promise<T>,
  ): Promise<T> {
    const shared = { flags, version: this.config.version, environment: process.env, directory: process.cwd() };
    this.configFile = flags.config ?? positional ?? null;
    const opened = await openProject({ ...shared, positional });
    this.configFile = opened.loaded.file;
    const signals = listenToSignals(() => this.say(stopping));
    const progress = this.progress();
    try {
      const waiting = { flags, environment: process.env, emit: progress.emit, signal: signals.stop };
      const project = withPatience(opened, waiting);
      const session = await openSession({ ...shared, project, signals });
      try {
        return await work({ project, session, signals, progress });
      } finally {
        await session.close();
      }
    } finally {
      progress.done();
      signals.release();
    }
  }

  protected showPlan(plan: Plan, { progress }: Work, flags: OutputFlags): void {
    progress.done();
    this.show(renderPlan(plan, { ...this.out, full: flags.full === true }));
  }

  /** Executes an approved plan, tells how it went, and sets the exit status. */
  protected async carryOut(
    plan: Plan,
    { project, session, signals, progress }: Work,
    parallelism: number,
  ): Promise<Payload> {
    const environment = process.env;
    const result = await applyPlan({ plan, project, session, parallelism, environment, emit: progress.emit, signals });
    if (plan.ops.length > 0) this.show(renderOutcomes(result, plan, this.out));
    this.leave(exitOf(result));
    return { plan, outcomes: result.outcomes, state: result.state };
  }
}
