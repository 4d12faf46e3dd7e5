import { Args } from '@oclif/core';
import { renderExplanation, renderExplanations } from '@dpo/render';
import { BaseCommand, type Payload } from '../base-command.ts';
import { findExplanations } from '../find-explanations.ts';

export default class Explain extends BaseCommand {
  static override summary = 'Say what the code of a problem means and what to do';
  static override description =
    'Reads nothing and needs no network. Without a code lists all of them, with an area (CONFIG) those of the area. Capitals do not count.';
  static override examples = [
    '<%= config.bin %> explain CONFIG.TYPE',
    '<%= config.bin %> explain state',
    '<%= config.bin %> explain',
  ];
  static override args = {
    code: Args.string({ description: 'code of a problem, or an area of codes; default all' }),
  };

  async run(): Promise<Payload> {
    const { args } = await this.parse(Explain);
    const { exact, explanations } = await findExplanations(args.code);
    const [first] = explanations;
    if (exact && first !== undefined) this.show(renderExplanation(first, this.out));
    else this.show(renderExplanations(explanations, this.out));
    return { explanations };
  }
}
