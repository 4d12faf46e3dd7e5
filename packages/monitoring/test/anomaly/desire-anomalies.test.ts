import type { CatalogSchemas, Desired, KnownRecipients, Problem } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { anomalyRecipients, schemasToLookInto } from '../../src/index.ts';
import { at, brief, desireOf, load, tableOf, type Catalog } from '../support.ts';

const head = 'monitored_tables: { prod.ml.churn: { profile_type: SNAPSHOT } }\n';
const uuid = '3F2504E0-4F89-11D3-9A0C-0305E82C3301';
const recipients: KnownRecipients = {
  users: new Map([
    ['ann@x.com', ['17']],
    ['gone@x.com', []],
  ]),
  destinations: new Map([
    ['slack', ['d-1']],
    ['twice', ['d-2', 'd-3']],
  ]),
};
const forbidden: Problem = { code: 'API.FORBIDDEN', severity: 'error', message: 'no USE SCHEMA' };

function schemasOf(names: readonly string[], more: Partial<CatalogSchemas> = {}): CatalogSchemas {
  return {
    listed: new Map(names.map((name) => [name, `id-of-${name}`])),
    missing: new Map(),
    tables: new Map(),
    ...more,
  };
}

interface World {
  readonly schemas: CatalogSchemas;
  readonly managed?: readonly string[];
  readonly catalog?: Catalog;
  readonly allowShrink?: boolean;
}

function anomaliesOf(text: string, { schemas, managed = [], catalog, allowShrink = false }: World): Desired {
  return desireOf(head + text, catalog, { anomalies: { schemas, recipients, managed }, allowShrink });
}

const watched = ({ resources }: Desired): readonly string[] =>
  resources.flatMap(({ address }) => (address.startsWith('anomaly:') ? [address.slice(8)] : []));

const found = (desired: Desired): readonly string[] =>
  desired.problems.filter(({ code }) => code !== 'LINT.SCHEDULE').map(brief);

const usual = schemasOf([
  'prod.sales',
  'prod.sales_eu',
  'prod.ml',
  'prod.dev_x',
  'prod.information_schema',
  'two.sales',
]);

