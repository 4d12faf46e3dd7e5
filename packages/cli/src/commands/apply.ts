import { Args, Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import { refuseErrors, refuseUncovered } from '../apply-plan.ts';
import type { Payload } from '../base-command.ts';
import { askConsent } from '../consent.ts';
import { consentOf } from '../consent-flags.ts';
import { consentFlags, modeFlags, outputFlags, projectFlags, scopeFlags, workspaceFlags } from '../flags.ts';
import { readExpected } from '../expected.ts';
import { modeOf } from '../mode-of.ts';
import { readApplicablePlan } from '../plan-files.ts';
import { planProject } from '../plan-project.ts';
import type { Project } from '../project.ts';
import { ProjectCommand } from '../project-command.ts';
import { scopeOf } from '../scope-of.ts';

export default class Apply extends ProjectCommand {
  static override summary = 'Make the workspace what the config says';
  static override description =
    'Shows the plan and asks, unless --auto-approve, --expect or a saved plan answers in advance. A saved plan runs exactly as it was saved, or not at all if anything moved since. --expect plans again and runs every operation that was approved, none that was not: with a fingerprint all of the plan or nothing, with an approval or a plan file what is still as it was approved; the rest is listed as deferred.';
  static override examples = [
    '<%= config.bin %> apply',
    '<%= config.bin %> apply --auto-approve',
    '<%= config.bin %> apply plan.json',
    '<%= config.bin %> apply --expect fp:7f3a-91c2-0b5e-44d1',
  ];
  static override args = { plan: Args.string({ description: 'plan file made by: dpo plan --out FILE' }) };
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    ...scopeFlags,
    ...modeFlags,
    ...consentFlags,
    ...outputFlags,
    expect: Flags.string({
      description: 'plan again and run what was approved: a fingerprint, the approval of plan --json, or a plan file',
      helpValue: 'APPROVAL',
    }),
    'auto-approve': Flags.boolean({ description: 'do not ask' }),
    parallelism: Flags.integer({ description: 'operations at a time', default: 10, min: 1, helpValue: 'N' }),
  };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(Apply);
    const saved = args.plan === undefined ? undefined : await readApplicablePlan(args.plan);
    const approval = flags.expect === undefined ? undefined : await readExpected(flags.expect);
    if (saved !== undefined && approval !== undefined) {
      fail({ code: 'USAGE', message: 'a saved plan is its own approval, so --expect has no meaning with it' });
    }
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
        ...(approval === undefined ? {} : { approval }),
        version,
        emit: progress.emit,
        signal: signals.stop,
      };
      const plan = saved ?? (await planProject(wanted));
      refuseErrors(plan);
      this.problems = plan.problems;
      this.showPlan(plan, work, flags);
      refuseUncovered(plan, consent);
      const approved = saved !== undefined || approval !== undefined || flags['auto-approve'];
      if (plan.ops.length > 0) {
        refuseImplicitProject(project, approved);
        const hint = 'approve in advance with --auto-approve, --expect or a saved plan';
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
