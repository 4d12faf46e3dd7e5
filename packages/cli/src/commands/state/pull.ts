import { writeFile } from 'node:fs/promises';
import { Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import type { Payload } from '../../base-command.ts';
import { stateFlags } from '../../flags.ts';
import { StateCommand } from '../../state-command.ts';

export default class StatePull extends StateCommand {
  static override summary = 'Print the state as one document';
  static override description = 'What an interrupted run left is taken in. Nothing is written, but with --out to FILE.';
  static override examples = [
    '<%= config.bin %> state pull > state.json',
    '<%= config.bin %> state pull --out state.json',
  ];
  static override flags = { ...stateFlags, out: Flags.string({ description: 'write it there', helpValue: 'FILE' }) };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(StatePull);
    const { store } = await this.openState(flags);
    const document = await store.document();
    if (document === undefined) {
      fail({
        code: 'STATE.NOTHING',
        message: `there is no state at ${store.location}`,
        hint: 'the first apply makes one; another place is named with --state',
      });
    }
    if (flags.out === undefined) this.show(document);
    else await writeFile(flags.out, document, { mode: 0o600 });
    return { state_document: JSON.parse(document) };
  }
}
