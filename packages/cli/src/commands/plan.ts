import { Args } from '@oclif/core';
import { approvalText, type Plan } from '@dpo/core';
import { exits, type Payload } from '../base-command.ts';
import { consentOf } from '../consent-flags.ts';
import { planFlags } from '../flags.ts';
import { modeOf } from '../mode-of.ts';
import { writePlanFile } from '../plan-files.ts';
import { planProject } from '../plan-project.ts';
import { tallyText } from '../request-tally.ts';
import { ProjectCommand } from '../project-command.ts';
import { snapshotChoiceOf } from '../snapshot-file.ts';

export default class PlanCommand extends ProjectCommand {
  static override summary = 'Show what apply would do, and why';
  static override description =
    'Reads config, catalog, state and live objects, and changes nothing anywhere. Exit status 0; with --detailed-exitcode 2 if there is something to do, for which metrics that arrived do not count; 1 if the plan holds an error.';
  static override examples = [
    '<%= config.bin %> plan',
    '<%= config.bin %> plan --workspace local',
    '<%= config.bin %> plan --out plan.json --detailed-exitcode',
  ];
  static override args = { file: Args.string({ description: 'config file' }) };
  static override flags = { ...planFlags };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(PlanCommand);
    const snapshot = snapshotChoiceOf(flags);
    return this.inWorkspace({ flags, positional: args.file, tellsWarehouse: true }, async (work) => {
      const { signals, report } = work;
      const consent = consentOf(flags);
      const version = this.config.version;
      const plan = await planProject({
        ...work,
        ...modeOf(flags),
        consent,
        snapshot,
        version,
        emit: report.emit,
        signal: signals.stop,
      });
      this.showPlan(plan, work, { flags, carriedOut: false });
      const reads = work.session.sent();
      this.say(tallyText(reads));
      if (flags.out !== undefined) await writePlanFile(flags.out, plan);
      if (plan.errored) this.leave(exits.error);
      else if (flags['detailed-exitcode'] && hasChanges(plan)) this.leave(exits.finding);
      return { plan, approval: approvalText(plan), reads };
    });
  }
}

/** What only metrics that arrived ask for is nothing that anybody has to decide, unless it is asked for (W008). */
function hasChanges({ ops, scope, readiness = [] }: Plan): boolean {
  return ops.length > 0 || (scope.readiness === true && readiness.length > 0);
}
