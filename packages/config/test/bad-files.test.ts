import { describe, expect, test } from '@jest/globals';
import { brief, head, problemsIn, snapshot } from './support.ts';

const table = (line: string): string => `${head}${snapshot}    ${line}\n`;
const top = (line: string): string => `${head}${snapshot}${line}\n`;
const named = (name: string): string => `${head}monitored_tables:\n  ${name}: {profile_type: SNAPSHOT}\n`;

/** What is said about the last problem: its message, its hint, or both. */
type Case = readonly [what: string, text: string, found: string, ...said: readonly string[]];

const keys: readonly Case[] = [
  ['an unknown key', top('warehouse: x'), '6:1 CONFIG.UNKNOWN_KEY', "did you mean 'warehouse_id'?"],
  ['an unknown key of a table', table('granularty: 1 day'), '6:5 CONFIG.UNKNOWN_KEY', "did you mean 'granularity'?"],
  ['a key far from all', top('zebra: 1'), '6:1 CONFIG.UNKNOWN_KEY', "'zebra' is not a key that dpo knows"],
  ['a key of another place', top('label_column: x'), '6:1 CONFIG.UNKNOWN_KEY', 'it belongs under profile_defaults'],
  [
    'a credential',
    top('targets:\n  prod:\n    workspace:\n      token: x'),
    '9:7 CONFIG.UNKNOWN_KEY',
    'credentials come from the environment or a profile, never from a config',
  ],
  [
    'a key given twice',
    top('mode: full\nmode: full'),
    '7:1 CONFIG.DUPLICATE_KEY',
    "'mode' is given twice, first at 6:1",
  ],
  [
    'a table given twice in other letters',
    top('  PROD.ml.churn: {profile_type: SNAPSHOT}'),
    '6:3 CONFIG.DUPLICATE_KEY',
    "'PROD.ml.churn' is the same table as 'prod.ml.churn' at 4:3",
  ],
  ['a key of prototypes', top('__proto__: {a: 1}'), '6:1 CONFIG.FORBIDDEN_KEY', "'__proto__' may not be used as a key"],
  ['another key of prototypes', table('constructor: 1'), '6:5 CONFIG.FORBIDDEN_KEY'],
  [
    'include in a target',
    top('targets:\n  prod:\n    include: [x]'),
    '8:5 CONFIG.UNKNOWN_KEY',
    'it belongs at the top level',
  ],
];

