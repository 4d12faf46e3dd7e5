import { Args } from '@oclif/core';
import { isTablePattern, type LoadedConfig } from '@dpo/config';
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
    const keys = Object.keys(loaded.config.monitored_tables ?? {});
    this.log(`${loaded.file} is valid: target ${loaded.targetName}, ${scopeText(keys, loaded)}`);
    return { target: loaded.targetName, tables: keys.length };
  }
}

/** `2 tables, 1 pattern, and what tags find`. */
function scopeText(keys: readonly string[], { config }: LoadedConfig): string {
  const patterns = keys.filter((key) => isTablePattern(key)).length;
  const count = (value: number, word: string): string => `${String(value)} ${word}${value === 1 ? '' : 's'}`;
  return [
    count(keys.length - patterns, 'table'),
    ...(patterns === 0 ? [] : [count(patterns, 'pattern')]),
    ...(config.include_tagged_tables === true ? ['and what tags find'] : []),
  ].join(', ');
}
