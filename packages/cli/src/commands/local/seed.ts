import { resolve } from 'node:path';
import { Args } from '@oclif/core';
import { fail } from '@dpo/core';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { workspaceFlags } from '../../flags.ts';
import { localProblem } from '../../local-workspace.ts';

export default class LocalSeed extends BaseCommand {
  static override summary = 'Load tables, principals and more from a file into the embedded workspace';
  static override description =
    'What is there already is left as it is. The workspace must not be running: a server that loads files when it is asked over HTTP would read them for whoever asks.';
  static override examples = ['<%= config.bin %> local seed workspace.yaml'];
  static override args = { file: Args.string({ description: 'seed file', required: true }) };
  static override flags = { 'local-directory': workspaceFlags['local-directory'] };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(LocalSeed);
    const directory = resolve(flags['local-directory']);
    const { findLocalWorkspace, startLocalWorkspace } = await import('@dpo/local-workspace');
    if ((await findLocalWorkspace(directory)) !== undefined) {
      fail({
        code: 'LOCAL.RUNNING',
        message: 'the embedded workspace is running',
        hint: 'stop it first: dpo local stop, then: dpo local start --seed FILE',
      });
    }
    try {
      const workspace = await startLocalWorkspace({ directory, seed: resolve(args.file) });
      await workspace.close();
    } catch (error) {
      throw localProblem(error, directory);
    }
    this.log(`loaded ${args.file} into ${flags['local-directory']}`);
    return { directory, file: resolve(args.file) };
  }
}
