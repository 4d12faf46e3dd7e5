import { Args } from '@oclif/core';
import { renderInspection } from '@dpo/render';
import { exits, type Payload } from '../base-command.ts';
import { eventFlags, outputFlags, projectFlags, workspaceFlags } from '../flags.ts';
import { inspectAddress } from '../look/inspect-address.ts';
import { ProjectCommand } from '../project-command.ts';

export default class InspectCommand extends ProjectCommand {
  static override summary = 'Show one table or resource: wanted, live and recorded, and where each value comes from';
  static override description =
    'Reads the catalog as a plan does, and of the objects only this one and what it needs. Knows also what is skipped, what is only in the state and what is only in the workspace. Changes nothing. Exit status 1 if something is wrong with it.';
  static override examples = [
    '<%= config.bin %> inspect prod.ml.churn',
    '<%= config.bin %> inspect schema:prod.monitoring_results',
    '<%= config.bin %> inspect prod.ml.churn --json',
  ];
  static override args = {
    resource: Args.string({
      description: 'a table (catalog.schema.table, or the end of it) or an address (kind:name)',
      required: true,
    }),
  };
  static override flags = { ...projectFlags, ...workspaceFlags, ...outputFlags, ...eventFlags };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(InspectCommand);
    return this.inWorkspace({ flags }, async ({ project, session, signals, report }) => {
      const { inspection, problems } = await inspectAddress({
        text: args.resource,
        project,
        session,
        version: this.config.version,
        emit: report.emit,
        signal: signals.stop,
      });
      report.clear();
      this.show(renderInspection(inspection, { ...this.out, full: flags.full }));
      this.warnOf(problems);
      if (problems.some(({ severity }) => severity === 'error')) this.leave(exits.error);
      return { inspection };
    });
  }
}
