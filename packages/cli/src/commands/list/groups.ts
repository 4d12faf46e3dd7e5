import { factsOfAddress, isInScope } from '@dpo/core';
import { groupRows } from '@dpo/monitoring';
import { renderGroupRows } from '@dpo/render';
import { exits, type Payload } from '../../base-command.ts';
import { eventFlags, outputFlags, projectFlags, scopeFlags, workspaceFlags } from '../../flags.ts';
import { readWanted } from '../../look/read-wanted.ts';
import { ProjectCommand } from '../../project-command.ts';

export default class ListGroups extends ProjectCommand {
  static override summary = 'List the groups of the monitored tables';
  static override description =
    'Each group as people wrote it, the part of names that stands for it, the number of its tables and who owns them. Reads the catalog, no monitor. Exit status 1 if a plan would fail.';
  static override examples = ['<%= config.bin %> list groups', "<%= config.bin %> list groups --select 'owner:ada*'"];
  static override flags = { ...projectFlags, ...workspaceFlags, ...scopeFlags, ...outputFlags, ...eventFlags };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(ListGroups);
    return this.inWorkspace({ flags }, async (work) => {
      const { project, signals, scope } = work;
      const { desired, doubts } = await readWanted({ ...work, signal: signals.stop });
      const resources = desired.resources.filter(({ address, facts = factsOfAddress(address) }) =>
        isInScope(scope, { address, action: 'update', facts }),
      );
      const rows = groupRows(project.loaded, { resources });
      const problems = [...desired.problems, ...doubts];
      this.show(renderGroupRows(rows, { ...this.out, full: flags.full }));
      this.warnOf(problems);
      if (problems.some(({ severity }) => severity === 'error')) this.leave(exits.error);
      return { group_list: rows };
    });
  }
}
