import { describe, expect, test } from '@jest/globals';
import { decodeSnapshot, encodeSnapshot, snapshotScope, type CatalogSnapshot, type TableSearch } from '../src/index.ts';

const table = {
  fullName: 'prod.ml.A',
  tableId: 'id-1',
  tableType: 'MANAGED',
  columns: [{ name: 'x "y"', type: 'struct<a:int>' }],
  tags: { __proto__x: '1', on: 'true\n' },
  inherited: { on: 'prod' },
  changeDataFeed: true,
  sizeInBytes: 5,
};
const snapshot: CatalogSnapshot = {
  readAt: 1_800_000_000_000,
  identity: { host: 'h', workspace_id: '1', metastore_id: 'm', user: 'ana' },
  scope: snapshotScope(undefined),
  catalog: {
    catalogs: ['prod'],
    found: [
      { catalog: 'prod', schema: 'ml', table: 'A', name: 'prod.ml.a', match: { byTags: true, patterns: ['p.*.*'] } },
    ],
    contrary: [{ name: 'prod.ml.b', tag: 'on', value: '' }],
    findings: new Map([['prod.ml.a', { status: 'present', table }]]),
  },
};
const text = encodeSnapshot(snapshot);
const statusOf = (document: string): string => decodeSnapshot(document).status;

describe('W021 a catalog snapshot', () => {
  test('is read as it was written', () => {
    expect(decodeSnapshot(text)).toEqual({ status: 'snapshot', snapshot });
  });

  test('holds nothing of what was absent or unreadable', () => {
    const problem = { code: 'API.FORBIDDEN', severity: 'error', message: 'm' } as const;
    const findings = new Map([
      ['prod.ml.a', { status: 'absent' }],
      ['prod.ml.b', { status: 'unreadable', problem }],
    ] as const);
    const decoded = decodeSnapshot(encodeSnapshot({ ...snapshot, catalog: { ...snapshot.catalog, findings } }));
    expect(decoded).toMatchObject({ status: 'snapshot', snapshot: { catalog: { findings: new Map() } } });
  });

  test.each([
    ['cut short', text.slice(0, -20), 'damaged'],
    ['with another value', text.replace('id-1', 'id-2'), 'damaged'],
    ['without its digest', text.replace(/,"digest":"\w+"/u, ''), 'damaged'],
    ['of a later dpo', text.replace('snapshot/1', 'snapshot/2'), 'newer'],
    ['empty', '', 'other'],
    ['a config', 'catalog_name: prod\n', 'other'],
    ['a plan', '{"format":"dpo.plan/1"}', 'other'],
    ['a list', '[]', 'other'],
    ['null', 'null', 'other'],
  ])('a file that is %s', (_name, document, status) => {
    expect(statusOf(document)).toBe(status);
  });

  test('no cut of it passes for whole', () => {
    const cuts = Array.from({ length: text.length - 1 }, (_, index) => text.slice(0, index));
    expect(new Set(cuts.map(statusOf))).toEqual(new Set(['other', 'damaged']));
  });

  test('another search is another scope', () => {
    const search: TableSearch = {
      catalogs: ['p'],
      excludeSchemas: [],
      tags: { a: 'b' },
      inheritTags: false,
      patterns: [],
    };
    const others: readonly (TableSearch | undefined)[] = [
      undefined,
      search,
      { ...search, catalogs: ['q'] },
      { ...search, tags: { a: 'c' } },
      { ...search, inheritTags: true },
      { ...search, includeSchemas: ['x'] },
      { ...search, patterns: ['p.x.*'] },
    ];
    expect(new Set(others.map(snapshotScope)).size).toBe(others.length);
  });
});
