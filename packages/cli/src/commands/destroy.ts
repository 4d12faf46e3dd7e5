import { Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import { renderOutcomes, renderPlan } from '@dpo/render';
import { applyPlan, exitOf, refuseUnapproved } from '../apply-plan.ts';
import { BaseCommand, type Payload } from '../base-command.ts';
import { askConsent } from '../consent.ts';
import { outputFlags, projectFlags, workspaceFlags } from '../flags.ts';
import { planProject } from '../plan-project.ts';
import { openProject } from '../project.ts';
import { openSession } from '../session.ts';
import { listenToSignals } from '../signals.ts';

export default class Destroy extends BaseCommand {
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
    ...outputFlags,
    confirm: Flags.string({ description: 'name of the target: consent in advance', helpValue: 'TARGET' }),
    parallelism: Flags.integer({ description: 'operations at a time', default: 10, min: 1, helpValue: 'N' }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(Destroy);
    const shared = { flags, version: this.config.version, environment: process.env, directory: process.cwd() };
    const project = await openProject(shared);
    this.configFile = project.loaded.file;
    const name = project.loaded.targetName;
    const signals = listenToSignals(() => this.say('stopping: what runs may end, nothing new is started'));
    const session = await openSession({ ...shared, project });
    const progress = this.progress();
    try {
      const { emit } = progress;
      const version = this.config.version;
      const plan = await planProject({
        project,
        session,
        mode: 'destroy',
        consent: {},
        version,
        emit,
        signal: signals.stop,
      });
      progress.done();
      this.show(renderPlan(plan, { ...this.out, full: flags.full }));
      refuseUnapproved(plan, {});
      const empty = plan.ops.length === 0;
      const hint = `name the target: dpo destroy --confirm ${name}`;
      if (flags.confirm === undefined && !empty) {
        await askConsent({ text: `\nType '${name}' to delete this: `, answer: name, hint, signal: signals.stop });
      } else if (flags.confirm !== undefined && flags.confirm !== name) {
        fail({ code: 'CONSENT.MISSING', message: `--confirm says '${flags.confirm}', the target is '${name}'`, hint });
      }
      const result = await applyPlan({
        ...shared,
        plan,
        project,
        session,
        parallelism: flags.parallelism,
        emit,
        signals,
      });
      if (!empty) this.show(renderOutcomes(result, plan, this.out));
      this.leave(exitOf(result));
      return { plan, outcomes: result.outcomes, state: result.state };
    } finally {
      progress.done();
      signals.release();
      await session.close();
    }
  }
}
