import { Args, Flags } from '@oclif/core';
import { ApplyCommand } from '../apply-command.ts';
import type { Payload } from '../base-command.ts';
import { applyFlags } from '../flags.ts';
import { newCommandLine, switchesIn } from '../new-command.ts';

export default class Run extends ApplyCommand {
  static override summary = 'Former name of: dpo apply --auto-approve';
  static override description =
    'With --confirm shows the plan and applies it. Without it shows the plan, says what to run, and exits 4 if there is something to do. Says the new command. It takes the flags of apply; the argument is the config.';
  static override examples = ['<%= config.bin %> run configs/prod.yaml --confirm'];
  static override args = { file: Args.string({ description: 'config file' }) };
  static override flags = { ...applyFlags, confirm: Flags.boolean({ description: 'apply the plan' }) };

  async run(): Promise<Payload> {
    const { args, flags, raw } = await this.parse(Run);
    const command = newCommandLine(raw, {
      words: 'apply --auto-approve',
      configFlag: true,
      without: ['confirm'],
      switches: switchesIn(Run.flags),
    });
    this.tellNewCommand(command);
    const approval = flags.confirm ? 'given' : 'missing';
    return this.planAndApply({ flags, positional: args.file, approval, hint: `approve it in advance: ${command}` });
  }
}
