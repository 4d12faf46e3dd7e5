import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { askConsent } from '../../consent.ts';
import { workspaceFlags } from '../../flags.ts';
import { listenToSignals } from '../../signals.ts';

export default class LocalReset extends BaseCommand {
  static override summary = 'Delete all data of the embedded workspace';
  static override description =
    'Its workspace and metastore ids stay, so a state of dpo still fits: the next plan shows what dpo managed as deleted outside dpo.';
  static override examples = ['<%= config.bin %> local reset --yes'];
  static override flags = {
    'local-directory': workspaceFlags['local-directory'],
    yes: Flags.boolean({ description: 'do not ask' }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(LocalReset);
    const directory = resolve(flags['local-directory']);
    const { findLocalWorkspace, resetLocalWorkspace } = await import('@dpo/local-workspace');
    if ((await findLocalWorkspace(directory)) !== undefined) {
      fail({
        code: 'LOCAL.RUNNING',
        message: 'the embedded workspace is running',
        hint: 'stop it first: dpo local stop',
      });
    }
    if (!flags.yes) {
      const signals = listenToSignals(() => {});
      try {
        const text = `Type 'yes' to delete all data in ${flags['local-directory']}: `;
        await askConsent({
          text,
          answer: 'yes',
          hint: 'say it in advance: dpo local reset --yes',
          signal: signals.stop,
        });
      } finally {
        signals.release();
      }
    }
    await resetLocalWorkspace(directory);
    this.log(`reset ${flags['local-directory']}`);
    return { directory };
  }
}
