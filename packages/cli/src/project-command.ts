import { operationsOf, pageOf, type Outcome, type Plan, type Scope } from '@dpo/core';
import { renderFolder, renderOutcomes, renderPlan, type Style } from '@dpo/render';
import { applyPlan, exitOf } from './apply-plan.ts';
import { emptyFolder, type EmptiedFolder } from './emptied-folder.ts';
import { BaseCommand, type Payload } from './base-command.ts';
import type { EventFlags, LockFlags, OutputFlags, ProjectFlags, ScopeFlags, WorkspaceFlags } from './flags.ts';
import { withPatience } from './patience.ts';
import { openProject, ownedBy, type Project } from './project.ts';
import type { Report } from './report.ts';
import { scopeOf } from './scope-of.ts';
import { openSession, type Session } from './session.ts';
import { listenToSignals, type Signals } from './signals.ts';

/** What a command that talks to the workspace of a project works with. */
export interface Work {
  readonly project: Project;
  readonly session: Session;
  readonly signals: Signals;
  readonly report: Report;
  /** What the flags limit the plan to. */
  readonly scope: Scope;
}

export interface WorkRequest {
  readonly flags: ProjectFlags & WorkspaceFlags & EventFlags & ScopeFlags & LockFlags;
  /** Config given as the only positional argument. */
  readonly positional?: string | undefined;
  /** The command says whether a warehouse was started for it. */
  readonly tellsWarehouse?: boolean;
}

export interface ShowPlanOptions {
  readonly flags: OutputFlags;
  /** The command is about to carry it out. */
  readonly carriedOut: boolean;
  readonly render?: (plan: Plan, style: Style) => string;
}

/** A command on a project: opens config, state and workspace, and closes them whatever happens. */
export interface CarryOutOptions {
  readonly parallelism: number;
  /** As the config says unless given. */
  readonly wait?: boolean | undefined;
}

export abstract class ProjectCommand extends BaseCommand {
  protected async inWorkspace<T>(
    { flags, positional, tellsWarehouse }: WorkRequest,
    work: (open: Work) => Promise<T>,
  ): Promise<T> {
    const log = this.openLog(flags);
    // Before the first event: whoever reads it may answer with a signal.
    const opening: { report?: Report } = {};
    const signals = listenToSignals((signal, cutOff) => opening.report?.stopping(signal, cutOff));
    const report = this.openReport(flags.events);
    opening.report = report;
    const shared = { flags, version: this.config.version, environment: process.env, directory: process.cwd() };
    this.configFile = flags.config ?? positional ?? null;
    try {
      // What cannot be read needs no connection to be refused.
      const scope = scopeOf(flags);
      const opened = await openProject({ ...shared, positional });
      this.configFile = opened.loaded.file;
      const waiting = { flags, environment: process.env, emit: report.emit, signal: signals.stop };
      const patient = withPatience(opened, waiting);
      const session = await openSession({
        ...shared,
        project: patient,
        signals,
        log,
        emit: report.emit,
        tellsWarehouse,
      });
      try {
        const project = ownedBy(session.userName, patient);
        return await work({ project, session, signals, report, scope });
      } finally {
        await session.close();
      }
    } finally {
      signals.release();
    }
  }

  /** The plan as text is a view of the event that tells it. */
  protected showPlan(plan: Plan, { report }: Work, options: ShowPlanOptions): void {
    const { flags, carriedOut, render = renderPlan } = options;
    report.clear();
    report.emit({ type: 'planned', plan, carriedOut });
    this.problems = plan.problems;
    this.show(render(plan, { ...this.out, full: flags.full === true }));
  }

  /** Executes an approved plan, tells how it went, and sets the exit status. */
  protected async carryOut(plan: Plan, work: Work, { parallelism, wait }: CarryOutOptions): Promise<Payload> {
    const { project, session, signals, report } = work;
    const environment = process.env;
    const running = { project, session, environment, emit: report.emit, signals };
    const result = await applyPlan({ plan, ...running, parallelism, wait });
    report.clear();
    report.emit({ type: 'applied', plan, result });
    if (operationsOf(plan).length > 0) this.show(renderOutcomes(result, plan, this.out));
    this.leave(exitOf(result, plan));
    const folder = await emptyFolder({ plan, result }, work);
    if (folder !== undefined) this.#showFolder(folder);
    return {
      plan,
      outcomes: result.outcomes.map((outcome) => withPage(outcome, plan)),
      state: result.state,
      ...folderMember(folder),
    };
  }

  #showFolder({ path, end }: EmptiedFolder): void {
    if (end.status === 'absent') return;
    this.show(renderFolder({ path, left: [], ...end }, this.out));
  }
}

function folderMember(folder: EmptiedFolder | undefined): Payload {
  if (folder === undefined) return {};
  const { status, ...more } = folder.end;
  return { folder: { path: folder.path, status, ...more } };
}

/** A dashboard with the page where people see it (U117). */
function withPage(outcome: Outcome, { target }: Plan): Outcome & { readonly url?: string } {
  const url = outcome.status === 'done' ? pageOf(outcome.address, outcome.id, target) : undefined;
  return url === undefined ? outcome : { ...outcome, url };
}
