import type { Finding, Path } from '../finding.ts';
import { entriesAt, textAt, valueAt, type Entry, type Located } from '../located.ts';
import { isTablePattern, tableNameFault } from '../table-name.ts';
import { describeValue, listWords, shorten } from '../words.ts';
import { whereAt, type Sources } from '../source.ts';

/** The rules about the tables of a target that no schema can say. */
export function checkTables(sources: Sources, root: Located): readonly Finding[] {
  const tables = [...entriesAt(root, 'monitored_tables')];
  const catalog = textAt(root, 'catalog_name');
  return [
    ...sameTables(sources, tables),
    ...tables.flatMap(([name, entry]) => {
      const at = { name, entry, path: ['monitored_tables', name] };
      if (isTablePattern(name)) return [pattern(at)];
      // The schema has already found the fault.
      if (tableNameFault(name, catalog) !== undefined) return [];
      return [...wrongCatalog(at, catalog), ...incomplete(root, at)];
    }),
  ];
}

interface Table {
  readonly name: string;
  readonly entry: Entry;
  readonly path: Path;
}

function pattern({ name, entry, path }: Table): Finding {
  const message = `the table pattern '${shorten(name)}' is not acted on by this version of dpo`;
  const hint = 'list the tables by their names';
  return { code: 'CONFIG.NOT_YET', severity: 'error', message, hint, range: entry.key, path };
}

function wrongCatalog({ name, entry, path }: Table, catalog: string | undefined): readonly Finding[] {
  if (catalog === undefined) return [];
  const [own = ''] = name.split('.');
  if (own.toLowerCase() === catalog.toLowerCase()) return [];
  const message = `table '${shorten(name)}' is in catalog '${shorten(own)}', not in '${shorten(catalog)}'`;
  const hint = "list tables of 'catalog_name' only, and use one config for each catalog";
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

function incomplete(root: Located, { name, entry, path }: Table): readonly Finding[] {
  if (valueAt(root, ...path, 'enabled') === false) return [];
  const has = (key: string): boolean => setting(root, path, key) !== undefined;
  const profile = setting(root, path, 'profile_type') ?? 'INFERENCE';
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

function setting(root: Located, table: Path, key: string): unknown {
  return valueAt(root, ...table, key) ?? valueAt(root, 'profile_defaults', key);
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