const values: readonly Case[] = [
  [
    'a number for a text',
    `catalog_name: prod\nwarehouse_id: 12345678901234567890\n${snapshot}`,
    '2:15 CONFIG.TYPE',
    "'warehouse_id' is 12345678901234567890, expected text",
    'put the value in quotes',
  ],
  [
    'yes for true',
    table('enabled: yes'),
    '6:14 CONFIG.TYPE',
    "'enabled' is 'yes', expected true or false",
    'write true, without quotes',
  ],
  ['a text for a list', table('slicing_exprs: region'), '6:20 CONFIG.TYPE', 'write it as a list: [region]'],
  [
    'a list of tables',
    `${head}monitored_tables:\n  - prod.ml.churn\n`,
    '4:3 CONFIG.TYPE',
    "'monitored_tables' is a list, expected a map",
  ],
  [
    'a list in a list',
    table('slicing_exprs: [a, [b]]'),
    '6:24 CONFIG.TYPE',
    "entry 2 of 'slicing_exprs' is a list, expected text",
  ],
  ['an unknown granularity', table('granularity: 2 hours'), '6:18 CONFIG.VALUE', "did you mean '1 hour'?"],
  [
    'a mode in capitals',
    top('mode: Full'),
    '6:7 CONFIG.VALUE',
    "'mode' is 'Full', not one of: full, bulk_provision_only",
    "did you mean 'full'?",
  ],
  [
    'a profile type in small letters',
    top('profile_defaults: {profile_type: snapshot}'),
    '6:34 CONFIG.VALUE',
    "did you mean 'SNAPSHOT'?",
  ],
  [
    'an unknown problem type',
    table('problem_type: CLASIFICATION'),
    '6:19 CONFIG.VALUE',
    "'problem_type' is 'CLASIFICATION', not one of: CLASSIFICATION, REGRESSION",
  ],
  [
    'U046 a dotted output schema',
    table('output_schema_name: prod.out'),
    '6:25 CONFIG.VALUE',
    "'output_schema_name' is 'prod.out', not the name of a schema, without dots or spaces",
  ],
  [
    'a short baseline name',
    table('baseline_table_name: base'),
    '6:26 CONFIG.VALUE',
    "'baseline_table_name' is 'base', not a name of three parts (catalog.schema.table)",
  ],
  [
    'an address without @',
    table('failure_notifications: [ops]'),
    '6:29 CONFIG.VALUE',
    "entry 1 of 'failure_notifications' is 'ops', not an e-mail address",
  ],
  [
    'a Unix cron',
    table("schedule: '0 8 * * *'"),
    '6:15 CONFIG.VALUE',
    "'schedule' is '0 8 * * *', not a Quartz cron expression of 6 or 7 fields, such as '0 0 8 * * ?'",
  ],
  [
    'a schedule without cron',
    table('schedule: {timezone: UTC}'),
    '6:5 CONFIG.REQUIRED',
    "'cron' is missing from 'schedule'",
  ],
  [
    'a granularity twice',
    table('granularities: [1 day, 1 day]'),
    '6:20 CONFIG.VALUE',
    "'granularities' has '1 day' twice",
  ],
  [
    'no granularity',
    table('granularities: []'),
    '6:20 CONFIG.RANGE',
    "'granularities' is a list of 0 entries and needs at least 1",
  ],
  [
    'six addresses',
    table('failure_notifications: [a@b, b@b, c@b, d@b, e@b, f@b]'),
    '6:28 CONFIG.RANGE',
    "'failure_notifications' is a list of 6 entries and may have at most 5",
  ],
  ['U036 a threshold above 1', table('drift_threshold: 1.5'), '6:22 CONFIG.RANGE'],
  ['U040 zero days', top('stale_monitor_days: 0'), '6:21 CONFIG.RANGE'],
  ['half a day', top('stale_monitor_days: 1.5'), '6:21 CONFIG.TYPE'],
  ['a group without a name', table("monitor_group: ''"), '6:20 CONFIG.VALUE', "'monitor_group' is an empty text"],
  [
    'labels in labels',
    table('labels: {a: {b: c}}'),
    '6:17 CONFIG.TYPE',
    "'a' is a map, expected text or a number or true or false",
  ],
  ['infinity', top('monitor_limit: .inf'), '6:16 CONFIG.TYPE'],
  ['an empty text', table("label_column: ''"), '6:19 CONFIG.VALUE', "'label_column' is an empty text"],
  [
    'C02 a null catalog',
    `catalog_name:\nwarehouse_id: w\n${snapshot}`,
    '1:1 CONFIG.TYPE',
    "'catalog_name' is empty, expected text",
  ],
  [
    'C02 a null where there is a default',
    top('mode: ~'),
    '6:7 CONFIG.TYPE',
    "'mode' is empty, expected one of: full, bulk_provision_only",
  ],
  ['C02 a null in a list', table('slicing_exprs: [~]'), '6:21 CONFIG.TYPE'],
];

const tables: readonly Case[] = [
  [
    'U048 one part',
    named('churn'),
    '4:3 CONFIG.TABLE_NAME',
    "'churn' is not a full table name: catalog and schema are missing",
  ],
  [
    'U048 no catalog',
    named('ml.churn'),
    '4:3 CONFIG.TABLE_NAME',
    "'ml.churn' is not a full table name: catalog is missing",
  ],
  [
    'U048 the catalog and one part',
    named('prod.churn'),
    '4:3 CONFIG.TABLE_NAME',
    "'prod.churn' is not a full table name: schema or table is missing",
  ],
  [
    'U048 an empty schema',
    named('prod..churn'),
    '4:3 CONFIG.TABLE_NAME',
    "'prod..churn' is not a full table name: schema is missing",
  ],
  [
    'U048 four parts',
    named('a.prod.ml.churn'),
    '4:3 CONFIG.TABLE_NAME',
    "'a.prod.ml.churn' has 4 parts, a table name has three",
  ],
  ['backticks', named('"`prod`.ml.churn"'), '4:3 CONFIG.TABLE_NAME', "'`prod`.ml.churn' has backticks"],
  [
    'a space',
    named('prod.ml.my churn'),
    '4:3 CONFIG.TABLE_NAME',
    "'prod.ml.my churn' has a space, a slash or a control character",
  ],
  [
    'R068 another catalog',
    named('dev.ml.churn'),
    '4:3 CONFIG.WRONG_CATALOG',
    "table 'dev.ml.churn' is in catalog 'dev', not in 'prod'",
  ],
  [
    'C17 a pattern of two parts',
    named('prod.*'),
    '4:3 CONFIG.TABLE_NAME',
    "'prod.*' is not a full table name: schema or table is missing",
  ],
  [
    'C17 a pattern of four parts',
    named('prod.ml.*.*'),
    '4:3 CONFIG.TABLE_NAME',
    "'prod.ml.*.*' has 4 parts, a table name has three",
  ],
  [
    'W001 a pattern over another catalog',
    named('dev_*.ml.*'),
    '4:3 CONFIG.WRONG_CATALOG',
    "table pattern 'dev_*.ml.*' is in catalog 'dev_*', not in 'prod'",
  ],
  ['U047 a time series without time', named('prod.ml.a').replace('SNAPSHOT', 'TIMESERIES'), '4:3 CONFIG.INCOMPLETE'],
  ['R067 no catalog', `warehouse_id: w\n${snapshot}`, '1:1 CONFIG.REQUIRED', "'catalog_name' is missing"],
  ['R072 no tables', head, '1:1 CONFIG.REQUIRED', "'monitored_tables' is missing"],
  [
    'R072 an empty list of tables',
    `${head}monitored_tables: {}\n`,
    '3:1 CONFIG.REQUIRED',
    "'monitored_tables' lists no table",
  ],
  [
    'R073 tags without discovery',
    `${head}include_tagged_tables: true\n`,
    '3:1 CONFIG.REQUIRED',
    "'discovery' is missing, which include_tagged_tables needs",
  ],
  [
    'U020 no tag to look for',
    `${head}include_tagged_tables: true\ndiscovery: {include_tags: {}}\n`,
    '4:13 CONFIG.VALUE',
    "'include_tags' names no tag, so that every table would be found",
  ],
  [
    'W001 a catalog that is no name',
    `${head}${snapshot}catalogs: [prod.ml]\n`,
    '6:12 CONFIG.VALUE',
    "entry 1 of 'catalogs' is 'prod.ml', not the name of a catalog or a glob, without dots or spaces",
  ],
];

