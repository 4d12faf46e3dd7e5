import { Args } from '@oclif/core';
import { BaseCommand, type Payload } from '../base-command.ts';
import { projectFlags } from '../flags.ts';
import { openProject } from '../project.ts';

export default class Validate extends BaseCommand {
  static override summary = 'Check a config without any network';
  static override description =
    'Reports every fault at once, with file, line and column. Exit status 1 if there is an error.';
  static override examples = ['<%= config.bin %> validate', '<%= config.bin %> validate configs/prod.yaml --json'];
  static override args = { file: Args.string({ description: 'config file' }) };
  static override flags = { config: projectFlags.config, target: projectFlags.target, var: projectFlags.var };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(Validate);
    this.configFile = flags.config ?? args.file ?? null;
    const project = await openProject({
      flags,
      positional: args.file,
      version: this.config.version,
      environment: process.env,
      directory: process.cwd(),
      offline: true,
    });
    const { loaded } = project;
    this.configFile = loaded.file;
    this.warnOf(loaded.problems);
    const tables = Object.keys(loaded.config.monitored_tables ?? {}).length;
    this.log(`${loaded.file} is valid: target ${loaded.targetName}, ${String(tables)} table${tables === 1 ? '' : 's'}`);
    return { target: loaded.targetName, tables };
  }
}