describe('W010 schemas that are to be watched', () => {
  test.each<readonly [string, string, readonly string[], readonly string[]]>([
    ['a name, in every catalog', 'anomaly_detection: { sales: }', ['prod.sales', 'two.sales'], []],
    ['a glob', 'anomaly_detection: { "sales_*": {} }', ['prod.sales_eu'], []],
    [
      'a glob is held to the schema filters of discovery, and never means the information schema',
      'anomaly_detection: { "*": {} }',
      ['prod.sales', 'prod.sales_eu', 'prod.ml', 'two.sales'],
      [],
    ],
    ['a name is not held to them', 'anomaly_detection: { dev_x: {} }', ['prod.dev_x'], []],
    [
      'most literal characters first, setting by setting',
      'anomaly_detection: { "*": { enabled: false }, "sales*": { enabled: true }, sales: {} }',
      ['prod.sales', 'prod.sales_eu', 'two.sales'],
      [],
    ],
    [
      'U052 a name that no schema has is most likely misspelt',
      'anomaly_detection: { sale: {}, ml: {} }',
      ['prod.ml'],
      ["dpo.yaml:4:22 warning CATALOG.PATTERN_UNMATCHED: no schema matches 'sale' of anomaly_detection"],
    ],
    [
      'two globs that say something of one setting are a tie',
      'anomaly_detection: { "sale?": { enabled: true }, "?ales": { enabled: true } }',
      [],
      [
        "dpo.yaml:4:42 error CONFIG.PATTERN_TIE: 'sale?' and '?ales' of anomaly_detection both set enabled, and neither is more specific",
      ],
    ],
  ])('%s', (...[, text, names, problems]) => {
    const desired = anomaliesOf(text, { schemas: usual });
    expect(watched(desired)).toEqual(names);
    expect(found(desired)).toEqual(problems);
  });

  test('the spec: the id, exclusions by their full names, and who is told by ids', () => {
    const text = `anomaly_detection:
  sales:
    excluded_tables: ["tmp_*", Audit]
    notifications: [ann@x.com, slack, ${uuid}]
    adopt: true
    prevent_destroy: true
`;
    const tables = new Map([['prod.sales', ['orders', 'tmp_a', 'tmp_b']]]);
    const desired = anomaliesOf(text, { schemas: schemasOf(['prod.sales'], { tables }) });
    const [resource] = desired.resources.filter(({ address }) => address === 'anomaly:prod.sales');
    expect(resource).toMatchObject({
      spec: {
        object_id: 'id-of-prod.sales',
        excluded_table_full_names: ['prod.sales.audit', 'prod.sales.tmp_a', 'prod.sales.tmp_b'],
        notification_settings: {
          on_unhealthy_table: { destination_ids: ['d-1', uuid.toLowerCase()], destination_user_ids: ['17'] },
        },
      },
      adopt: true,
      preventDestroy: { value: true },
      facts: { schema: 'prod.sales' },
    });
    expect(resource).not.toHaveProperty('lenient');
    const origins = Object.entries(resource?.origins ?? {}).map(([path, place]) => `${path} ${at(place)}`);
    expect(origins).toEqual(['excluded_table_full_names dpo.yaml:6:22', 'notification_settings dpo.yaml:7:20']);
  });

  test('C12 what a glob found and somebody else switched on is left alone', () => {
    const desired = anomaliesOf('anomaly_detection: { "s*": {} }', { schemas: schemasOf(['prod.sales']) });
    expect(desired.resources.filter(({ lenient }) => lenient === true).map(({ address }) => address)).toEqual([
      'anomaly:prod.sales',
    ]);
  });

  test.each([
    ['gone@x.com', "error CATALOG.DESTINATION: there is no user 'gone@x.com' in the workspace", 0],
    ['nobody', "error CATALOG.DESTINATION: there is no notification destination 'nobody' in the workspace", 0],
    ['twice', "error CATALOG.DESTINATION: 2 notification destinations are called 'twice'", 0],
    ['nobody', "warning CATALOG.DESTINATION: there is no notification destination 'nobody' in the workspace", 1],
  ])('T41 U099 a recipient that stands for nobody, or several: %s', (name, message, made) => {
    const allowed = made === 1 ? 'alerting: { allow_unresolved: true }\n' : '';
    const text = `${allowed}anomaly_detection: { sales: { notifications: [${name}] } }`;
    const desired = anomaliesOf(text, { schemas: schemasOf(['prod.sales']) });
    expect(found(desired).filter((line) => line.includes('DESTINATION'))).toEqual([expect.stringContaining(message)]);
    expect(watched(desired)).toHaveLength(made);
    expect(desired.undecided).toHaveLength(1 - made);
  });

  test('only what stands for an id of the workspace is asked for', () => {
    const loaded = load(`${head}anomaly_detection: { a: { notifications: [ann@x.com, slack, ${uuid}] }, b: }`);
    expect(anomalyRecipients(loaded)).toEqual({ emails: ['ann@x.com'], names: ['slack'] });
  });
});

describe('W010 schemas that hold only our outputs', () => {
  const names = ['prod.monitoring_results', 'prod.global_monitoring', 'prod.reports', 'prod.sales'];
  const outputs = ['churn_profile_metrics', 'churn_drift_metrics'];
  const tables = new Map([
    ['prod.monitoring_results', outputs],
    ['prod.global_monitoring', ['unified_drift_metrics_sales']],
    ['prod.reports', [...outputs, 'daily']],
  ]);
  const text = 'profile_defaults: { output_schema_name: reports }\nanomaly_detection: { "*": {} }';

  test('are never watched; one that holds other tables too is', () => {
    expect(watched(anomaliesOf(text, { schemas: schemasOf(names, { tables }) }))).toEqual([
      'prod.reports',
      'prod.sales',
    ]);
  });

  test('their tables are asked for, and those of schemas with a glob among the exclusions', () => {
    expect(schemasToLookInto(load(head + text), names, [])).toEqual(names.slice(0, 3));
    const tag = [{ tags: { monitor_output_schema_name: 'sales' } }];
    expect(schemasToLookInto(load(head + text), names, tag)).toEqual(names);
    const excluding = load(
      `${head}anomaly_detection: { sales: { excluded_tables: [a] }, "s*": {}, reports: { excluded_tables: ["t*"] } }`,
    );
    expect(schemasToLookInto(excluding, ['prod.sales', 'prod.reports'], [])).toEqual(['prod.reports']);
  });

  test('named, they are told to be so', () => {
    const desired = anomaliesOf('anomaly_detection: { monitoring_results: {} }', {
      schemas: schemasOf(names, { tables }),
    });
    expect(watched(desired)).toEqual([]);
    expect(found(desired)).toEqual([
      "dpo.yaml:4:22 warning CATALOG.PATTERN_UNMATCHED: 'monitoring_results' of anomaly_detection matches only schemas that hold nothing but outputs of dpo",
    ]);
  });
});

