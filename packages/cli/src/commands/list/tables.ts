import { addressOf, factsOfAddress, isInScope } from '@dpo/core';
import { factsOfTables, knownTables, tableRows } from '@dpo/monitoring';
import { renderTableRows } from '@dpo/render';
import { exits, type Payload } from '../../base-command.ts';
import { eventFlags, outputFlags, projectFlags, scopeFlags, workspaceFlags } from '../../flags.ts';
import { readWanted } from '../../look/read-wanted.ts';
import { ProjectCommand } from '../../project-command.ts';

export default class ListTables extends ProjectCommand {
  static override summary = 'List the tables that the config speaks of, and what becomes of each';
  static override description =
    'Every listed and found table with its group, its profile type and why it is skipped, and tables that only the state knows. Reads the catalog, no monitor. Exit status 1 if a plan would fail.';
  static override examples = [
    '<%= config.bin %> list tables',
    "<%= config.bin %> list tables --select 'group:ml_team & !schema:tmp_*'",
  ];
  static override flags = { ...projectFlags, ...workspaceFlags, ...scopeFlags, ...outputFlags, ...eventFlags };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(ListTables);
    return this.inWorkspace({ flags }, async (work) => {
      const { project, signals, scope } = work;
      const world = await readWanted({ ...work, signal: signals.stop });
      const { loaded } = project;
      const facts = factsOfTables(loaded, knownTables(loaded, world.catalog));
      const rows = tableRows({ loaded, ...world }).filter(({ table }) => {
        const address = addressOf('monitor', table);
        return isInScope(scope, { address, action: 'update', facts: facts.get(address) ?? factsOfAddress(address) });
      });
      const problems = [...world.desired.problems, ...world.doubts];
      this.show(renderTableRows(rows, { ...this.out, full: flags.full }));
      this.warnOf(problems);
      if (problems.some(({ severity }) => severity === 'error')) this.leave(exits.error);
      return { table_list: rows };
    });
  }
}
