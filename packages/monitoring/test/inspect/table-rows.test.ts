import { describe, expect, test } from '@jest/globals';
import {
  matchTable,
  nothingRecorded,
  type Address,
  type CatalogFinding,
  type FoundTable,
  type RecordedResource,
} from '@dpo/core';
import { desire, groupRows, searchOf, tableRows, tablesToRead, type ReadWorld } from '../../src/index.ts';
import { columnsOf, load, tableOf } from '../support.ts';

const entry: RecordedResource = { version: 1, id: 'x', status: 'ok', applied: {}, out: {}, needs: [] };
const tagged = { monitor_enabled: 'true' };
const columns = columnsOf('id bigint');

/** The tables of a catalog by their last names, with tags; `unreadable` and `absent` ones have a finding only. */
function worldOf(
  text: string,
  tables: Readonly<Record<string, Record<string, string> | 'unreadable'>>,
  managed: readonly string[] = [],
): ReadWorld {
  const loaded = load(text);
  const search = searchOf(loaded);
  const findings = new Map<string, CatalogFinding>();
  const found: FoundTable[] = [];
  for (const [leaf, tags] of Object.entries(tables)) {
    const name = `prod.ml.${leaf}`;
    const parts = { catalog: 'prod', schema: 'ml', table: leaf };
    const problem = { code: 'API.FORBIDDEN', severity: 'error' as const, message: 'no SELECT' };
    findings.set(
      name,
      tags === 'unreadable'
        ? { status: 'unreadable', problem }
        : { status: 'present', table: tableOf({ fullName: name, tags, columns }) },
    );
    const match = search === undefined ? undefined : matchTable(search, parts, tags === 'unreadable' ? tagged : tags);
    if (match !== undefined) found.push({ ...parts, name, match });
  }
  for (const name of tablesToRead(loaded)) if (!findings.has(name)) findings.set(name, { status: 'absent' });
  const monitors = managed.map((leaf): [Address, RecordedResource] => [`monitor:prod.ml.${leaf}`, entry]);
  return {
    loaded,
    catalog: { findings, found },
    recorded: { ...nothingRecorded, lineage: 'L', resources: new Map(monitors) },
    desired: desire({
      loaded,
      findings,
      found,
      catalogs: ['prod'],
      owner: { project: 'dpo', target: 't' },
      target: { name: 't', host: 'local', workspaceId: '1', metastoreId: 'm' },
      warehouseId: 'w',
    }),
  };
}

const snapshot = 'profile_defaults: { profile_type: SNAPSHOT }\n';

describe('every table that the config speaks of, and what becomes of it', () => {
  test('listed, found by a pattern, found by a tag; monitored, planned, skipped, disabled, removed', () => {
    const text = `${snapshot}include_tagged_tables: true\ndiscovery: {}\nmonitored_tables:\n  prod.ml.listed: { monitor_group: a }\n  prod.ml.off: { enabled: false }\n  prod.ml.pat_*: { priority: 4 }\n  prod.ml.pat_off*: { enabled: false }\n`;
    const world = worldOf(
      text,
      {
        listed: {},
        off: {},
        pat_1: {},
        pat_off: {},
        tag_1: tagged,
        tag_bad: { ...tagged, monitor_profile_type: 'x' },
        shut: 'unreadable',
        stray: {},
      },
      ['listed', 'gone'],
    );
    const rows = tableRows(world).map(({ table, how = '-', status, group = '-', because }) =>
      [table.slice('prod.ml.'.length), how, status, group, because?.code ?? ''].join(' ').trim(),
    );
    expect(rows).toEqual([
      'gone - removed -',
      'listed listed monitored a',
      'off listed disabled default',
      'pat_1 pattern planned default',
      'pat_off pattern disabled default',
      'shut tag unreadable - API.FORBIDDEN',
      'tag_1 tag planned default',
      'tag_bad tag skipped default CATALOG.TAG_VALUE',
    ]);
    expect(tableRows(world).find(({ table }) => table.endsWith('pat_1'))).toMatchObject({
      priority: 4,
      profile_type: 'SNAPSHOT',
    });
  });

  test('C12 a listed table that is faulty is undecided, with the reason', () => {
    const world = worldOf(`${snapshot}monitored_tables: { prod.ml.nowhere: {} }\n`, {});
    expect(tableRows(world)).toMatchObject([
      { table: 'prod.ml.nowhere', status: 'undecided', because: { code: 'CATALOG.TABLE_NOT_FOUND' } },
    ]);
  });

  test('groups with the number of their tables and who owns most of them; what is left out is in none', () => {
    const text = `${snapshot}groups: { "ML Team": { description: models } }\nmonitored_tables:\n  prod.ml.a: { monitor_group: ML Team, owner: bob }\n  prod.ml.b: { monitor_group: ML Team, owner: ana }\n  prod.ml.c: { monitor_group: ML Team, owner: ana }\n  prod.ml.d: {}\n  prod.ml.e: { monitor_group: none, enabled: false }\n`;
    const world = worldOf(text, { a: {}, b: {}, c: {}, d: {}, e: {} });
    expect(groupRows(world.loaded, world.desired)).toEqual([
      { group: 'ML Team', slug: 'ml_team', tables: 3, owners: ['ana', 'bob'], description: 'models' },
      { group: 'default', slug: 'default', tables: 1, owners: [] },
    ]);
  });
});
