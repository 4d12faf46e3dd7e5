import { Args, Flags } from '@oclif/core';
import { decodePlan, fail, type Plan } from '@dpo/core';
import { renderOutcomes, renderPlan } from '@dpo/render';
import { applyPlan, exitOf, refuseUnapproved } from '../apply-plan.ts';
import { BaseCommand, type Payload } from '../base-command.ts';
import { askConsent } from '../consent.ts';
import { consentOf } from '../consent-flags.ts';
import { consentFlags, outputFlags, projectFlags, workspaceFlags } from '../flags.ts';
import { readPlanFile } from '../plan-files.ts';
import { planProject } from '../plan-project.ts';
import { openProject, type Project } from '../project.ts';
import { openSession } from '../session.ts';
import { listenToSignals } from '../signals.ts';

export default class Apply extends BaseCommand {
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
    ...consentFlags,
    ...outputFlags,
    'auto-approve': Flags.boolean({ description: 'do not ask' }),
    parallelism: Flags.integer({ description: 'operations at a time', default: 10, min: 1, helpValue: 'N' }),
  };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(Apply);
    const saved = args.plan === undefined ? undefined : decodePlan(await readPlanFile(args.plan), args.plan);
    const shared = { flags, version: this.config.version, environment: process.env, directory: process.cwd() };
    const project = await openProject(shared);
    this.configFile = project.loaded.file;
    const signals = listenToSignals(() => this.say('stopping: what runs may end, nothing new is started'));
    const session = await openSession({ ...shared, project });
    const progress = this.progress();
    try {
      const { emit } = progress;
      const consent = consentOf(flags);
      const planning = {
        project,
        session,
        mode: 'apply' as const,
        consent,
        version: this.config.version,
        emit,
        signal: signals.stop,
      };
      const plan: Plan = saved ?? (await planProject(planning));
      progress.done();
      this.show(renderPlan(plan, { ...this.out, full: flags.full }));
      this.problems = plan.problems.filter((problem) => problem.severity !== 'error');
      refuseUnapproved(plan, consent);
      const empty = plan.ops.length === 0;
      if (!empty) refuseImplicitProject(project, saved !== undefined || flags['auto-approve']);
      if (!empty && saved === undefined && !flags['auto-approve']) {
        const hint = 'approve in advance with --auto-approve, or apply a saved plan';
        await askConsent({ text: "\nType 'yes' to apply: ", answer: 'yes', hint, signal: signals.stop });
      }
      const result = await applyPlan({
        ...shared,
        plan,
        project,
        session,
        parallelism: flags.parallelism,
        emit,
        signals,
      });
      if (!empty) this.show(renderOutcomes(result, plan, this.out));
      this.leave(exitOf(result));
      return { plan, outcomes: result.outcomes, state: result.state };
    } finally {
      progress.done();
      signals.release();
      await session.close();
    }
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
