import { describe, expect, test } from '@jest/globals';
import { ref, type Problem } from '@dpo/core';
import { desire, tablesToRead } from '../src/index.ts';
import { at, brief, churn, desireOf, load, monitorIn, tableOf } from './support.ts';

const orders = tableOf({ fullName: 'prod.ml.orders' });

/** Tables of one profile type each, in flow style, from line 4 on. */
function tables(entries: Readonly<Record<string, string>>, rest = ''): string {
  const lines = Object.entries(entries).map(([name, more]) => `  ${name}: { profile_type: SNAPSHOT${more} }\n`);
  return `monitored_tables:\n${lines.join('')}${rest}`;
}

describe('tablesToRead', () => {
  test('names every table and every baseline once, in lower case', () => {
    const text = tables({
      'prod.ML.Churn': ', baseline_table_name: prod.ml.Base',
      'prod.ml.orders': ', baseline_table_name: PROD.ml.base',
      'prod.ml.base': '',
    });
    expect(tablesToRead(load(text))).toEqual(['prod.ml.churn', 'prod.ml.orders', 'prod.ml.base']);
  });

  test('leaves out what is not enabled, with its baseline', () => {
    const text = tables({ [churn]: ', enabled: false, baseline_table_name: prod.ml.base', 'prod.ml.orders': '' });
    expect(tablesToRead(load(text))).toEqual(['prod.ml.orders']);
  });
});

describe('desire', () => {
  test('gives the monitor of each table and the schema it writes to, with owner, target and places', () => {
    const desired = desireOf(tables({ [churn]: '' }));
    expect(desired).toMatchObject({
      owner: { project: 'dpo', target: 'test' },
      target: { name: 'test', host: 'local', workspaceId: '1', metastoreId: 'm' },
      skipped: [],
      undecided: [],
      problems: [],
    });
    expect(desired.resources.map(({ address, place }) => `${address} ${at(place)}`)).toEqual([
      `monitor:${churn} dpo.yaml:4:3`,
      'schema:prod.monitoring_results default',
    ]);
    expect(desired.resources[1]).toMatchObject({ spec: { name: 'prod.monitoring_results' }, origins: {} });
  });

  test('two tables that share an output schema give one schema, at the place of the first', () => {
    const text = tables({
      [churn]: ', output_schema_name: Out',
      'prod.ml.orders': ', output_schema_name: out',
    });
    const desired = desireOf(text, [tableOf(), orders]);
    expect(desired.resources.map(({ address }) => address)).toEqual([
      `monitor:${churn}`,
      'monitor:prod.ml.orders',
      'schema:prod.out',
    ]);
    expect(at(desired.resources[2]?.place)).toBe('dpo.yaml:4:64');
    for (const name of [churn, 'prod.ml.orders'])
      expect(monitorIn(desired, name).spec['output_schema_id']).toEqual(ref('schema:prod.out', 'schema_id'));
  });

  test('two output schemas give two', () => {
    const text = tables({ [churn]: '', 'prod.ml.orders': ', output_schema_name: out' });
    expect(desireOf(text, [tableOf(), orders]).resources.map(({ address }) => address)).toEqual([
      `monitor:${churn}`,
      'monitor:prod.ml.orders',
      'schema:prod.monitoring_results',
      'schema:prod.out',
    ]);
  });

  test('the case of a name is not told apart: key, catalog and address', () => {
    const desired = desireOf(tables({ 'prod.ML.Churn': '' }), [tableOf({ fullName: 'Prod.ml.CHURN' })]);
    expect(desired.resources[0]).toMatchObject({
      address: `monitor:${churn}`,
      spec: { object_id: 'id-of-Prod.ml.CHURN' },
    });
  });

  test('adopt: true is handed on, and nothing else is', () => {
    const text = tables({ [churn]: ', adopt: true', 'prod.ml.orders': ', adopt: false' });
    const desired = desireOf(text, [tableOf(), orders]);
    expect(monitorIn(desired).adopt).toBe(true);
    expect(monitorIn(desired, 'prod.ml.orders')).not.toHaveProperty('adopt');
  });

  test('C17 enabled: false is not wanted, not skipped and not undecided: a managed monitor of it is deleted', () => {
    const desired = desireOf(tables({ [churn]: ', enabled: false', 'prod.ml.orders': '' }), [orders]);
    expect(desired.resources.map(({ address }) => address)).toEqual([
      'monitor:prod.ml.orders',
      'schema:prod.monitoring_results',
    ]);
    expect([desired.skipped, desired.undecided, desired.problems]).toEqual([[], [], []]);
  });

  test('notes and warnings of the file go on', () => {
    const text = `${tables({ [churn]: '' })}policy: { exemptions: [{ rule: require_slicing, tables: [${churn}], reason: for a while, until: 2001-01-01 }] }\n`;
    const loaded = load(text);
    expect(loaded.problems).not.toEqual([]);
    expect(desireOf(text).problems).toEqual(loaded.problems);
  });

  test('a table without a finding is a bug, not an absent table', () => {
    const request = {
      loaded: load(tables({ [churn]: '' })),
      findings: new Map(),
      owner: { project: 'dpo', target: 'test' },
      target: { name: 'test', host: 'local', workspaceId: '1', metastoreId: 'm' },
      warehouseId: undefined,
    };
    expect(() => desire(request)).toThrow(new TypeError(`no finding of ${churn}`));
  });
});