describe('W020 W002 what the state watches and no list names any more', () => {
  const text = 'anomaly_detection: { sales: {}, ml: {} }';
  const story = (desired: Desired): readonly string[] =>
    desired.undecided.map(({ address, problem }) => `${address} ${problem.code}`);
  const missing = (status: 'present' | 'absent'): CatalogSchemas =>
    schemasOf(['prod.ml'], { missing: new Map([['prod.sales', { status }]]) });
  const managed = ['prod.sales', 'prod.ml'];

  test('is kept if it is there, unless deletes were allowed', () => {
    const world = { schemas: missing('present'), managed };
    expect(story(anomaliesOf(text, world))).toEqual(['anomaly:prod.sales CATALOG.SHRUNKEN']);
    expect(story(anomaliesOf(text, { ...world, allowShrink: true }))).toEqual([]);
  });

  test('is kept if it cannot be read', () => {
    const status = { status: 'unreadable', problem: forbidden } as const;
    const schemas = schemasOf(['prod.ml'], { missing: new Map([['prod.sales', status]]) });
    expect(story(anomaliesOf(text, { schemas, managed, allowShrink: true }))).toEqual([
      'anomaly:prod.sales API.FORBIDDEN',
    ]);
  });

  test('is let go of if it is gone, or not asked for any more', () => {
    expect(story(anomaliesOf(text, { schemas: missing('absent'), managed }))).toEqual([]);
    expect(story(anomaliesOf('anomaly_detection: { ml: {} }', { schemas: missing('present'), managed }))).toEqual([]);
  });

  test('a schema whose tables cannot be listed is not decided about', () => {
    const schemas = schemasOf(['prod.sales'], { tables: new Map([['prod.sales', forbidden]]) });
    const desired = anomaliesOf('anomaly_detection: { sales: { excluded_tables: ["t*"] } }', { schemas });
    expect([watched(desired), story(desired)]).toEqual([[], ['anomaly:prod.sales API.FORBIDDEN']]);
  });
});

describe('W010 W011 U060 U061 beyond the budget', () => {
  const names = ['prod.sales.a', 'prod.sales.b', 'prod.on.c', 'prod.ml.d'];
  const catalog = names.map((fullName) => tableOf({ fullName }));
  const tables = `monitored_tables:\n${names.map((name) => `  ${name}: { profile_type: SNAPSHOT }\n`).join('')}`;
  const proposal = (text: string): readonly string[] =>
    desireOf(
      `monitor_limit: 0\n${tables}${text}`.replace('monitor_limit: 0', 'monitor_limit: 1'),
      catalog,
    ).problems.flatMap(({ code, message, hint, severity }) =>
      code === 'PLAN.ANOMALY_DETECTION' ? [severity, message, hint ?? ''] : [],
    );

  test('the plan proposes to watch the schemas of the tables that are left out, with the lines for the config', () => {
    expect(proposal('')).toEqual([
      'note',
      '3 tables beyond the limit are in schemas prod.on, prod.sales, which anomaly detection can watch as a whole',
      'add to the config: anomaly_detection: { "on": {}, sales: {} }',
    ]);
  });

  test('not those that are turned off, and beside what is there', () => {
    expect(proposal('anomaly_detection: { "on": { enabled: false } }')).toEqual([
      'note',
      '2 tables beyond the limit are in schema prod.sales, which anomaly detection can watch as a whole',
      'add to anomaly_detection: sales: {}',
    ]);
  });

  test('nothing where every table has room, or is watched by its schema', () => {
    expect(desireOf(tables, catalog).problems.map(({ code }) => code)).not.toContain('PLAN.ANOMALY_DETECTION');
    const schemas = schemasOf(['prod.sales', 'prod.on', 'prod.ml']);
    const text = `monitor_limit: 1\n${tables}anomaly_detection: { "*": {} }`;
    const desired = desireOf(text, catalog, { anomalies: { schemas, recipients, managed: [] } });
    expect(desired.problems.map(({ code }) => code)).toContain('PLAN.MONITOR_LIMIT');
    expect(desired.problems.map(({ code }) => code)).not.toContain('PLAN.ANOMALY_DETECTION');
  });
});
