import { Args, Flags } from '@oclif/core';
import { renderCoverage } from '@dpo/render';
import { exits, type Payload } from '../base-command.ts';
import { eventFlags, outputFlags, projectFlags, snapshotFlags, workspaceFlags } from '../flags.ts';
import { measureCoverage } from '../measure-coverage.ts';
import { meets, minimumOf } from '../minimum.ts';
import { ProjectCommand } from '../project-command.ts';
import { tallyText } from '../request-tally.ts';
import { snapshotChoiceOf } from '../snapshot-file.ts';

export default class CoverageCommand extends ProjectCommand {
  static override summary = 'Show which tables are monitored, and which monitors are stale or left over';
  static override description =
    'Looks at every table of the catalogs of the config that could have a monitor, under the schema filters of discovery, and changes nothing. With --min exit status 2 if less is covered, else 0.';
  static override examples = [
    '<%= config.bin %> coverage',
    '<%= config.bin %> coverage configs/prod.yaml --min 90%',
    '<%= config.bin %> coverage --json',
  ];
  static override args = { file: Args.string({ description: 'config file' }) };
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    ...outputFlags,
    ...eventFlags,
    ...snapshotFlags,
    min: Flags.string({ description: 'exit 2 if less is covered: 90% or 0.9', helpValue: 'SHARE' }),
  };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(CoverageCommand);
    const snapshot = snapshotChoiceOf(flags);
    const minimum = flags.min === undefined ? undefined : minimumOf(flags.min);
    return this.inWorkspace({ flags, positional: args.file, tellsWarehouse: true }, async (work) => {
      const { report, session, signals } = work;
      const { coverage, problems } = await measureCoverage({
        ...work,
        snapshot,
        emit: report.emit,
        signal: signals.stop,
      });
      report.clear();
      const met = minimum === undefined ? undefined : meets(coverage, minimum);
      const gate = minimum === undefined || met === undefined ? undefined : { minimum, met };
      this.show(renderCoverage(coverage, gate, { ...this.out, full: flags.full === true }));
      this.warnOf(problems);
      const reads = session.sent();
      this.say(tallyText(reads, 'read'));
      if (met === false) this.leave(exits.finding);
      return { ...coverage, reads, ...(gate === undefined ? {} : { min: gate.minimum, met: gate.met }) };
    });
  }
}
