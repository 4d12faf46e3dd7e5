import { Args } from '@oclif/core';
import { renderDrift } from '@dpo/render';
import { exits, type Payload } from '../base-command.ts';
import { eventFlags, outputFlags, projectFlags, scopeFlags, snapshotFlags, workspaceFlags } from '../flags.ts';
import { planProject } from '../plan-project.ts';
import { ProjectCommand } from '../project-command.ts';
import { snapshotChoiceOf } from '../snapshot-file.ts';

export default class DriftCommand extends ProjectCommand {
  static override summary = 'Show what changed outside dpo since the last apply';
  static override description =
    'Compares live objects with what dpo last sent, and says what the next apply makes of each difference. Changes nothing. Exit status 2 if there is drift, 0 if there is none. To keep an outside change: dpo apply --refresh-only, and change the config.';
  static override examples = ['<%= config.bin %> drift', "<%= config.bin %> drift --select 'group:ml_team'"];
  static override args = { file: Args.string({ description: 'config file' }) };
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    ...scopeFlags,
    ...outputFlags,
    ...eventFlags,
    ...snapshotFlags,
  };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(DriftCommand);
    const snapshot = snapshotChoiceOf(flags);
    return this.inWorkspace({ flags, positional: args.file }, async (work) => {
      const { report, signals } = work;
      const plan = await planProject({
        ...work,
        mode: 'apply',
        consent: {},
        orphans: false,
        snapshot,
        version: this.config.version,
        emit: report.emit,
        signal: signals.stop,
      });
      this.showPlan(plan, work, { flags, carriedOut: false, render: renderDrift });
      if (plan.drift.length > 0) this.leave(exits.finding);
      else if (plan.errored) this.leave(exits.error);
      return { drift: plan.drift, blocked: plan.blocked };
    });
  }
}
