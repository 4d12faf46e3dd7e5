import { Args, Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import { queryNames } from '@dpo/monitoring';
import { renderTable } from '@dpo/render';
import type { Payload } from '../base-command.ts';
import { eventFlags, outputFlags, projectFlags, workspaceFlags } from '../flags.ts';
import { readWanted } from '../look/read-wanted.ts';
import { ProjectCommand } from '../project-command.ts';
import { runQuery, textOf } from '../query/ask.ts';

export default class Query extends ProjectCommand {
  static override summary = 'Print, or run, a query over the unified views: what drifts most, and how the data is';
  static override description = [
    'The queries judge as the alerts do: latest window, whole tables, the thresholds of each table.',
    'worst-drifters: columns by how far they drifted. feature-drift: the drift of one table, window by window. quality-summary: rows, NULLs and breaches of each table. status: critical, warning, ok or stale for each table. drift-alert, quality-alert: the rows of the alert; --level gives one tier. alert-text: texts for alerts of your own. table-dashboard: the content of a dashboard of one table, to be imported as a file .lvdash.json.',
    'Prints SQL for an editor, a notebook or an alert; with --run the rows. Changes nothing.',
  ].join('\n\n');
  static override examples = [
    '<%= config.bin %> query worst-drifters --group sales --limit 10 --run',
    '<%= config.bin %> query feature-drift --table prod.ml.churn',
    '<%= config.bin %> query drift-alert --level critical',
    '<%= config.bin %> query status --run --json',
    '<%= config.bin %> query table-dashboard --table prod.ml.churn > churn.lvdash.json',
  ];
  static override args = {
    name: Args.string({ description: 'what to ask', required: true, options: [...queryNames] }),
  };
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    group: Flags.string({ description: 'only this group; default all, read as one', helpValue: 'GROUP' }),
    table: Flags.string({ description: 'only this table', helpValue: 'TABLE' }),
    column: Flags.string({ description: 'only this column, of feature-drift and of alerts', helpValue: 'COLUMN' }),
    level: Flags.option({
      description: 'only rows of this level, of drift-alert',
      options: ['critical', 'warning'] as const,
    })(),
    limit: Flags.integer({ description: 'at most so many rows', min: 1, default: 100, helpValue: 'N' }),
    run: Flags.boolean({ description: 'run it on the SQL warehouse and show the rows' }),
    ...outputFlags,
    ...eventFlags,
  };

  async run(): Promise<Payload> {
    const { args, flags } = await this.parse(Query);
    return this.inWorkspace({ flags }, async ({ project, session, signals, report, scope }) => {
      const { desired } = await readWanted({ project, session, scope, signal: signals.stop });
      const name = queryNames.find((each) => each === args.name) ?? 'status';
      const query = textOf({ ...flags, name }, project, desired);
      report.clear();
      if (query.status === 'text') {
        if (flags.run) fail({ code: 'USAGE', message: `${name} is no query`, hint: 'leave out --run' });
        this.show(query.text);
        return { query: { name, text: query.text } };
      }
      const { sql, views } = query;
      if (!flags.run) {
        this.show(`${sql};`);
        return { query: { name, sql, views } };
      }
      const { columns, rows } = await runQuery(sql, session, signals.stop);
      this.show(renderTable(columns, rows, { ...this.out, full: flags.full }));
      return { query: { name, sql, views }, columns, rows };
    });
  }
}
