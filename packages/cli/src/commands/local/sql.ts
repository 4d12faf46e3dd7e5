import { Args } from '@oclif/core';
import { connectionOf, createClient, executeStatement } from '@dpo/databricks';
import { renderTable } from '@dpo/render';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { systemClock } from '../../clock.ts';
import { logFlags, workspaceFlags } from '../../flags.ts';
import { openLocalWorkspace } from '../../local-workspace.ts';
import { listenToSignals } from '../../signals.ts';

export default class LocalSql extends BaseCommand {
  static override summary = 'Run one statement of Databricks SQL on the embedded workspace';
  static override examples = ['<%= config.bin %> local sql "SELECT * FROM demo.flights.airports LIMIT 5"'];
  static override args = {
    statement: Args.string({ description: 'the statement, in Databricks SQL', required: true }),
  };
  static override flags = { 'local-directory': workspaceFlags['local-directory'], ...logFlags };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(LocalSql);
    const log = this.openLog(flags);
    const workspace = await openLocalWorkspace({
      localDirectory: flags['local-directory'],
      workingDirectory: process.cwd(),
      environment: process.env,
    });
    const source = 'the embedded workspace';
    const connection = connectionOf({
      host: workspace.url,
      hostSource: source,
      token: workspace.token,
      tokenSource: source,
    });
    log.guard(connection.redactor);
    const client = createClient({
      connection,
      clock: systemClock,
      random: Math.random,
      userAgent: `dpo/${this.config.version}`,
      onRequest: (event) => log.request(event),
      exchanges: log.exchanges,
    });
    const signals = listenToSignals(() => {});
    try {
      const statement = { warehouseId: workspace.warehouseId, text: args.statement, effect: 'create' as const };
      const { columns, rows } = await executeStatement(client, statement, { clock: systemClock, signal: signals.stop });
      this.show(renderTable(columns, rows, this.out));
      return { columns, rows };
    } finally {
      signals.release();
      await client.close();
      await workspace.close();
    }
  }
}
