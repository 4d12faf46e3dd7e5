import { Args, Flags } from '@oclif/core';
import { renderEvaluations } from '@dpo/render';
import { BaseCommand, exits, type Payload } from '../../../base-command.ts';
import { outputFlags, workspaceFlags } from '../../../flags.ts';
import { evaluateNamed, evaluationText } from '../../../local-alerts.ts';
import { withControl } from '../../../local-workspace.ts';

export default class LocalAlertsEvaluate extends BaseCommand {
  static override summary = 'Evaluate alerts of the embedded workspace now, and show what their recipients get';
  static override description = [
    'Runs the query of each alert that is not paused, or of those that are named, and sends notices to the outbox as a real',
    'workspace would: once per incident, and again after the time that the alert says. The text is shown whether or not',
    'it is sent now. Exit status 0; with --detailed-exitcode 2 if an alert fired or could not be evaluated; 1 if there is',
    'no alert of that name.',
  ].join(' ');
  static override examples = [
    '<%= config.bin %> local alerts evaluate',
    '<%= config.bin %> local alerts evaluate "*Drift Alert*" --full',
    '<%= config.bin %> local alerts evaluate --detailed-exitcode --json',
  ];
  static override strict = false;
  static override args = {
    name: Args.string({
      description: 'an alert by its id or its name, in which * is any text; any number of them; default all not paused',
    }),
  };
  static override flags = {
    'local-directory': workspaceFlags['local-directory'],
    ...outputFlags,
    'detailed-exitcode': Flags.boolean({ description: 'exit 2 if an alert fired or could not be evaluated' }),
  };

  async run(): Promise<Payload> {
    const { argv, flags } = await this.parse(LocalAlertsEvaluate);
    const names = argv.map(String);
    const { evaluations, paused } = await withControl(flags['local-directory'], (control) =>
      evaluateNamed(control, names),
    );
    const style = { ...this.out, full: flags.full === true };
    this.show(renderEvaluations(evaluations.map(evaluationText), style));
    for (const { alert_name: name } of paused) this.say(`paused, and left out: ${name}`);
    const found = evaluations.some(({ state }) => state === 'TRIGGERED' || state === 'ERROR');
    if (found && flags['detailed-exitcode']) this.leave(exits.finding);
    return { evaluations, paused: paused.map(({ alert_name: name }) => name) };
  }
}
