import { readFile } from 'node:fs/promises';
import { Args } from '@oclif/core';
import { fail } from '@dpo/core';
import type { Payload } from '../../base-command.ts';
import { lockFlags, stateFlags } from '../../flags.ts';
import { StateCommand } from '../../state-command.ts';

export default class StatePush extends StateCommand {
  static override summary = 'Put a document in the place of the state';
  static override description =
    'Only a state of the same lineage with a higher serial is taken; the one before stays as the backup. What a run that could not save its state left as X.json.rescue is such a document.';
  static override examples = [
    '<%= config.bin %> state push state.json',
    '<%= config.bin %> state push state/prod.json.rescue',
  ];
  static override args = { file: Args.string({ description: 'document made by: dpo state pull', required: true }) };
  static override flags = { ...stateFlags, ...lockFlags };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(StatePush);
    const project = await this.openState(flags);
    const document = await readFile(args.file, 'utf8').catch((cause: unknown) =>
      fail(
        { code: 'STATE.PUSH', message: `'${args.file}' cannot be read`, hint: 'name a file made by: dpo state pull' },
        { cause },
      ),
    );
    const before = await project.store.read();
    const run = this.runOf(project, before, 'state push');
    await this.change(project, flags, (store) => store.replace(run, document));
    const { serial } = await project.store.read();
    this.log(`the state at ${project.store.location} has serial ${String(serial)} now`);
    return { serial };
  }
}
