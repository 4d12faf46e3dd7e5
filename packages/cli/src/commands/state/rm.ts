import { Args, Flags } from '@oclif/core';
import type { Payload } from '../../base-command.ts';
import { askConsent } from '../../consent.ts';
import { lockFlags, stateFlags } from '../../flags.ts';
import { listenToSignals } from '../../signals.ts';
import { recordedAddress, StateCommand } from '../../state-command.ts';

export default class StateRm extends StateCommand {
  static override summary = 'Let go of a resource: it stays in the workspace, dpo no longer manages it';
  static override description =
    'Changes the state only. The next plan sees the object as one that dpo does not know: it is adopted where the config wants it and it carries our marker, else left alone; with cleanup_orphans, what carries our marker and the config does not want is deleted.';
  static override examples = ['<%= config.bin %> state rm monitor:prod.ml.churn --yes'];
  static override args = { address: Args.string({ description: 'such as monitor:prod.ml.churn', required: true }) };
  static override flags = { ...stateFlags, ...lockFlags, yes: Flags.boolean({ description: 'do not ask' }) };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(StateRm);
    const project = await this.openState(flags);
    const before = await project.store.read();
    const address = recordedAddress(before, args.address);
    if (!flags.yes) {
      const signals = listenToSignals(() => undefined);
      const text = `Type 'yes' to let go of ${address}: `;
      const hint = `say it in advance: dpo state rm ${address} --yes`;
      try {
        await askConsent({ text, answer: 'yes', hint, signal: signals.stop });
      } finally {
        signals.release();
      }
    }
    await this.change(project, flags, async (store) => {
      const session = await store.open(this.runOf(project, before, 'state rm'));
      try {
        const id = session.recorded.resources.get(recordedAddress(session.recorded, address))?.id ?? '';
        const operation = await session.start({ address, action: 'forget', id, deadlineMs: 0 });
        await session.finish(operation, { status: 'done', entry: null });
      } finally {
        await session.close();
      }
    });
    this.log(`let go of ${address}; the object stays as it is`);
    return { address };
  }
}
