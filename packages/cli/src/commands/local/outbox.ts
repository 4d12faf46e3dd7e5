import { Flags } from '@oclif/core';
import { renderNotices } from '@dpo/render';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { outputFlags, workspaceFlags } from '../../flags.ts';
import { noticeText } from '../../local-alerts.ts';
import { withControl } from '../../local-workspace.ts';

export default class LocalOutbox extends BaseCommand {
  static override summary = 'Show what the alerts of the embedded workspace have sent, and to whom';
  static override description =
    'The outbox stands in for mailboxes and webhooks. --json has each body as it was sent. Exit status 0, also when it is empty.';
  static override examples = [
    '<%= config.bin %> local outbox',
    '<%= config.bin %> local outbox --full --json',
    '<%= config.bin %> local outbox --clear',
  ];
  static override flags = {
    'local-directory': workspaceFlags['local-directory'],
    ...outputFlags,
    clear: Flags.boolean({ description: 'forget all notices', exclusive: ['full'] }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(LocalOutbox);
    const notices = await withControl(flags['local-directory'], async (control) => {
      if (!flags.clear) return control.outbox();
      await control.clearOutbox();
      return undefined;
    });
    if (notices === undefined) {
      this.log('cleared');
      return { cleared: true };
    }
    this.show(renderNotices(notices.map(noticeText), { ...this.out, full: flags.full === true }));
    return { notices };
  }
}
