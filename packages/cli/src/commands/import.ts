import { Args } from '@oclif/core';
import type { Payload } from '../base-command.ts';
import { eventFlags, lockFlags, projectFlags, workspaceFlags } from '../flags.ts';
import { importResource } from '../import-resource.ts';
import { ProjectCommand } from '../project-command.ts';

export default class ImportCommand extends ProjectCommand {
  static override summary = 'Take over an object that exists, as it is';
  static override description =
    'Writes one entry of the state and nothing else; the config has to declare the object. The next plan compares it with the config, field by field. It is the only way to take over what another project of dpo owns.';
  static override examples = ['<%= config.bin %> import monitor:prod.ml.churn'];
  static override args = {
    address: Args.string({ description: 'such as monitor:prod.ml.churn', required: true }),
    id: Args.string({ description: 'id of the object, where its name does not tell' }),
  };
  static override flags = { ...projectFlags, ...workspaceFlags, ...lockFlags, ...eventFlags };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(ImportCommand);
    return this.inWorkspace({ flags }, async ({ project, session, signals, report }) => {
      const { address, id, from } = await importResource({
        project,
        session,
        address: args.address,
        id: args.id,
        environment: process.env,
        emit: report.emit,
        signal: signals.stop,
      });
      report.clear();
      const origin = from === undefined ? '' : `, made by ${from}`;
      this.log(`imported ${address} (${id}${origin}); see what would change: dpo plan`);
      return { address, id };
    });
  }
}