const ignored: readonly Case[] = [
  [
    'a setting that does not exist',
    table('ignore: [monitor.slicing_exprs, monitor.shedule]'),
    '6:37 CONFIG.IGNORE',
    "'monitor.shedule' is no setting of dpo's objects",
    "did you mean 'monitor.schedule'?",
  ],
  [
    'a path of the API, misspelt',
    table('ignore: [monitor.time_series.granularitys]'),
    '6:14 CONFIG.IGNORE',
    "did you mean 'monitor.time_series.granularities'?",
  ],
  [
    'a setting without its kind',
    table('ignore: [schedule.cron]'),
    '6:14 CONFIG.IGNORE',
    "did you mean 'monitor.schedule.cron'?",
  ],
  [
    'a setting that is like no other',
    table('ignore: [everything]'),
    '6:14 CONFIG.IGNORE',
    'write <kind>.<path>, such as monitor.schedule',
  ],
  [
    'what cannot be left alone',
    table('ignore: [monitor.profile_type]'),
    '6:14 CONFIG.IGNORE',
    "'monitor.profile_type' cannot be ignored: the profile type is fixed when a monitor is created",
  ],
  ['one in the defaults', top('profile_defaults: {ignore: [monitor.x]}'), '6:29 CONFIG.IGNORE'],
  [
    'the same twice',
    table('ignore: [monitor.schedule, monitor.schedule]'),
    '6:13 CONFIG.VALUE',
    'remove one of the two',
  ],
  [
    'a text for the list',
    table('ignore: monitor.schedule'),
    '6:13 CONFIG.TYPE',
    'write it as a list: [monitor.schedule]',
  ],
  ['a text for the protection', table('prevent_destroy: "yes"'), '6:22 CONFIG.TYPE', 'write true, without quotes'],
];

const cleanup: readonly Case[] = [
  [
    'U041 a cleanup without a project',
    top('cleanup_orphans: true'),
    '6:1 CONFIG.PROJECT_REQUIRED',
    "'cleanup_orphans' deletes by the name of the project, and 'project' is missing",
    'add project: NAME, a name that no other config uses',
  ],
];

const later: readonly Case[] = [
  ['W006 a level of access that there is not', top('access: { analysts: admin }'), '6:21 CONFIG.VALUE'],
  ['metrics of your own', top('profile_defaults: {custom_metrics: [1]}'), '6:37 CONFIG.TYPE'],
  [
    'a variable that nobody declared',
    table('output_schema_name: out_${var.x}'),
    '6:25 CONFIG.VARIABLE',
    "there is no variable 'x'",
    "declare it under 'variables'",
  ],
  [
    'a reference in brackets without quotes',
    table('slicing_exprs: [${var.x}]'),
    '6:22 CONFIG.SYNTAX',
    'put texts with ${…} in quotes',
  ],
];

