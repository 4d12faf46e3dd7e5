import { Args } from '@oclif/core';
import type { Payload } from '../../base-command.ts';
import { stateFlags } from '../../flags.ts';
import { recordedAddress, StateCommand } from '../../state-command.ts';

export default class StateShow extends StateCommand {
  static override summary = 'Show what the state keeps of one resource';
  static override description = 'What was last sent, the id, and what it rests on. Reads the state file only.';
  static override examples = ['<%= config.bin %> state show monitor:prod.ml.churn'];
  static override args = { address: Args.string({ description: 'such as monitor:prod.ml.churn', required: true }) };
  static override flags = { ...stateFlags };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(StateShow);
    const { store } = await this.openState(flags);
    const recorded = await store.read();
    const address = recordedAddress(recorded, args.address);
    const resource = { address, ...recorded.resources.get(address) };
    this.show(JSON.stringify(resource, null, 2));
    return { resource };
  }
}
