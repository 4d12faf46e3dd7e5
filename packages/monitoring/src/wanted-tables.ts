import type { Catalog, CatalogFinding } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { foundTables } from './found-tables.ts';
import { declared, listedKeys, listedSource, patternKeys, type TableSource } from './table-source.ts';

/** A table to be monitored: its key or name, and what is said about it. */
export interface Wanted {
  readonly key: string;
  readonly source: TableSource;
}

/** Tables that the file names and does not disable. */
export function listedTables(loaded: LoadedConfig): readonly Wanted[] {
  const patterns = patternKeys(loaded);
  return listedKeys(loaded)
    .map((key) => ({ key, source: listedSource(loaded, key, patterns) }))
    .filter(({ source }) => declared(loaded, source, 'enabled')?.value !== false);
}

/** Listed tables in the order of the file, then found ones by priority; a found one may have no finding. */
export function wantedTables(
  loaded: LoadedConfig,
  catalog: Pick<Catalog, 'found' | 'findings'>,
): readonly (Wanted & { readonly finding: CatalogFinding | undefined })[] {
  const { findings } = catalog;
  const listed = listedTables(loaded).map(({ key, source }) => {
    const finding = findings.get(key.toLowerCase());
    if (finding === undefined) throw new TypeError(`no finding of ${key}`);
    return { key, source, finding };
  });
  const found = foundTables(loaded, catalog).map(({ name, source }) => ({
    key: name,
    source,
    finding: findings.get(name),
  }));
  return [...listed, ...found];
}