describe('C12 a listed table that is faulty', () => {
  const faulty: readonly { readonly name: string; readonly text: string; readonly problem: string }[] = [
    {
      name: 'is absent',
      text: tables({ 'prod.ml.gone': '', 'prod.ml.orders': '' }),
      problem:
        "dpo.yaml:4:3 error CATALOG.TABLE_NOT_FOUND: table 'prod.ml.gone' does not exist, or this identity may not see it",
    },
    {
      name: 'has an absent baseline',
      text: tables({ 'prod.ml.gone': ', baseline_table_name: prod.ml.Base', 'prod.ml.orders': '' }),
      problem:
        "dpo.yaml:4:64 error CATALOG.TABLE_NOT_FOUND: baseline table 'prod.ml.Base' does not exist, or this identity may not see it",
    },
    {
      name: 'has a bad tag',
      text: tables({ 'prod.ml.gone': '', 'prod.ml.orders': '' }),
      problem:
        "prod.ml.gone#monitor_create_builtin_dashboard error CATALOG.TAG_VALUE: tag 'monitor_create_builtin_dashboard' of prod.ml.gone is 'no', not true or false",
    },
    {
      name: 'lacks a column',
      text: tables({ 'prod.ml.gone': ', slicing_exprs: [nope]', 'prod.ml.orders': '' }).replace(
        'SNAPSHOT',
        'TIMESERIES, timestamp_column: when',
      ),
      problem:
        "dpo.yaml:4:63 error CATALOG.COLUMN_NOT_FOUND: Column 'when' (from timestamp_column) not found in table 'prod.ml.gone'.",
    },
  ];

  const catalogOf = (name: string): Parameters<typeof desireOf>[1] => {
    const tags: Readonly<Record<string, string>> =
      name === 'has a bad tag' ? { monitor_create_builtin_dashboard: 'no' } : {};
    return name === 'is absent' ? [orders] : [orders, tableOf({ fullName: 'prod.ml.gone', tags })];
  };

  const onlyOrders = ['monitor:prod.ml.orders', 'schema:prod.monitoring_results'];

  test.each(faulty)('R064 and $name is an error and undecided, so that nothing of it is deleted', (row) => {
    const desired = desireOf(row.text, catalogOf(row.name));
    const errors = desired.problems.filter(({ severity }) => severity === 'error');
    expect(errors.map(brief)).toEqual([expect.stringContaining(row.problem)]);
    expect(errors[0]?.address).toBe('monitor:prod.ml.gone');
    expect(desired.undecided).toEqual([
      { address: 'monitor:prod.ml.gone', problem: expect.objectContaining({ code: errors[0]?.code }) },
    ]);
    expect(desired.skipped).toEqual([]);
    expect(desired.resources.map(({ address }) => address)).toEqual(onlyOrders);
  });

  test.each(faulty)('R066 and $name is skipped with its reason where the config says so', (row) => {
    const desired = desireOf(`on_invalid_table: skip\n${row.text}`, catalogOf(row.name));
    expect(desired.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(desired.undecided).toEqual([]);
    expect(desired.skipped).toHaveLength(1);
    const [skip] = desired.skipped;
    const line = `${at(skip?.place)} error ${String(skip?.code)}: ${String(skip?.reason)}`;
    expect(line).toContain(row.problem.replace('dpo.yaml:4:', 'dpo.yaml:5:'));
    expect(skip?.address).toBe('monitor:prod.ml.gone');
    expect(desired.resources.map(({ address }) => address)).toEqual(onlyOrders);
  });

  test('on_invalid_table: error is what an unset one is', () => {
    const text = tables({ 'prod.ml.gone': '' });
    const [explicit, unset] = [desireOf(`on_invalid_table: error\n${text}`, []), desireOf(text, [])];
    expect(explicit.problems.map(({ code }) => code)).toEqual(unset.problems.map(({ code }) => code));
    expect(explicit.undecided).toHaveLength(1);
  });

  test('a skipped table keeps its warnings', () => {
    const text = `on_invalid_table: skip\n${tables({ [churn]: ', slicing_exprs: [nope], baseline_table_name: prod.ml.base' })}`;
    const desired = desireOf(text);
    expect(desired.skipped.map(({ code }) => code)).toEqual(['CATALOG.TABLE_NOT_FOUND']);
    expect(desired.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning CATALOG.COLUMN_NOT_FOUND',
    ]);
  });

  test('the hint for an absent table says what may be wrong and how to leave it out', () => {
    expect(desireOf(tables({ [churn]: '' }), []).problems[0]?.hint).toBe(
      'check the name, or grant BROWSE or SELECT on it; enabled: false takes it out of the plan',
    );
  });
});

describe('W002 what cannot be read', () => {
  const problem: Problem = { code: 'API.FORBIDDEN', severity: 'error', message: 'no SELECT', hint: 'grant it' };
  const finding = { status: 'unreadable', problem } as const;

  test.each(['error', 'skip'])('a table is undecided with the reason, also with on_invalid_table: %s', (rule) => {
    const text = `on_invalid_table: ${rule}\n${tables({ [churn]: '', 'prod.ml.orders': '' })}`;
    const desired = desireOf(text, [orders, { name: churn, finding }]);
    expect(desired.undecided).toEqual([{ address: `monitor:${churn}`, problem }]);
    expect([desired.skipped, desired.problems]).toEqual([[], []]);
    expect(desired.resources.map(({ address }) => address)).toEqual([
      'monitor:prod.ml.orders',
      'schema:prod.monitoring_results',
    ]);
  });

  test('a baseline that this identity cannot read is not taken for absent', () => {
    const text = tables({ [churn]: ', baseline_table_name: prod.ml.base' });
    const desired = desireOf(text, [tableOf(), { name: 'prod.ml.base', finding }]);
    expect(desired.problems.map(({ severity, code }) => [severity, code])).toEqual([
      ['warning', 'CATALOG.BASELINE_UNKNOWN'],
    ]);
    expect(monitorIn(desired).spec['baseline_table_name']).toBe('prod.ml.base');
  });
});
