import { Flags } from '@oclif/core';
import { countVerdicts, type Examination } from '@dpo/core';
import { createLimit } from '@dpo/engine';
import { renderExaminations } from '@dpo/render';
import { BaseCommand, exits, type Payload } from '../base-command.ts';
import { examine } from '../doctor/examine.ts';
import { eventFlags, outputFlags, projectFlags, workspaceFlags } from '../flags.ts';
import { hiddenTextsOf } from '../hidden-texts.ts';
import { openProject } from '../project.ts';
import { choiceOf, connect } from '../session.ts';
import { listenToSignals } from '../signals.ts';

export default class DoctorCommand extends BaseCommand {
  static override summary = 'Find out what keeps this config from working in its workspace';
  static override description =
    'Looks at sign-in, identity, metastore, warehouse, catalogs, tables, grants, folders, destinations, state and lock, and names for each missing grant the statement that gives it. Writes nothing. To see whether the warehouse works it runs SELECT 1, which starts a stopped one, unless --no-warehouse is given. Exit status 1 if something failed; what is unknown is no failure.';
  static override examples = ['<%= config.bin %> doctor', '<%= config.bin %> doctor --no-warehouse --json'];
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    ...outputFlags,
    ...eventFlags,
    warehouse: Flags.boolean({
      description: 'run SELECT 1 on the warehouse, which starts it, and find tables by their tags',
      default: true,
      allowNo: true,
    }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(DoctorCommand);
    const log = this.openLog(flags);
    const report = this.openReport(flags.events);
    const signals = listenToSignals((signal, cutOff) => report.stopping(signal, cutOff));
    const shared = { flags, version: this.config.version, environment: process.env, directory: process.cwd() };
    this.configFile = flags.config ?? null;
    try {
      const project = await openProject(shared);
      this.configFile = project.loaded.file;
      const { emit } = report;
      const examinations = await examine({
        ...shared,
        project,
        statements: flags.warehouse,
        connect: async () => {
          const connected = await connect({ ...shared, ...choiceOf(project), signals, log, emit });
          connected.client.hide(hiddenTextsOf(project.loaded, process.env));
          return connected;
        },
        reads: createLimit(64),
        emit,
        signal: signals.stop,
      });
      report.clear();
      this.show(renderExaminations(examinations, { ...this.out, full: flags.full === true }));
      return this.told(examinations);
    } finally {
      signals.release();
    }
  }

  private told(examinations: readonly Examination[]): Payload {
    const verdicts = countVerdicts(examinations);
    if (verdicts.fail > 0) this.leave(exits.error);
    return { examinations, verdicts };
  }
}
