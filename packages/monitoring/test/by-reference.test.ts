import { loadConfig } from '@dpo/config';
import type { CatalogFinding, Desired, DesiredResource } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { desire, tablesToRead } from '../src/index.ts';
import { brief, churn, head, monitorIn, tableOf } from './support.ts';

const environment = {
  CRON: '0 0 6 * * ?',
  ONCALL: 'secret@example.com',
  TEAM: 'sales',
  SLICE: "region = 'secret'",
  COLUMN: 'ts',
  BASE: 'prod.ml.base',
  UNKNOWN: 'secret_column',
};

function desireOf(text: string, given: Readonly<Record<string, string>> = {}): Desired {
  const variables = new Map(Object.entries(given));
  const loaded = loadConfig({ file: 'dpo.yaml', text: head + text, environment, variables, today: '2027-01-01' });
  const present = (name: string): CatalogFinding => ({ status: 'present', table: tableOf({ fullName: name }) });
  return desire({
    loaded,
    findings: new Map(tablesToRead(loaded).map((name) => [name, present(name)])),
    owner: { project: 'dpo', target: 'test' },
    target: { name: 'test', host: 'local', workspaceId: '1', metastoreId: 'm' },
    warehouseId: loaded.config.warehouse_id,
  });
}

function monitorOf(settings: string, more = ''): DesiredResource {
  return monitorIn(desireOf(`${more}monitored_tables:\n  ${churn}: { profile_type: SNAPSHOT, ${settings} }\n`));
}

const emails = 'notification_settings.on_failure.email_addresses';

describe('what comes from the environment', () => {
  test.each<[string, string, object, readonly string[] | undefined]>([
    [
      'a schedule as a text',
      "schedule: '${env:CRON}'",
      { schedule: { quartz_cron_expression: '${env:CRON}', timezone_id: 'UTC' } },
      ['schedule.quartz_cron_expression'],
    ],
    [
      'only one part of a schedule',
      "schedule: { cron: '${env:CRON}', timezone: UTC }",
      { schedule: { quartz_cron_expression: '${env:CRON}', timezone_id: 'UTC' } },
      ['schedule.quartz_cron_expression'],
    ],
    [
      'one of several recipients, and a part of another',
      "failure_notifications: ['${env:ONCALL}', 'dq-${env:TEAM}@example.com', a@example.com]",
      {
        notification_settings: {
          on_failure: { email_addresses: ['${env:ONCALL}', 'dq-${env:TEAM}@example.com', 'a@example.com'] },
        },
      },
      [emails],
    ],
    [
      'an expression beside one that looks like a reference',
      "slicing_exprs: ['${env:SLICE}', \"note = '$${env:SLICE}'\"]",
      { slicing_exprs: ['${env:SLICE}', "note = '$${env:SLICE}'"] },
      ['slicing_exprs'],
    ],
    [
      'a text that looks like a reference, alone',
      'slicing_exprs: ["note = \'$${env:SLICE}\'"]',
      { slicing_exprs: ["note = '${env:SLICE}'"] },
      undefined,
    ],
    ['the name of a table', "baseline_table_name: '${env:BASE}'", { baseline_table_name: 'prod.ml.base' }, undefined],
  ])('%s', (...[, settings, spec, references]) => {
    const resource = monitorOf(settings);
    expect(resource.spec).toMatchObject(spec);
    expect(resource.references).toEqual(references);
  });

  test('ruling 77 the same value that a table writes out stays as it is', () => {
    const settings = 'profile_defaults: { schedule: "${env:CRON}" }\n';
    expect(monitorOf("schedule: '0 0 6 * * ?'", settings).references).toBeUndefined();
    expect(monitorOf('', settings).references).toEqual(['schedule.quartz_cron_expression']);
  });

  test('a variable stands for what is behind it', () => {
    const text = `variables: { who: { default: '\${env:ONCALL}' } }
monitored_tables: { ${churn}: { profile_type: SNAPSHOT, failure_notifications: ['\${var.who}'] } }\n`;
    expect(monitorIn(desireOf(text))).toMatchObject({ references: [emails] });
    expect(monitorIn(desireOf(text, { who: 'b@example.com' })).references).toBeUndefined();
  });

  test('the value of a variable is no reference, whatever it looks like', () => {
    const text = `variables: { who: x }
monitored_tables: { ${churn}: { profile_type: SNAPSHOT, slicing_exprs: ["\${var.who} = '\${env:SLICE}'"] } }\n`;
    expect(monitorIn(desireOf(text, { who: '${env:ONCALL}' })).spec['slicing_exprs']).toEqual([
      "$${env:ONCALL} = '${env:SLICE}'",
    ]);
  });

  test('a column is named plainly, a slice that is none is told by its reference', () => {
    const settings = "profile_type: TIMESERIES, timeseries_timestamp_column: '${env:COLUMN}'";
    const text = `monitored_tables:\n  ${churn}: { ${settings}, slicing_exprs: ['\${env:UNKNOWN}'] }\n`;
    const desired = desireOf(text);
    expect(monitorIn(desired)).toMatchObject({ spec: { time_series: { timestamp_column: 'ts' } } });
    expect(monitorIn(desired).references).toBeUndefined();
    const [problem] = desired.problems;
    expect(problem === undefined ? '' : brief(problem)).toContain("Column '${env:UNKNOWN}' (from slicing_exprs)");
    expect(JSON.stringify(desired)).not.toContain('secret');
  });
});
