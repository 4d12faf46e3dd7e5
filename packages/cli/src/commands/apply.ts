import { Args, Flags } from '@oclif/core';
import { ApplyCommand } from '../apply-command.ts';
import type { Payload } from '../base-command.ts';
import { applyFlags } from '../flags.ts';
import { readApplicablePlan } from '../plan-files.ts';

export default class Apply extends ApplyCommand {
  static override summary = 'Make the workspace what the config says';
  static override description =
    'Shows the plan and asks, unless --auto-approve or a saved plan answers in advance. A saved plan runs exactly as it was saved, or not at all if anything moved since. In CI write the step as "run: exec dpo apply …", so that a cancelled job stops it in order.';
  static override examples = [
    '<%= config.bin %> apply',
    '<%= config.bin %> apply --auto-approve',
    '<%= config.bin %> apply plan.json',
  ];
  static override args = { plan: Args.string({ description: 'plan file made by: dpo plan --out FILE' }) };
  static override flags = { ...applyFlags, 'auto-approve': Flags.boolean({ description: 'do not ask' }) };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(Apply);
    const saved = args.plan === undefined ? undefined : await readApplicablePlan(args.plan);
    const approved = saved !== undefined || flags['auto-approve'];
    const hint = 'approve in advance with --auto-approve, or apply a saved plan';
    return this.planAndApply({ flags, saved, approval: approved ? 'given' : 'asked', hint });
  }
}