const targets: readonly Case[] = [
  ['a target in capitals', top('targets:\n  Prod: {}'), '7:3 CONFIG.TARGET_NAME', "'Prod' is no name of a target"],
  [
    'an unknown default target',
    top('default_target: prd\ntargets: {prod: {}}'),
    '6:17 CONFIG.UNKNOWN_TARGET',
    "did you mean 'prod'?",
  ],
  [
    'an unknown workspace',
    top('targets: {prod: {workspace: remote}}'),
    '6:29 CONFIG.VALUE',
    "'workspace' is 'remote', not 'local', or a map with host or profile",
  ],
];

const syntax: readonly Case[] = [
  ['an empty file', '', '1:1 CONFIG.EMPTY', 'the file is empty'],
  ['only a comment', '# nothing\n\n', '1:1 CONFIG.EMPTY'],
  ['only a marker', '---\n', '1:1 CONFIG.EMPTY'],
  ['only a text', 'hello\n', '1:1 CONFIG.TYPE', "the file is 'hello', expected a map"],
  ['only a list', '- a\n', '1:1 CONFIG.TYPE', 'the file is a list, expected a map'],
  [
    'a tab as indentation',
    `${head}monitored_tables:\n\tprod.ml.churn:\n`,
    '4:1 CONFIG.SYNTAX',
    'a tab is used as indentation',
    'indent with spaces',
  ],
  [
    'a tab behind spaces',
    `${head}monitored_tables:\n  prod.ml.churn:\n  \tprofile_type: SNAPSHOT\n`,
    '5:3 CONFIG.SYNTAX',
  ],
  [
    'an open quote',
    `${head}project: "x\n${snapshot}`,
    '3:10 CONFIG.SYNTAX',
    'a text that starts with " is never closed',
  ],
  [
    'an open list',
    `${head}x-a: [1, 2\n${snapshot}`,
    '4:1 CONFIG.SYNTAX',
    "a ']' is missing, or stands too far to the left",
  ],
  [
    'a second colon',
    `${head}project: a: b\n`,
    '3:10 CONFIG.SYNTAX',
    "there is a second ':' where a value was expected",
  ],
  [
    'a line too far to the left',
    table('x: 1').replace('    x', '   x'),
    '6:1 CONFIG.SYNTAX',
    'the indentation does not fit the lines above',
  ],
  ['no colon', `${head}project\n${snapshot}`, '3:1 CONFIG.SYNTAX', "a ':' is missing after this key"],
  ['a text that starts with @', top('project: @x'), '6:10 CONFIG.SYNTAX', 'put the text in quotes'],
  ['a second document', top('---\na: 1'), '6:1 CONFIG.SYNTAX', 'the file holds more than one YAML document'],
  ['a tag', top('project: !env X'), '6:10 CONFIG.SYNTAX', 'tags are not supported'],
  ['an unknown alias', top('project: *x'), '6:10 CONFIG.SYNTAX', "'*x' refers to no anchor above it"],
  ['a merge of a list', top('x-a: &a [1]\nx-b:\n  <<: *a'), '8:3 CONFIG.SYNTAX', "'<<' takes a map or a list of maps"],
  ['a list as key', top('? [a]\n: 1'), '6:3 CONFIG.SYNTAX', 'a key must be a single text'],
];

const cases = [...keys, ...values, ...tables, ...ignored, ...cleanup, ...later, ...targets, ...syntax].map(
  ([what, text, found, ...said]) => ({
    what,
    text,
    found,
    said,
  }),
);

describe('N022 U011 a bad file is refused at its line and column', () => {
  test.each(cases)('$what', ({ text, found, said }) => {
    const problems = problemsIn(text);
    expect(problems.map(brief).join('|')).toBe(found);
    const last = problems.at(-1);
    expect([last?.message, last?.hint]).toEqual(expect.arrayContaining(said));
  });

  test('all faults of a file are reported at once', () => {
    const text = `catalog_name: prod\nwarehouse_id: 1\nmod: full\nmonitored_tables:\n  ml.a:\n  dev.ml.b: {granularity: x}\n  dev.ml.b:\n`;
    expect(problemsIn(text).map(brief)).toEqual([
      '2:15 CONFIG.TYPE',
      '3:1 CONFIG.UNKNOWN_KEY',
      '5:3 CONFIG.TABLE_NAME',
      '6:3 warning CONFIG.INCOMPLETE',
      '6:3 CONFIG.WRONG_CATALOG',
      '6:27 CONFIG.VALUE',
      '7:3 CONFIG.DUPLICATE_KEY',
    ]);
  });
});
