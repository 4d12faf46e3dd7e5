import { writeFile } from 'node:fs/promises';
import { Flags } from '@oclif/core';
import { configSchema } from '@dpo/config';
import { fail } from '@dpo/core';
import { BaseCommand, type Payload } from '../base-command.ts';

export default class Schema extends BaseCommand {
  static override summary = 'Print the JSON Schema of a config';
  static override description =
    'For editors and other tools; needs no config and no network. An editor with the YAML language server checks and completes a config whose first line is: # yaml-language-server: $schema=FILE';
  static override examples = ['<%= config.bin %> schema', '<%= config.bin %> schema --out dpo.schema.json'];
  static override flags = {
    out: Flags.string({ description: 'write it there instead of to stdout', helpValue: 'FILE' }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(Schema);
    const text = `${JSON.stringify(configSchema, null, 2)}\n`;
    if (flags.out === undefined) this.show(text);
    else {
      await write(flags.out, text);
      this.say(`wrote ${flags.out}; begin a config with: # yaml-language-server: $schema=${flags.out}`);
    }
    return { schema: configSchema };
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const hint = 'name a file in a folder that exists and may be written';
    fail({ code: 'RUN.NOT_WRITTEN', message: `'${file}' cannot be written`, hint }, { cause: error });
  }
}
