import {
  addressOf,
  isSearchedCatalog,
  isSearchedSchema,
  type Address,
  type Catalog,
  type CatalogFinding,
  type Problem,
  type TableSearch,
} from '@dpo/core';
import { partsOf } from './table-source.ts';

export interface ShrunkenRequest {
  readonly search: TableSearch;
  readonly catalog: Catalog;
  /** Full names of managed tables that are neither listed nor found, in lower case. */
  readonly missing: readonly string[];
  /** The user said that deletes are meant. */
  readonly allowed: boolean;
}

export interface Shrunken {
  readonly undecided: readonly { readonly address: Address; readonly problem: Problem }[];
  readonly problems: readonly Problem[];
}

/**
 * Managed tables that a search does not find any more although nobody can tell that this is meant (W020): their tags are
 * gone all at once, their catalog has left the list, or they cannot be read. A table that still shows another tag, one that
 * is gone, and one that the config looks for no more are decided as usual.
 */
export function shrunken({ search, catalog, missing, allowed }: ShrunkenRequest): Shrunken {
  const undecided = missing.flatMap((name) => {
    const problem = doubtAbout(name, { search, catalog, finding: catalog.findings.get(name), allowed });
    return problem === undefined ? [] : [{ address: addressOf('monitor', name), problem }];
  });
  const suspected = undecided.filter(({ problem }) => problem.code === 'CATALOG.SHRUNKEN');
  return { undecided, problems: suspected.length === 0 ? [] : [warning(suspected.map(({ address }) => address))] };
}

interface Doubt {
  readonly search: TableSearch;
  readonly catalog: Catalog;
  readonly finding: CatalogFinding | undefined;
  readonly allowed: boolean;
}

function doubtAbout(name: string, { search, catalog, finding, allowed }: Doubt): Problem | undefined {
  const parts = partsOf(name);
  if (finding === undefined || finding.status === 'absent') return undefined;
  if (finding.status === 'unreadable') return finding.problem;
  if (allowed || !isSearchedCatalog(search, parts.catalog) || !isSearchedSchema(search, parts.schema)) return undefined;
  const because = reasonFor(parts.catalog, { search, catalog, tags: finding.table.tags });
  if (because === undefined) return undefined;
  return { code: 'CATALOG.SHRUNKEN', severity: 'warning', message: because };
}

function reasonFor(
  name: string,
  { search, catalog, tags }: Pick<Doubt, 'search' | 'catalog'> & { readonly tags: Readonly<Record<string, string>> },
): string | undefined {
  if (search.tags !== undefined && Object.keys(tags).length === 0) {
    return 'it exists and shows no tag at all: its tags were removed, or a grant was lost';
  }
  if (!catalog.catalogs.includes(name) && search.tags !== undefined) {
    return `catalog ${name} is not listed any more, and the table exists`;
  }
  return undefined;
}

function warning(addresses: readonly Address[]): Problem {
  const count = addresses.length;
  return {
    code: 'CATALOG.SHRUNKEN',
    severity: 'warning',
    message:
      count === 1
        ? '1 managed table is not found any more without a sign that this is meant; nothing is deleted'
        : `${String(count)} managed tables are not found any more without a sign that this is meant; nothing is deleted`,
    hint: `check the grants of this identity; if it is meant: --allow-deletes ${String(count)}, or enabled: false for the tables`,
  };
}
