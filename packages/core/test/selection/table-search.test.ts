import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isSearchedCatalog,
  isSearchedSchema,
  matchesTablePattern,
  matchTable,
  type TableParts,
  type TableSearch,
} from '../../src/selection/table-search.ts';

const search: TableSearch = {
  catalogs: ['prod', 'eu_*'],
  excludeSchemas: ['tmp_*'],
  tags: { monitor_enabled: 'true' },
  inheritTags: false,
  patterns: ['prod.ml.*', '*.*.orders'],
};

function parts(name: string): TableParts {
  const [catalog = '', schema = '', table = ''] = name.split('.');
  return { catalog, schema, table };
}

describe('what a search is about', () => {
  test.each([
    ['prod', true],
    ['PROD', true],
    ['eu_1', true],
    ['eu', false],
    ['dev', false],
  ])('W001 catalog %s: %s', (name, expected) => {
    expect(isSearchedCatalog(search, name)).toBe(expected);
  });

  test.each<[string, Partial<TableSearch>, string, boolean]>([
    ['R024 a glob leaves out', {}, 'tmp_x', false],
    ['case does not count', { excludeSchemas: ['TMP_*'] }, 'Tmp_x', false],
    ['U018 only what is included', { includeSchemas: ['ml', 'sales_*'] }, 'sales_eu', true],
    ['U018 not what is not', { includeSchemas: ['ml'] }, 'other', false],
    ['U056 include first, then exclude', { includeSchemas: ['tmp_*'] }, 'tmp_x', false],
    ['an empty list includes nothing', { includeSchemas: [] }, 'ml', false],
    ['U019 information_schema is always left out', { excludeSchemas: [] }, 'Information_Schema', false],
    ['U019 also where it is included', { excludeSchemas: [], includeSchemas: ['*'] }, 'information_schema', false],
  ])('%s', (...[, more, schema, expected]) => {
    expect(isSearchedSchema({ ...search, ...more }, schema)).toBe(expected);
  });

  test.each([
    ['prod.ml.*', 'prod.ml.churn', true],
    ['prod.ml.*', 'PROD.ML.CHURN', true],
    ['prod.ml.*', 'prod.mlx.churn', false],
    ['prod.*.orders', 'prod.shop.orders', true],
    ['prod_*.ml.a?', 'prod_eu.ml.ab', true],
    ['prod.*', 'prod.ml.churn', false],
    ['*', 'prod.ml.churn', false],
  ])('C17 %s and %s: %s', (pattern, name, expected) => {
    expect(matchesTablePattern(pattern, parts(name))).toBe(expected);
  });

  test('C17 a star stays within its part, also where a part has a dot', () => {
    expect(matchesTablePattern('prod.*', { catalog: 'prod', schema: 'ml', table: 'a' })).toBe(false);
    expect(matchesTablePattern('prod.ml.*', { catalog: 'prod', schema: 'ml', table: 'a.b' })).toBe(true);
    expect(matchesTablePattern('prod.ml.*', { catalog: 'prod', schema: 'ml.x', table: 'b' })).toBe(false);
  });

  test.each<[string, Record<string, string>, ReturnType<typeof matchTable>]>([
    ['prod.shop.carts', { monitor_enabled: 'true' }, { byTags: true, patterns: [] }],
    ['prod.shop.carts', { monitor_enabled: 'True' }, undefined],
    ['prod.shop.carts', { Monitor_Enabled: 'true' }, undefined],
    ['prod.shop.carts', {}, undefined],
    ['prod.ml.orders', {}, { byTags: false, patterns: ['prod.ml.*', '*.*.orders'] }],
    ['prod.ml.orders', { monitor_enabled: 'true' }, { byTags: true, patterns: ['prod.ml.*', '*.*.orders'] }],
    ['prod.tmp_x.orders', { monitor_enabled: 'true' }, undefined],
    ['dev.ml.orders', { monitor_enabled: 'true' }, undefined],
  ])('U054 %s with %j', (name, tags, expected) => {
    expect(matchTable(search, parts(name), tags)).toEqual(expected);
  });

  test('U054 all tags must be there, whatever they are called', () => {
    const names = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'toString', 'Ä"\'`\n');
    const tags = fc
      .dictionary(names, fc.constantFrom('1', '2', ''))
      .map((one) => Object.fromEntries(Object.entries(one)));
    fc.assert(
      fc.property(tags, tags, (wanted, own) => {
        const found = matchTable({ ...search, patterns: [], tags: wanted }, parts('prod.ml.a'), own) !== undefined;
        expect(found).toBe(
          Object.entries(wanted).every(([tag, value]) => new Map(Object.entries(own)).get(tag) === value),
        );
      }),
    );
  });
});
