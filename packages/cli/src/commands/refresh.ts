import { Args, Flags } from '@oclif/core';
import { renderTable } from '@dpo/render';
import { isRunning } from '../activity.ts';
import { exits, type Payload } from '../base-command.ts';
import { eventFlags, projectFlags, workspaceFlags } from '../flags.ts';
import { ProjectCommand } from '../project-command.ts';
import { refreshMonitors } from '../refresh-monitors.ts';

export default class RefreshCommand extends ProjectCommand {
  static override summary = 'Compute the metrics of managed monitors now';
  static override description =
    'Starts a refresh of every monitor in the state, or of the named tables. With --wait it ends when all have ended.';
  static override examples = ['<%= config.bin %> refresh --wait', '<%= config.bin %> refresh prod.ml.churn'];
  static override strict = false;
  static override args = {
    table: Args.string({ description: 'tables to refresh, as catalog.schema.table; default all that are managed' }),
  };
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    ...eventFlags,
    wait: Flags.boolean({ description: 'wait until all have ended' }),
  };

  async run(): Promise<Payload> {
    const { argv, flags } = await this.parse(RefreshCommand);
    const { wait } = flags;
    return this.inWorkspace({ flags }, async (work) => {
      const { project, session, signals, report } = work;
      const refreshes = await refreshMonitors({
        project,
        session,
        names: argv.map(String),
        wait,
        signal: signals.stop,
        emit: report.emit,
      });
      report.clear();
      const rows = refreshes.map(({ table, state, seconds, message }) => [
        table,
        state,
        seconds?.toFixed(1) ?? '',
        message ?? '',
      ]);
      this.show(renderTable(['table', 'state', 'seconds', 'message'], rows, { ...this.out, full: true }));
      const failed = refreshes.some(({ state }) => !isRunning(state) && state !== 'SUCCESS');
      if (failed) this.leave(exits.failed);
      return {
        refreshes: refreshes.map(({ refreshId, ...rest }) => ({
          ...rest,
          refresh_id: refreshId === '' ? null : refreshId,
        })),
      };
    });
  }
}
