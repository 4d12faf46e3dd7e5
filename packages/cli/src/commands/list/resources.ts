import { renderResourceRows } from '@dpo/render';
import { exits, type Payload } from '../../base-command.ts';
import { eventFlags, outputFlags, projectFlags, scopeFlags, workspaceFlags } from '../../flags.ts';
import { listResources } from '../../look/list-resources.ts';
import { ProjectCommand } from '../../project-command.ts';

export default class ListResources extends ProjectCommand {
  static override summary =
    'List what is wanted, what the state knows and what carries our marker, and whether it is there';
  static override description =
    'Reads every object of the selection, and looks for objects that carry the marker of this project and target and that neither the config nor the state knows. Exit status 1 if a plan would fail.';
  static override examples = [
    '<%= config.bin %> list resources',
    "<%= config.bin %> list resources --select 'kind:monitor & schema:ml'",
  ];
  static override flags = { ...projectFlags, ...workspaceFlags, ...scopeFlags, ...outputFlags, ...eventFlags };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(ListResources);
    return this.inWorkspace({ flags }, async (work) => {
      const { rows, problems } = await listResources(work, this.config.version);
      work.report.clear();
      this.show(renderResourceRows(rows, { ...this.out, full: flags.full }));
      this.warnOf(problems);
      if (problems.some(({ severity }) => severity === 'error')) this.leave(exits.error);
      return { resource_list: rows };
    });
  }
}
