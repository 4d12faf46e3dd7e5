import { compareAddresses, kindOf, nameOf } from '@dpo/core';
import { renderTable } from '@dpo/render';
import type { Payload } from '../../base-command.ts';
import { stateFlags } from '../../flags.ts';
import { StateCommand } from '../../state-command.ts';

export default class StateList extends StateCommand {
  static override summary = 'List what the state knows';
  static override description = 'Reads the state file only: no workspace, no lock.';
  static override examples = ['<%= config.bin %> state list', '<%= config.bin %> state list --json'];
  static override flags = { ...stateFlags };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(StateList);
    const { store } = await this.openState(flags);
    const recorded = await store.read();
    const resources = [...recorded.resources]
      .toSorted(([a], [b]) => compareAddresses(a, b))
      .map(([address, { id, status }]) => ({ address, id, status }));
    const rows = resources.map(({ address, id, status }) => [kindOf(address), nameOf(address), id, status]);
    this.show(renderTable(['kind', 'name', 'id', 'status'], rows, { ...this.out, full: true }));
    return { serial: recorded.serial, lineage: recorded.lineage ?? null, resources };
  }
}
