import { describe, expect, test } from '@jest/globals';
import { at, desireOf, monitorIn, tableOf, type Catalog } from './support.ts';
import type { CatalogTable, Desired } from '@dpo/core';
import { shrunken } from '../src/shrunken.ts';

const config = `profile_defaults: { profile_type: SNAPSHOT }
include_tagged_tables: true
discovery: { include_tags: { on: "true" } }
`;
const listed = (more: string): string => `${config}monitored_tables: { ${more} }\n`;

function tagged(name: string, more: Partial<CatalogTable> = {}): CatalogTable {
  return tableOf({ fullName: `prod.${name}`, ...more, tags: { on: 'true', ...more.tags } });
}

function monitors(desired: Desired): readonly string[] {
  return desired.resources.flatMap(({ address }) => (address.startsWith('monitor:prod.') ? [address.slice(13)] : []));
}

const skips = ({ skipped }: Desired): readonly string[] => skipped.map(({ address, code }) => `${address} ${code}`);

describe('tables that tags find', () => {
  test('R021 are monitored, at the place of the tag', () => {
    const desired = desireOf(config, [tagged('ml.a'), tableOf({ fullName: 'prod.ml.b' })]);
    expect(monitors(desired)).toEqual(['ml.a']);
    expect(at(monitorIn(desired, 'prod.ml.a').place)).toBe('prod.ml.a#on');
  });

  test('C09 an inherited tag has the place of what carries it, for settings too', () => {
    const table = tagged('ml.a', {
      tags: { monitor_slicing_exprs: 'id', monitor_group: 'g' },
      inherited: { on: 'prod.ml', monitor_slicing_exprs: 'prod' },
    });
    const monitor = monitorIn(desireOf(config, [table]), 'prod.ml.a');
    expect([at(monitor.place), at(monitor.origins['slicing_exprs'])]).toEqual([
      'prod.ml#on',
      'prod#monitor_slicing_exprs',
    ]);
  });

  test('C09 the hint of a faulty inherited tag names what carries it', () => {
    const table = tagged('ml.a', {
      tags: { monitor_profile_type: 'x' },
      inherited: { monitor_profile_type: 'prod.ml' },
    });
    const desired = desireOf(`${config}on_invalid_table: error\n`, [table]);
    expect(desired.problems[0]?.hint).toBe(
      "change the tag: ALTER SCHEMA prod.ml SET TAGS ('monitor_profile_type' = '…')",
    );
  });

  test('R027 R028 a listed one is there once, and its entry wins over its tags', () => {
    const table = tagged('ml.a', {
      tags: { monitor_slicing_exprs: 'id', monitor_granularity: '1 week', owner: 'ana' },
    });
    const desired = desireOf(listed('PROD.ml.A: { slicing_exprs: [ts] }'), [table]);
    expect(monitors(desired)).toEqual(['ml.a']);
    expect(monitorIn(desired, 'prod.ml.a')).toMatchObject({ spec: { slicing_exprs: ['ts'] }, facts: { owner: 'ana' } });
    expect(at(monitorIn(desired, 'prod.ml.a').place)).toBe('dpo.yaml:6:21');
  });

  test('ruling 49 enabled: false holds whatever the tags say', () => {
    expect(monitors(desireOf(listed('prod.ml.a: { enabled: false }'), [tagged('ml.a'), tagged('ml.b')]))).toEqual([
      'ml.b',
    ]);
  });

  test.each(['MANAGED', 'EXTERNAL', 'VIEW', 'MATERIALIZED_VIEW', 'STREAMING_TABLE'])(
    'U052 %s is eligible',
    (tableType) => {
      expect(monitors(desireOf(config, [tagged('ml.a', { tableType })]))).toEqual(['ml.a']);
    },
  );

  test.each(['FOREIGN', 'METRIC_VIEW', 'MANAGED_SHALLOW_CLONE', 'SOMETHING_NEW', ''])(
    'U052 %s is skipped',
    (tableType) => {
      const desired = desireOf(config, [tagged('ml.a', { tableType })]);
      expect(skips(desired)).toEqual(['monitor:prod.ml.a CATALOG.UNSUPPORTED_TYPE']);
      expect([monitors(desired), desired.problems]).toEqual([[], []]);
    },
  );

  test('C12 a listed foreign table is an error; what the service may yet take is left to it', () => {
    const text = listed('prod.ml.a: {}');
    expect(desireOf(text, [tagged('ml.a', { tableType: 'FOREIGN' })]).undecided).toHaveLength(1);
    expect(monitors(desireOf(text, [tagged('ml.a', { tableType: 'SOMETHING_NEW' })]))).toEqual(['ml.a']);
  });

  const faulty = tagged('ml.a', { tags: { monitor_slicing_exprs: 'id', monitor_profile_type: 'INFERENCE' } });
  test.each([
    ['a found one is skipped', config, 'skip'],
    ['a listed one fails the plan', listed('prod.ml.a: {}'), 'error'],
    ['on_invalid_table: error', `${config}on_invalid_table: error\n`, 'error'],
    ['on_invalid_table: skip', `${listed('prod.ml.a: {}')}on_invalid_table: skip\n`, 'skip'],
  ])('C12 a faulty table: %s', (_name, text, fate) => {
    const desired = desireOf(text, [faulty, tagged('ml.b')]);
    const errors = desired.problems.filter(({ severity }) => severity === 'error');
    expect(monitors(desired)).toEqual(['ml.b']);
    expect([desired.skipped.length, errors.length > 0, desired.undecided.length]).toEqual(
      fate === 'skip' ? [1, false, 0] : [0, true, 1],
    );
  });

  test('C12 a found table leaves out what cannot be taken over, a listed one insists', () => {
    const lenient = (text: string): unknown => monitorIn(desireOf(text, [tagged('ml.a')]), 'prod.ml.a').lenient;
    expect([lenient(config), lenient(listed('prod.ml.a: {}'))]).toEqual([true, undefined]);
    expect(lenient(`${config}on_invalid_table: error\n`)).toBeUndefined();
    expect(lenient(`${listed('prod.ml.a: {}')}on_invalid_table: skip\n`)).toBe(true);
  });

  test('one that cannot be read is undecided; one that vanished between two reads, or has dots, is skipped', () => {
    const problem = { code: 'API.FORBIDDEN', severity: 'error', message: 'no' } as const;
    const catalog: Catalog = [
      { name: 'prod.ml.hidden', finding: { status: 'unreadable', problem } },
      { name: 'prod.ml.gone', finding: { status: 'absent' } },
      tagged('ml.a.b'),
    ];
    const desired = desireOf(config, catalog);
    expect(desired.undecided).toEqual([{ address: 'monitor:prod.ml.hidden', problem }]);
    expect(skips(desired)).toEqual([
      'monitor:prod.ml.a.b CATALOG.NAME_UNSUPPORTED',
      'monitor:prod.ml.gone CATALOG.TABLE_NOT_FOUND',
    ]);
  });

  test('U053 W024 the lowest priority number gets the metric tables that two would write; without or with a bad one it is 99', () => {
    const of = (schema: string, priority?: string): CatalogTable =>
      tagged(`${schema}.orders`, { tags: priority === undefined ? {} : { monitor_priority: priority } });
    const winner = (...tables: readonly CatalogTable[]): readonly string[] => {
      const desired = desireOf(config, tables);
      expect(skips(desired).every((skip) => skip.endsWith('CATALOG.OUTPUT_COLLISION'))).toBe(true);
      return monitors(desired);
    };
    expect(winner(of('a'), of('b', '5'), of('c', '10'))).toEqual(['b.orders']);
    expect(winner(of('a', 'high'), of('b', '98'))).toEqual(['b.orders']);
    expect(winner(of('b', '99'), of('a'))).toEqual(['a.orders']);
    expect(winner(of('a', '1.5'), of('b', '-1'))).toEqual(['b.orders']);
    const listedFirst = desireOf(listed('prod.z.orders: { priority: 200 }'), [
      of('a', '1'),
      tableOf({ fullName: 'prod.z.orders' }),
    ]);
    expect(monitors(listedFirst)).toEqual(['z.orders']);
  });

  test('a found table that is skipped is in nobody’s way', () => {
    const bad = tagged('a.orders', { tags: { monitor_profile_type: 'x', monitor_priority: '1' } });
    expect(monitors(desireOf(config, [bad, tagged('b.orders')]))).toEqual(['b.orders']);
  });

  test('U034 U058 ruling 48 what tags without the prefix say travels along', () => {
    const tags = {
      owner: 'ana',
      department: 'risk',
      runbook_url: 'https://r',
      lineage_url: 'https://l',
      monitor_priority: '3',
    };
    expect(monitorIn(desireOf(config, [tagged('ml.a', { tags })]), 'prod.ml.a').facts).toMatchObject({
      owner: 'ana',
      department: 'risk',
      runbookUrl: 'https://r',
      lineageUrl: 'https://l',
      priority: 3,
    });
  });

  test('no table with the tags is a warning', () => {
    expect(desireOf(config, [tableOf()]).problems).toMatchObject([
      { code: 'CATALOG.NOTHING_FOUND', severity: 'warning', message: "no table is tagged on = 'true' in prod" },
    ]);
  });
});

