import { resolve } from 'node:path';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { workspaceFlags } from '../../flags.ts';

export default class LocalStatus extends BaseCommand {
  static override summary = 'Say whether an embedded workspace is running here, and where';
  static override examples = ['<%= config.bin %> local status', '<%= config.bin %> local status --json'];
  static override flags = { 'local-directory': workspaceFlags['local-directory'] };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(LocalStatus);
    const directory = resolve(flags['local-directory']);
    const { findLocalWorkspace } = await import('@dpo/local-workspace');
    const running = await findLocalWorkspace(directory);
    this.log(
      running === undefined
        ? `not running; data in ${flags['local-directory']}`
        : `running at ${running.url}; data in ${flags['local-directory']}`,
    );
    return { running: running !== undefined, url: running?.url ?? null, directory };
  }
}
