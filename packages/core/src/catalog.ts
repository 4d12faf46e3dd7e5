import type { Problem } from './problem.ts';

/** What a plan knows of a table of Unity Catalog before it decides anything. Names as the catalog spells them. */
export interface CatalogColumn {
  readonly name: string;
  /** Spark DDL text in lower case: `bigint`, `struct<…>`. */
  readonly type: string;
}

export interface CatalogTable {
  readonly fullName: string;
  /** Survives a replaced table's content, not DROP and CREATE. */
  readonly tableId: string;
  /** `MANAGED`, `EXTERNAL`, `VIEW`, …; values the service may add later pass through. */
  readonly tableType: string;
  readonly columns: readonly CatalogColumn[];
  /** Tags set on the table itself; a tag without a value is ''. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What a read of one table found. A read that failed is never "absent". */
export type CatalogFinding =
  | { readonly status: 'present'; readonly table: CatalogTable }
  | { readonly status: 'absent' }
  | { readonly status: 'unreadable'; readonly problem: Problem };

/** By full name in lower case, one entry for every table that was asked for. */
export type CatalogFindings = ReadonlyMap<string, CatalogFinding>;
