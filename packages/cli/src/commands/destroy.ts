import { Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import { refuseErrors } from '../apply-plan.ts';
import type { Payload } from '../base-command.ts';
import { askConsent } from '../consent.ts';
import { destroyFlags } from '../flags.ts';
import { waitForTurn } from '../patience.ts';
import { planProject } from '../plan-project.ts';
import { ProjectCommand } from '../project-command.ts';

export default class Destroy extends ProjectCommand {
  static override summary = 'Remove what dpo made for this target, and nothing else';
  static override description =
    'Shows what would be deleted and what survives, then asks for the name of the target. Metric tables and generated dashboards survive, unless --purge-metrics names them for deletion too. The folder of the project and target goes too if it is empty then; else what is left in it is told. What prevent_destroy protects refuses the whole destroy, unless --exclude leaves it out. Finds what carries the marker of the project and target also where the state was lost or the config has forgotten it; that needs a project in the config.';
  static override examples = [
    '<%= config.bin %> destroy --target dev',
    '<%= config.bin %> destroy --target dev --confirm dev',
    '<%= config.bin %> destroy --target dev --purge-metrics',
  ];
  static override flags = {
    ...destroyFlags,
    'purge-metrics': Flags.boolean({
      description:
        'also drop the metric tables and generated dashboards of the monitors, each named before you consent',
    }),
    confirm: Flags.string({ description: 'consent in advance, by the name of the target', helpValue: 'TARGET' }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(Destroy);
    return this.inWorkspace({ flags }, async (work) => {
      const { project, signals, report } = work;
      const name = project.loaded.targetName;
      const version = this.config.version;
      const wanted = {
        ...work,
        mode: 'destroy',
        consent: {},
        purgeMetrics: flags['purge-metrics'],
        version,
        emit: report.emit,
        signal: signals.stop,
      } as const;
      await waitForTurn(work, 'destroy');
      const plan = await planProject(wanted);
      this.showPlan(plan, work, { flags, carriedOut: true });
      refuseErrors(plan);
      const hint = `name the target: dpo destroy --confirm ${name}`;
      if (flags.confirm !== undefined && flags.confirm !== name) {
        fail({ code: 'CONSENT.MISSING', message: `--confirm says '${flags.confirm}', the target is '${name}'`, hint });
      }
      if (flags.confirm === undefined && plan.ops.length > 0) {
        await askConsent({ text: `\nType '${name}' to delete this: `, answer: name, hint, signal: signals.stop });
      }
      return this.carryOut(plan, work, flags);
    });
  }
}
