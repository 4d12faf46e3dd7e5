import { compareText, type Catalog, type CatalogTable, type FoundTable, type Place } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { ownOutputs } from './own-outputs.ts';
import { priorityOf, tagPlace } from './table-context.ts';
import { searchOf } from './table-search.ts';
import { declared, listedKeys, patternKeys, type TableSource } from './table-source.ts';

/** A table that was found and is not listed, with what is said about it. */
export interface FoundSource {
  readonly name: string;
  readonly source: TableSource;
}

/**
 * The found tables that are to be monitored, lowest priority number first, then by name (U053). A listed table is no found
 * one (R027), dpo's own outputs are none, and what an entry disables is left out.
 */
export function foundTables(
  loaded: LoadedConfig,
  catalog: Pick<Catalog, 'found' | 'findings'>,
): readonly FoundSource[] {
  const listed = new Set(listedKeys(loaded).map((key) => key.toLowerCase()));
  const others = catalog.found.filter(({ name }) => !listed.has(name));
  const tableOf = (name: string): CatalogTable | undefined => {
    const finding = catalog.findings.get(name);
    return finding?.status === 'present' ? finding.table : undefined;
  };
  const isOwn = ownOutputs(
    loaded,
    others.flatMap(({ name }) => tableOf(name) ?? []),
  );
  const order = patternKeys(loaded);
  const tags = Object.keys(searchOf(loaded)?.tags ?? {});
  return others
    .filter((found) => !isOwn(found))
    .map((found) => {
      const keys = order.filter((key) => found.match.patterns.includes(key));
      const table = tableOf(found.name);
      const source: TableSource = { how: 'found', keys, place: placeOf({ loaded, found, keys, table, tags }) };
      const priority = priorityOf({ loaded, source, table: table ?? unread });
      return { name: found.name, source, priority };
    })
    .filter(({ source }) => declared(loaded, source, 'enabled')?.value !== false)
    .toSorted((a, b) => a.priority - b.priority || compareText(a.name, b.name))
    .map(({ name, source }) => ({ name, source }));
}

const unread: CatalogTable = { fullName: '', tableId: '', tableType: '', columns: [], tags: {} };

interface PlaceRequest {
  readonly loaded: LoadedConfig;
  readonly found: FoundTable;
  readonly keys: readonly string[];
  readonly table: CatalogTable | undefined;
  readonly tags: readonly string[];
}

/** The pattern that says most about it, else the first of the tags that it was asked for. */
function placeOf({ loaded, found, keys, table, tags }: PlaceRequest): Place {
  const [pattern] = keys;
  if (pattern !== undefined) return loaded.keyPlaceOf(['monitored_tables', pattern]);
  return tagPlace(table ?? { fullName: found.name }, tags[0] ?? '');
}