describe('W025 monitored views', () => {
  const managed = new Map([
    ['prod.ml.v', 'before'],
    ['prod.ml.w', 'before'],
    ['prod.ml.t', 'before'],
    ['prod.ml.same', 'id-of-prod.ml.same'],
  ]);
  const tables = [
    tagged('ml.v', { tableType: 'VIEW' }),
    tagged('ml.t'),
    tagged('ml.same', { tableType: 'VIEW' }),
    tagged('ml.new', { tableType: 'VIEW' }),
  ];

  test('one that was made anew is told once, with the cause', () => {
    expect(desireOf(config, tables, { managed }).problems).toMatchObject([
      {
        code: 'LINT.VIEW_RENEWED',
        severity: 'warning',
        message: 'view prod.ml.v was made anew since the last apply, which gave it another id: its monitor starts over',
      },
    ]);
  });

  test('several are one warning', () => {
    const more = [...tables, tagged('ml.w', { tableType: 'MATERIALIZED_VIEW' })];
    expect(desireOf(config, more, { managed }).problems.map(({ message }) => message)).toEqual([
      '2 views were made anew since the last apply, which gave them other ids: their monitors start over (prod.ml.v, prod.ml.w)',
    ]);
  });
});

describe('W020 managed tables that are not found any more', () => {
  const none = tableOf({ fullName: 'prod.ml.a', tags: {} });
  const other = tableOf({ fullName: 'prod.ml.a', tags: { team: 'x' } });
  const managed = new Map([['prod.ml.a', 'id-of-prod.ml.a']]);

  test.each<[string, string, Catalog, Parameters<typeof desireOf>[2], string | undefined]>([
    ['all tags gone', config, [none], { managed }, 'CATALOG.SHRUNKEN'],
    ['all tags gone, and deletes allowed', config, [none], { managed, allowShrink: true }, undefined],
    ['another tag is left', config, [other], { managed }, undefined],
    ['the table is gone', config, [], { managed }, undefined],
    [
      'the schema is excluded',
      config.replace('discovery: {', 'discovery: { exclude_schemas: [ml],'),
      [none],
      { managed },
      undefined,
    ],
    [
      'the catalog is not looked at',
      config,
      [tableOf({ fullName: 'dev.ml.a', tags: {} })],
      { managed: new Map([['dev.ml.a', 'i']]) },
      undefined,
    ],
    [
      'the catalog is off the list',
      `${config}catalogs: [d*]\n`,
      [tableOf({ fullName: 'dev.ml.a', tags: { x: '' } })],
      { managed: new Map([['dev.ml.a', 'i']]) },
      'CATALOG.SHRUNKEN',
    ],
    ['it is taken out by name', listed('prod.ml.a: { enabled: false }'), [none], { managed }, undefined],
    [
      'nothing is searched',
      'monitored_tables: { prod.ml.b: { profile_type: SNAPSHOT } }\n',
      [none, tableOf({ fullName: 'prod.ml.b' })],
      { managed },
      undefined,
    ],
    [
      'only patterns search',
      'profile_defaults: { profile_type: SNAPSHOT }\nmonitored_tables: { prod.ml.b*: {} }\n',
      [none],
      { managed },
      undefined,
    ],
  ])('%s', (...[, text, catalog, more, code]) => {
    const desired = desireOf(text, catalog, more);
    expect(desired.undecided.map((one) => one.problem.code)).toEqual(code === undefined ? [] : [code]);
    expect(desired.problems.some((one) => one.code === 'CATALOG.SHRUNKEN')).toBe(code === 'CATALOG.SHRUNKEN');
  });

  test.each([false, true])('one that cannot be read is kept, whether deletes are allowed (%s) or not', (allowed) => {
    const search = { catalogs: ['prod'], excludeSchemas: [], tags: { on: 'true' }, inheritTags: false, patterns: [] };
    const problem = { code: 'API.FORBIDDEN', severity: 'error', message: 'no' } as const;
    const findings = new Map([['prod.ml.a', { status: 'unreadable', problem } as const]]);
    const catalog = { findings, found: [], catalogs: ['prod'] };
    expect(shrunken({ search, catalog, missing: ['prod.ml.a'], allowed })).toEqual({
      undecided: [{ address: 'monitor:prod.ml.a', problem }],
      problems: [],
    });
  });
});
