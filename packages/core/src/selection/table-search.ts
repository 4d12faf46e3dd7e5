import { matchesGlob } from './glob.ts';

/** A table by the parts of its name, as the catalog spells them; a part may hold anything, a dot too. */
export interface TableParts {
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
}

/** Which tables are found beside those that are listed. Globs know `*` and `?`; case does not count in any of them. */
export interface TableSearch {
  /** Names or globs: the only catalogs that are looked at. */
  readonly catalogs: readonly string[];
  /** Names or globs of the only schemas; all unless given. */
  readonly includeSchemas?: readonly string[];
  /** Applied after the former. `information_schema` is always left out. */
  readonly excludeSchemas: readonly string[];
  /** Tags that a table carries, all of them, with exactly these values (U054). Missing: nothing is found by its tags. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Tags of the schema and the catalog count as the table's own (C09). */
  readonly inheritTags: boolean;
  /** Globs of three parts; a star stays within its part. */
  readonly patterns: readonly string[];
}

/** Include first, then exclude (U056). */
export function isSearchedSchema(
  search: Pick<TableSearch, 'includeSchemas' | 'excludeSchemas'>,
  schema: string,
): boolean {
  const matches = (glob: string): boolean => matchesGlob(glob, schema);
  if (schema.toLowerCase() === 'information_schema') return false;
  if (search.includeSchemas !== undefined && !search.includeSchemas.some(matches)) return false;
  return !search.excludeSchemas.some(matches);
}

export function isSearchedCatalog(search: Pick<TableSearch, 'catalogs'>, catalog: string): boolean {
  return search.catalogs.some((glob) => matchesGlob(glob, catalog));
}

export function hasTags(tags: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([tag, value]) => Object.hasOwn(tags, tag) && tags[tag] === value);
}

/** `prod.ml.*` has three parts as a name has; a part of the pattern stands for one part of the name. */
export function matchesTablePattern(pattern: string, { catalog, schema, table }: TableParts): boolean {
  const globs = pattern.split('.');
  const parts = [catalog, schema, table];
  return globs.length === parts.length && globs.every((glob, index) => matchesGlob(glob, parts[index] ?? ''));
}

/** What selects a table: its tags, and patterns in the order of the search. Nothing: it is not found. */
export interface TableMatch {
  readonly byTags: boolean;
  readonly patterns: readonly string[];
}

export function matchTable(
  search: TableSearch,
  table: TableParts,
  tags: Readonly<Record<string, string>>,
): TableMatch | undefined {
  if (!isSearchedCatalog(search, table.catalog) || !isSearchedSchema(search, table.schema)) return undefined;
  const byTags = search.tags !== undefined && hasTags(tags, search.tags);
  const patterns = search.patterns.filter((pattern) => matchesTablePattern(pattern, table));
  return byTags || patterns.length > 0 ? { byTags, patterns } : undefined;
}
