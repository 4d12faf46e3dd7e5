import { Args } from '@oclif/core';
import { readPlan, type Plan, type Problem } from '@dpo/core';
import { renderPlan } from '@dpo/render';
import { BaseCommand, type Payload } from '../base-command.ts';
import { outputFlags } from '../flags.ts';
import { readPlanFile } from '../plan-files.ts';

export default class Show extends BaseCommand {
  static override summary = 'Show a saved plan, without any network';
  static override description =
    'A plan file that was damaged or edited is refused. What a newer dpo says in it and this one does not know is left out, with a warning.';
  static override examples = ['<%= config.bin %> show plan.json', '<%= config.bin %> show plan.json --full'];
  static override args = {
    plan: Args.string({ description: 'plan file made by: dpo plan --out FILE', required: true }),
  };
  static override flags = { ...outputFlags };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(Show);
    const { plan, unknown } = readPlan(await readPlanFile(args.plan), args.plan);
    this.problems = plan.problems;
    this.show(renderPlan(plan, { ...this.out, full: flags.full }));
    if (unknown.length > 0) this.warnOf([leftOut(args.plan, plan, unknown)]);
    return { plan };
  }
}

function leftOut(file: string, { dpo }: Plan, unknown: readonly string[]): Problem {
  return {
    code: 'PLAN.LEFT_OUT',
    severity: 'warning',
    message: `not shown of '${file}', as this dpo does not know it: ${unknown.join(', ')}`,
    hint: `use dpo ${dpo}, which wrote it; this one refuses to apply it`,
  };
}
