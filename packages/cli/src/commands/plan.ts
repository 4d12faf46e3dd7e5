import { Args, Flags } from '@oclif/core';
import { renderPlan } from '@dpo/render';
import { BaseCommand, exits, type Payload } from '../base-command.ts';
import { consentOf } from '../consent-flags.ts';
import { consentFlags, outputFlags, projectFlags, workspaceFlags } from '../flags.ts';
import { writePlanFile } from '../plan-files.ts';
import { planProject } from '../plan-project.ts';
import { openProject } from '../project.ts';
import { openSession } from '../session.ts';
import { listenToSignals } from '../signals.ts';

export default class PlanCommand extends BaseCommand {
  static override summary = 'Show what apply would do, and why';
  static override description =
    'Reads config, catalog, state and live objects, and changes nothing anywhere. Exit status 0; with --detailed-exitcode 2 if there is something to do; 1 if the plan holds an error.';
  static override examples = [
    '<%= config.bin %> plan',
    '<%= config.bin %> plan --workspace local',
    '<%= config.bin %> plan --out plan.json --detailed-exitcode',
  ];
  static override args = { file: Args.string({ description: 'config file' }) };
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    ...consentFlags,
    ...outputFlags,
    out: Flags.string({ description: 'save the plan for: dpo apply FILE', helpValue: 'FILE' }),
    'detailed-exitcode': Flags.boolean({ description: 'exit 2 if there is something to do' }),
  };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(PlanCommand);
    const shared = { flags, version: this.config.version, environment: process.env, directory: process.cwd() };
    const project = await openProject({ ...shared, positional: args.file });
    this.configFile = project.loaded.file;
    const signals = listenToSignals(() => this.say('stopping'));
    const session = await openSession({ ...shared, project });
    const progress = this.progress();
    try {
      const { emit } = progress;
      const consent = consentOf(flags);
      const plan = await planProject({
        project,
        session,
        mode: 'apply',
        consent,
        version: this.config.version,
        emit,
        signal: signals.stop,
      });
      progress.done();
      this.show(renderPlan(plan, { ...this.out, full: flags.full }));
      this.problems = plan.problems;
      if (flags.out !== undefined) await writePlanFile(flags.out, plan);
      if (plan.errored) this.leave(exits.error);
      else if (flags['detailed-exitcode'] && plan.ops.length > 0) this.leave(exits.finding);
      return { plan };
    } finally {
      progress.done();
      signals.release();
      await session.close();
    }
  }
}
