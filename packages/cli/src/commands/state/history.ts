import { Flags } from '@oclif/core';
import type { Json } from '@dpo/core';
import { renderTable } from '@dpo/render';
import type { Payload } from '../../base-command.ts';
import { stateFlags } from '../../flags.ts';
import { StateCommand } from '../../state-command.ts';

export default class StateHistory extends StateCommand {
  static override summary = 'Show what runs have done: one line for each operation';
  static override examples = ['<%= config.bin %> state history', '<%= config.bin %> state history --last 50 --json'];
  static override flags = {
    ...stateFlags,
    last: Flags.integer({ description: 'only the latest N', default: 20, min: 1, helpValue: 'N' }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(StateHistory);
    const { store } = await this.openState(flags);
    const all = await store.history();
    const history = all.slice(-flags.last);
    const columns = ['at', 'actor', 'action', 'address', 'outcome'];
    const rows = history.map((entry) => columns.map((column) => textOf(entry[column])));
    this.show(renderTable(columns, rows, { ...this.out, full: true }));
    if (history.length < all.length)
      this.say(`${String(all.length - history.length)} earlier ones: --last ${String(all.length)}`);
    return { history };
  }
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
