import { Args, Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import { refuseErrors, refuseUncovered } from '../apply-plan.ts';
import type { Payload } from '../base-command.ts';
import { askConsent } from '../consent.ts';
import { consentOf } from '../consent-flags.ts';
import { consentFlags, lockFlags, modeFlags, outputFlags, projectFlags, scopeFlags, workspaceFlags } from '../flags.ts';
import { modeOf } from '../mode-of.ts';
import { waitForTurn } from '../patience.ts';
import { readApplicablePlan } from '../plan-files.ts';
import { planProject } from '../plan-project.ts';
import type { Project } from '../project.ts';
import { ProjectCommand } from '../project-command.ts';
import { scopeOf } from '../scope-of.ts';

export default class Apply extends ProjectCommand {
  static override summary = 'Make the workspace what the config says';
  static override description =
    'Shows the plan and asks, unless --auto-approve or a saved plan answers in advance. A saved plan runs exactly as it was saved, or not at all if anything moved since.';
  static override examples = [
    '<%= config.bin %> apply',
    '<%= config.bin %> apply --auto-approve',
    '<%= config.bin %> apply plan.json',
  ];
  static override args = { plan: Args.string({ description: 'plan file made by: dpo plan --out FILE' }) };
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    ...scopeFlags,
    ...modeFlags,
    ...consentFlags,
    ...lockFlags,
    ...outputFlags,
    'auto-approve': Flags.boolean({ description: 'do not ask' }),
    parallelism: Flags.integer({ description: 'operations at a time', default: 10, min: 1, helpValue: 'N' }),
  };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(Apply);
    const saved = args.plan === undefined ? undefined : await readApplicablePlan(args.plan);
    const stopping = 'stopping: what runs may end, nothing new is started';
    return this.inWorkspace({ flags, stopping }, async (work) => {
      const { project, signals, progress } = work;
      const consent = consentOf(flags);
      const version = this.config.version;
      const scope = scopeOf(flags);
      const wanted = {
        ...work,
        ...modeOf(flags),
        consent,
        scope,
        version,
        emit: progress.emit,
        signal: signals.stop,
      };
      if (saved === undefined) await waitForTurn(work, wanted.mode);
      const plan = saved ?? (await planProject(wanted));
      refuseErrors(plan);
      this.problems = plan.problems;
      this.showPlan(plan, work, flags);
      refuseUncovered(plan, consent);
      const approved = saved !== undefined || flags['auto-approve'];
      if (plan.ops.length > 0) {
        refuseImplicitProject(project, approved);
        const hint = 'approve in advance with --auto-approve, or apply a saved plan';
        const question = { text: "\nType 'yes' to apply: ", answer: 'yes', hint, signal: signals.stop };
        if (!approved) await askConsent(question);
      }
      return this.carryOut(plan, work, flags.parallelism);
    });
  }
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
