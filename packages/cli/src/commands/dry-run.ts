import type { Payload } from '../base-command.ts';
import { newCommandLine, switchesIn } from '../new-command.ts';
import PlanCommand from './plan.ts';

export default class DryRun extends PlanCommand {
  static override summary = 'Former name of: dpo plan';
  static override description = 'Does the same, and says the new command. It takes the same argument and flags.';
  static override examples = ['<%= config.bin %> dry-run configs/prod.yaml'];
  // The framework misses some of what a command inherits from another one.
  static override enableJsonFlag = true;
  static override baseFlags = { ...PlanCommand.baseFlags };
  static override args = { ...PlanCommand.args };
  static override flags = { ...PlanCommand.flags };

  override async run(): Promise<Payload> {
    const { raw } = await this.parse(DryRun);
    const command = newCommandLine(raw, { words: 'plan', configFlag: false, switches: switchesIn(DryRun.flags) });
    this.tellNewCommand(command);
    return super.run();
  }
}
