import { Args, Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import { ApplyCommand } from '../apply-command.ts';
import type { Payload } from '../base-command.ts';
import { readExpected } from '../expected.ts';
import { applyFlags } from '../flags.ts';
import { readApplicablePlan } from '../plan-files.ts';

export default class Apply extends ApplyCommand {
  static override summary = 'Make the workspace what the config says';
  static override description =
    'Shows the plan and asks, unless --auto-approve, --expect or a saved plan answers in advance. A saved plan runs exactly as it was saved, or not at all if anything moved since. --expect plans again and runs every operation that was approved, none that was not: with a fingerprint all of the plan or nothing, with an approval or a plan file what is still as it was approved; the rest is listed as deferred. In CI write the step as "run: exec dpo apply …", so that a cancelled job stops it in order.';
  static override examples = [
    '<%= config.bin %> apply',
    '<%= config.bin %> apply --auto-approve',
    '<%= config.bin %> apply plan.json',
    '<%= config.bin %> apply --expect fp:7f3a-91c2-0b5e-44d1',
  ];
  static override args = { plan: Args.string({ description: 'plan file made by: dpo plan --out FILE' }) };
  static override flags = {
    ...applyFlags,
    expect: Flags.string({
      description: 'plan again and run what was approved: a fingerprint, the approval of plan --json, or a plan file',
      helpValue: 'APPROVAL',
    }),
    'auto-approve': Flags.boolean({ description: 'do not ask' }),
  };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(Apply);
    const saved = args.plan === undefined ? undefined : await readApplicablePlan(args.plan);
    const expected = flags.expect === undefined ? undefined : await readExpected(flags.expect);
    if (saved !== undefined && expected !== undefined) {
      fail({ code: 'USAGE', message: 'a saved plan is its own approval, so --expect has no meaning with it' });
    }
    if (expected !== undefined && flags['readiness-only']) {
      fail({
        code: 'USAGE',
        message: 'what --readiness-only does needs no approval, so --expect has no meaning with it',
      });
    }
    const approved = saved !== undefined || expected !== undefined || flags['auto-approve'];
    const hint = 'approve in advance with --auto-approve, --expect or a saved plan';
    return this.planAndApply({ flags, saved, expected, approval: approved ? 'given' : 'asked', hint });
  }
}
