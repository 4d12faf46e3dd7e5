import { Flags } from '@oclif/core';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { workspaceFlags } from '../../flags.ts';
import { localProblem, runningWorkspace } from '../../local-workspace.ts';

export default class LocalClock extends BaseCommand {
  static override summary = 'Show or move the clock of the running embedded workspace';
  static override description =
    'Resources, profiles, SQL and schedules see this time. A jump forward also ends delays, such as that until a monitor is active.';
  static override examples = [
    '<%= config.bin %> local clock',
    '<%= config.bin %> local clock --advance 3600',
    '<%= config.bin %> local clock --set 2026-03-01T08:00:00Z --freeze',
  ];
  static override flags = {
    'local-directory': workspaceFlags['local-directory'],
    advance: Flags.integer({ description: 'move it on by so many seconds', helpValue: 'SECONDS', min: 0 }),
    set: Flags.string({ description: 'set it to a time', helpValue: 'TIME' }),
    freeze: Flags.boolean({ description: 'let it stand still; --no-freeze lets it go', allowNo: true }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(LocalClock);
    const { advance, set, freeze } = flags;
    const control = await runningWorkspace(flags['local-directory']);
    const change = {
      ...(set === undefined ? {} : { set }),
      ...(advance === undefined ? {} : { advance_ms: advance * 1000 }),
      ...(freeze === undefined ? {} : { frozen: freeze }),
    };
    try {
      const { now, frozen } =
        Object.keys(change).length === 0 ? await control.clock() : await control.changeClock(change);
      this.log(`${now}${frozen ? ', standing still' : ''}`);
      return { now, frozen };
    } catch (error) {
      throw localProblem(error, flags['local-directory']);
    }
  }
}
