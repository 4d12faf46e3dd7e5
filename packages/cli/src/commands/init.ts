import { renderProblems } from '@dpo/render';
import { BaseCommand, type Payload } from '../base-command.ts';
import { openDialogue } from '../init/dialogue.ts';
import { initFlags } from '../init/init-flags.ts';
import { createProject } from '../init/new-project.ts';
import { nextSteps } from '../init/next-steps.ts';
import { connect } from '../session.ts';
import { listenToSignals } from '../signals.ts';

export default class Init extends BaseCommand {
  static override summary = 'Write a config, its schema, a CI workflow and .gitignore lines';
  static override description =
    'From nothing, from tables that carry a tag (--from-tags), or from a config of the Python DPO (--from). What no flag answers is asked on a terminal, in brackets what an empty answer means; elsewhere, or with --yes, that is taken. Files are written after the last answer, all of them or none. A conversion keeps comments, takes over the monitors of listed tables (adopt: true), writes out defaults that dpo does not have, and lists with file and line what it leaves out or what acts differently.';
  static override examples = [
    '<%= config.bin %> init',
    '<%= config.bin %> init --table prod.ml.churn --table prod.ml.orders --project shop --yes',
    '<%= config.bin %> init --from configs/prod.yaml --project shop',
    '<%= config.bin %> init --from-tags --catalog prod --profile prod --explicit',
  ];
  static override flags = initFlags;

  async run(): Promise<Payload> {
    const { flags } = await this.parse(Init);
    this.configFile = flags.from ?? null;
    const signals = listenToSignals(() => {});
    const canAsk = process.stdin.isTTY && process.stderr.isTTY && !flags.yes && !this.jsonEnabled();
    const streams = { input: process.stdin, output: process.stderr };
    const onInterrupt = (): void => void process.kill(process.pid, 'SIGINT');
    const dialogue = canAsk ? openDialogue({ ...streams, signal: signals.stop, onInterrupt }) : undefined;
    const [environment, workingDirectory, version] = [process.env, process.cwd(), this.config.version];
    const local = flags.workspace === 'local';
    const log = this.openLog(flags);
    const way = { log, emit: () => {}, version, environment, directory: workingDirectory };
    try {
      const made = await createProject({
        flags,
        workingDirectory,
        dialogue,
        signal: signals.stop,
        say: (text) => this.say(text),
        connect: async () => connect({ ...way, flags, local, signals }),
      });
      this.problems = made.problems;
      // A list that is cut is no list of what has to be looked at.
      if (made.problems.length > 0) this.say(renderProblems(made.problems, { ...this.err, full: true }));
      this.show(nextSteps(made, { directory: flags.directory, converted: flags.from !== undefined, local }));
      const { written, tables, notCarried, found } = made;
      return { written, tables, found, not_carried: notCarried };
    } finally {
      dialogue?.close();
      signals.release();
    }
  }
}
