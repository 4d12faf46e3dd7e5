import { resolve } from 'node:path';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { workspaceFlags } from '../../flags.ts';

export default class LocalStop extends BaseCommand {
  static override summary = 'Stop the embedded workspace that is running; its data stay';
  static override examples = ['<%= config.bin %> local stop'];
  static override flags = { 'local-directory': workspaceFlags['local-directory'] };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(LocalStop);
    const { stopLocalWorkspace } = await import('@dpo/local-workspace');
    const stopped = await stopLocalWorkspace(resolve(flags['local-directory']));
    this.log(stopped ? 'stopped; the data stay' : 'no embedded workspace is running here');
    return { stopped };
  }
}
