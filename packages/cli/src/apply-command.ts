import { fail, type Approval, type Plan } from '@dpo/core';
import { refuseErrors, refuseUncovered } from './apply-plan.ts';
import type { Payload } from './base-command.ts';
import { askConsent } from './consent.ts';
import { consentOf } from './consent-flags.ts';
import type {
  ConsentFlags,
  EventFlags,
  LockFlags,
  ModeFlags,
  OutputFlags,
  ProjectFlags,
  ScopeFlags,
  WorkspaceFlags,
} from './flags.ts';
import { modeOf } from './mode-of.ts';
import { waitForTurn } from './patience.ts';
import { planProject } from './plan-project.ts';
import type { Project } from './project.ts';
import { ProjectCommand, type Work, type WorkRequest } from './project-command.ts';

export interface ApplyRequest extends WorkRequest {
  readonly flags: ApplyFlags;
  /** Made and approved before; else the plan is made now. */
  readonly saved?: Plan | undefined;
  /** Given in advance for a plan that is made now: it is narrowed to what this covers (W007). */
  readonly expected?: Approval | undefined;
  /** Answered in advance, to be asked for on the terminal, or missing: then `hint` says what to run. */
  readonly approval: 'given' | 'asked' | 'missing';
  readonly hint: string;
}

export type ApplyFlags = ProjectFlags &
  WorkspaceFlags &
  ScopeFlags &
  ModeFlags &
  ConsentFlags &
  OutputFlags &
  LockFlags &
  EventFlags & { readonly parallelism: number; readonly wait?: boolean | undefined };

/** A command that makes the workspace what the config says. */
export abstract class ApplyCommand extends ProjectCommand {
  protected async planAndApply(request: ApplyRequest): Promise<Payload> {
    const { flags, saved, approval } = request;
    return this.inWorkspace(request, async (work) => {
      const consent = consentOf(flags);
      if (saved === undefined && approval !== 'missing') await waitForTurn(work, modeOf(flags).mode);
      const plan = saved ?? (await this.#plan(request, work));
      refuseErrors(plan);
      this.showPlan(plan, work, { flags, carriedOut: true });
      if (approval !== 'missing') refuseUncovered(plan, consent);
      if (plan.ops.length > 0) {
        refuseImplicitProject(work.project, approval === 'given');
        await getApproval(request, work);
      }
      return this.carryOut(plan, work, flags);
    });
  }

  async #plan({ flags, expected }: ApplyRequest, work: Work): Promise<Plan> {
    return planProject({
      ...work,
      ...modeOf(flags),
      consent: consentOf(flags),
      ...(expected === undefined ? {} : { approval: expected }),
      version: this.config.version,
      emit: work.report.emit,
      signal: work.signals.stop,
    });
  }
}

async function getApproval({ approval, hint }: ApplyRequest, { signals }: Work): Promise<void> {
  if (approval === 'missing')
    fail({ code: 'CONSENT.MISSING', message: 'consent is missing: nothing was written', hint });
  const question = { text: "\nType 'yes' to apply: ", answer: 'yes', hint, signal: signals.stop };
  if (approval === 'asked') await askConsent(question);
}

/** Two teams that both keep the default name would own each other's objects (W015). */
function refuseImplicitProject({ local, loaded }: Project, unattended: boolean): void {
  if (local || !unattended || loaded.config.project !== undefined) return;
  fail({
    code: 'CONFIG.PROJECT_REQUIRED',
    message:
      'an unattended apply against a real workspace needs a project of its own, so that no other config owns its objects',
    hint: `add to ${loaded.file}: project: <name>`,
    place: { file: loaded.file, start: { line: 1, column: 1 } },
  });
}
