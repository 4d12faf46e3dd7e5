import { matchesGlob, matchesTablePattern } from '@dpo/core';
import type { Finding, Path } from '../finding.ts';
import { entriesAt, textAt, valueAt, type Entry, type Located } from '../located.ts';
import { isTablePattern, literalCount, tableNameFault } from '../table-name.ts';
import { describeValue, listWords, shorten } from '../words.ts';
import { whereAt, type Sources } from '../source.ts';

/** Tables times patterns, beyond which only the plan tells what a table lacks: reading a file takes time in line with its size. */
const mostComparisons = 200_000;

/** The rules about the tables of a target that no schema can say. */
export function checkTables(sources: Sources, root: Located): readonly Finding[] {
  const tables = [...entriesAt(root, 'monitored_tables')];
  const catalog = textAt(root, 'catalog_name');
  const catalogs = catalogsIn(root, catalog);
  const patterns = tables.map(([name]) => name).filter((name) => isTablePattern(name));
  const canCompare = patterns.length * tables.length <= mostComparisons;
  return [
    ...sameTables(sources, tables),
    ...tables.flatMap(([name, entry]) => {
      const at = { name, entry, path: ['monitored_tables', name] };
      // The schema has already found the fault.
      if (tableNameFault(name, catalog) !== undefined) return [];
      if (isTablePattern(name)) return wrongCatalog(at, catalogs);
      return [...wrongCatalog(at, catalogs), ...(canCompare ? incomplete(root, at, patterns) : [])];
    }),
  ];
}

interface Table {
  readonly name: string;
  readonly entry: Entry;
  readonly path: Path;
}

/** Names and globs; none without catalog_name, whose lack is told already. */
function catalogsIn(root: Located, catalog: string | undefined): readonly string[] {
  if (catalog === undefined) return [];
  const more = valueAt(root, 'catalogs');
  return [catalog, ...(Array.isArray(more) ? more.filter((name) => typeof name === 'string') : [])];
}

/** A glob in the config or in a pattern may stand for what only the workspace knows. */
function wrongCatalog({ name, entry, path }: Table, catalogs: readonly string[]): readonly Finding[] {
  const [own = ''] = name.split('.');
  const canBe = (catalog: string): boolean =>
    isTablePattern(own) ? isTablePattern(catalog) || matchesGlob(own, catalog) : matchesGlob(catalog, own);
  if (catalogs.length === 0 || catalogs.some(canBe)) return [];
  const what = isTablePattern(name) ? 'table pattern' : 'table';
  const known = listWords(
    catalogs.map((catalog) => `'${shorten(catalog)}'`),
    'or',
  );
  const message = `${what} '${shorten(name)}' is in catalog '${shorten(own)}', not in ${known}`;
  const hint = `add '${shorten(own)}' to 'catalogs', or use one config for each catalog`;
  return [{ code: 'CONFIG.WRONG_CATALOG', severity: 'error', message, hint, range: entry.key, path }];
}

/** Unity Catalog does not tell capitals apart. */
function sameTables(sources: Sources, tables: readonly (readonly [string, Entry])[]): readonly Finding[] {
  const met = new Map<string, readonly [string, Entry]>();
  return tables.flatMap(([name, entry]) => {
    const first = met.get(name.toLowerCase());
    met.set(name.toLowerCase(), first ?? [name, entry]);
    if (first === undefined) return [];
    const where = whereAt(sources, first[1].key[0], entry.key[0]);
    const message = `'${shorten(name)}' is the same table as '${shorten(first[0])}' at ${where}`;
    const path = ['monitored_tables', name];
    return [
      { code: 'CONFIG.DUPLICATE_KEY', severity: 'error', message, hint: 'keep one of the two', range: entry.key, path },
    ];
  });
}

function incomplete(root: Located, { name, entry, path }: Table, patterns: readonly string[]): readonly Finding[] {
  const [catalog = '', schema = '', leaf = ''] = name.split('.');
  const matching = patterns
    .filter((pattern) => matchesTablePattern(pattern, { catalog, schema, table: leaf }))
    .toSorted((a, b) => literalCount(b) - literalCount(a));
  const layers = [path, ...matching.map((pattern) => ['monitored_tables', pattern])];
  const setting = (key: string): unknown =>
    [...layers, ['profile_defaults']].map((layer) => valueAt(root, ...layer, key)).find((value) => value !== undefined);
  if (layers.map((layer) => valueAt(root, ...layer, 'enabled')).find((value) => value !== undefined) === false)
    return [];
  const has = (key: string): boolean => setting(key) !== undefined;
  const profile = setting('profile_type') ?? 'INFERENCE';
  const at = { code: 'CONFIG.INCOMPLETE', range: entry.key, path } as const;
  const table = describeValue(name);
  if (profile === 'TIMESERIES' && !has('timeseries_timestamp_column') && !has('timestamp_column')) {
    const message = `${table} is profiled as TIMESERIES and has no 'timeseries_timestamp_column'`;
    return [{ ...at, severity: 'error', message, hint: 'name the column of time here or in profile_defaults' }];
  }
  const missing = profile === 'INFERENCE' ? missingForInference(has) : [];
  if (missing.length === 0) return [];
  const message = `${table} is profiled as INFERENCE and has no ${listWords(missing, 'or')}`;
  return [{ ...at, severity: 'warning', message, hint: inferenceHint(missing) }];
}

/** Without `problem_type` the plan looks at the values of the label column. */
function missingForInference(has: (key: string) => boolean): readonly string[] {
  return [
    ...['prediction_column', 'timestamp_column', 'model_id_column'].filter((key) => !has(key)),
    ...(has('problem_type') || has('label_column') ? [] : ['problem_type']),
  ].map((key) => `'${key}'`);
}

function inferenceHint(missing: readonly string[]): string {
  const modelId = "set 'model_id_column', or profile a view with a literal 'model_id'";
  if (!missing.includes("'model_id_column'")) return 'set it here or in profile_defaults, unless a tag gives it';
  if (missing.length === 1) return `${modelId}, unless a tag gives it`;
  return `${modelId}; the others here or in profile_defaults, unless a tag gives them`;
}
