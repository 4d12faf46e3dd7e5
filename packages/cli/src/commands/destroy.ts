import { Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import { refuseErrors } from '../apply-plan.ts';
import type { Payload } from '../base-command.ts';
import { askConsent } from '../consent.ts';
import { lockFlags, outputFlags, projectFlags, scopeFlags, workspaceFlags } from '../flags.ts';
import { waitForTurn } from '../patience.ts';
import { planProject } from '../plan-project.ts';
import { ProjectCommand } from '../project-command.ts';
import { scopeOf } from '../scope-of.ts';

export default class Destroy extends ProjectCommand {
  static override summary = 'Remove what dpo made for this target, and nothing else';
  static override description =
    'Shows what would be deleted and what survives (metric tables always do), then asks for the name of the target.';
  static override examples = [
    '<%= config.bin %> destroy --target dev',
    '<%= config.bin %> destroy --target dev --confirm dev',
  ];
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    ...scopeFlags,
    ...lockFlags,
    ...outputFlags,
    confirm: Flags.string({ description: 'consent in advance, by the name of the target', helpValue: 'TARGET' }),
    parallelism: Flags.integer({ description: 'operations at a time', default: 10, min: 1, helpValue: 'N' }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(Destroy);
    const stopping = 'stopping: what runs may end, nothing new is started';
    return this.inWorkspace({ flags, stopping }, async (work) => {
      const { project, signals, progress } = work;
      const name = project.loaded.targetName;
      const version = this.config.version;
      const wanted = {
        ...work,
        mode: 'destroy',
        consent: {},
        scope: scopeOf(flags),
        version,
        emit: progress.emit,
        signal: signals.stop,
      } as const;
      await waitForTurn(work, 'destroy');
      const plan = await planProject(wanted);
      this.showPlan(plan, work, flags);
      refuseErrors(plan);
      const hint = `name the target: dpo destroy --confirm ${name}`;
      if (flags.confirm !== undefined && flags.confirm !== name) {
        fail({ code: 'CONSENT.MISSING', message: `--confirm says '${flags.confirm}', the target is '${name}'`, hint });
      }
      if (flags.confirm === undefined && plan.ops.length > 0) {
        await askConsent({ text: `\nType '${name}' to delete this: `, answer: name, hint, signal: signals.stop });
      }
      return this.carryOut(plan, work, flags.parallelism);
    });
  }
}
