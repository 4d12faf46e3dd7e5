import { readFile } from 'node:fs/promises';
import { Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import { renderTable } from '@dpo/render';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { workspaceFlags } from '../../flags.ts';
import { localProblem, runningWorkspace } from '../../local-workspace.ts';

export default class LocalFaults extends BaseCommand {
  static override summary = 'Show, add or clear the planned faults of the running embedded workspace';
  static override examples = [
    '<%= config.bin %> local faults',
    '<%= config.bin %> local faults --add faults.json',
    '<%= config.bin %> local faults --clear',
  ];
  static override flags = {
    'local-directory': workspaceFlags['local-directory'],
    add: Flags.string({
      description: 'JSON file with a list of rules, such as [{"match": "POST *", "status": 503}]',
      helpValue: 'FILE',
    }),
    clear: Flags.boolean({ description: 'remove the rules that are there' }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(LocalFaults);
    const control = await runningWorkspace(flags['local-directory']);
    try {
      const added = flags.add === undefined ? undefined : await readRules(flags.add);
      if (flags.clear) await control.clearFaults();
      if (added !== undefined) await control.addFaults(added);
      const { rules } = await control.faults();
      const rows = rules.map(({ rule: { match, ...rule }, seen }) => [match, JSON.stringify(rule), String(seen)]);
      if (rules.length === 0) this.log('no faults are planned');
      else this.show(renderTable(['calls', 'fault', 'seen'], rows, this.out));
      return { rules };
    } catch (error) {
      throw localProblem(error, flags['local-directory']);
    }
  }
}

async function readRules(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    return fail({
      code: 'LOCAL.REFUSED',
      message: `'${file}' is no JSON file: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'write a list of rules: [{"match": "POST *", "status": 503}]',
    });
  }
}
