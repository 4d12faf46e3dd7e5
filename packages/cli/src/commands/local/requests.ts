import { Flags } from '@oclif/core';
import { renderTable } from '@dpo/render';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { workspaceFlags } from '../../flags.ts';
import { localProblem, runningWorkspace } from '../../local-workspace.ts';

const columns = ['#', 'principal', 'method', 'path', 'status', 'ms'];

export default class LocalRequests extends BaseCommand {
  static override summary = 'Show the calls that the running embedded workspace has answered';
  static override description =
    'Tokens and secrets are never in it. --json also has queries, bodies and counts by route.';
  static override examples = [
    '<%= config.bin %> local requests',
    '<%= config.bin %> local requests --method POST --path "/api/2.0/*"',
    '<%= config.bin %> local requests --clear',
  ];
  static override flags = {
    'local-directory': workspaceFlags['local-directory'],
    method: Flags.string({ description: 'only calls with this method', helpValue: 'METHOD' }),
    path: Flags.string({ description: 'only calls of this path; * stands for anything', helpValue: 'PATH' }),
    since: Flags.integer({ description: 'only calls after the one with this number', helpValue: 'N', min: 0 }),
    clear: Flags.boolean({ description: 'forget all calls', exclusive: ['method', 'path', 'since'] }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(LocalRequests);
    const { method, path, since } = flags;
    const control = await runningWorkspace(flags['local-directory']);
    try {
      if (flags.clear) {
        await control.clearRequests();
        this.log('cleared');
        return { cleared: true };
      }
      const { requests, counts, writes } = await control.requests({ method, path, since });
      const rows = requests.map((call) => [
        String(call.sequence),
        call.principal ?? '',
        call.method,
        call.path,
        call.status === 0 ? 'dropped' : String(call.status),
        String(call.ms),
      ]);
      this.show(renderTable(columns, rows, this.out));
      return { requests, counts, writes };
    } catch (error) {
      throw localProblem(error, flags['local-directory']);
    }
  }
}
