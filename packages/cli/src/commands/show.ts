import { Args } from '@oclif/core';
import { decodePlan } from '@dpo/core';
import { renderPlan } from '@dpo/render';
import { BaseCommand, type Payload } from '../base-command.ts';
import { outputFlags } from '../flags.ts';
import { readPlanFile } from '../plan-files.ts';

export default class Show extends BaseCommand {
  static override summary = 'Show a saved plan, without any network';
  static override description = 'A plan file is read strictly: one that was damaged or edited is refused.';
  static override examples = ['<%= config.bin %> show plan.json', '<%= config.bin %> show plan.json --full'];
  static override args = {
    plan: Args.string({ description: 'plan file made by: dpo plan --out FILE', required: true }),
  };
  static override flags = { ...outputFlags };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(Show);
    const plan = decodePlan(await readPlanFile(args.plan), args.plan);
    this.problems = plan.problems;
    this.show(renderPlan(plan, { ...this.out, full: flags.full }));
    return { plan };
  }
}
