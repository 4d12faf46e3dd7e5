import type { Problem } from './problem.ts';
import type { TableMatch, TableParts } from './selection/table-search.ts';

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
  /** Tags set on the table itself, and those it inherits where that was asked for; a tag without a value is ''. */
  readonly tags: Readonly<Record<string, string>>;
  /** Of inherited tags: the full name of the schema or catalog that carries it. */
  readonly inherited?: Readonly<Record<string, string>>;
  /** Whether a Delta table keeps track of its changes; missing where nobody knows. */
  readonly changeDataFeed?: boolean;
  /** Missing where no statistics say it. */
  readonly sizeInBytes?: number;
}

/** What a read of one table found. A read that failed is never "absent". */
export type CatalogFinding =
  | { readonly status: 'present'; readonly table: CatalogTable }
  | { readonly status: 'absent' }
  | { readonly status: 'unreadable'; readonly problem: Problem };

/** By full name in lower case, one entry for every table that was asked for. */
export type CatalogFindings = ReadonlyMap<string, CatalogFinding>;

/** A table that a search found. A part with a dot makes a name that nothing can be asked by: it has no finding. */
export interface FoundTable extends TableParts {
  /** The parts in lower case, joined by dots. */
  readonly name: string;
  readonly match: TableMatch;
}

/** Full name of a table → column → the names of its tags; all but the tags in lower case. A tag whose value says no is left out. */
export type ColumnTags = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** About how many values columns have. Names in lower case. */
export interface ValueCounts {
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Full name of a table that was asked for and not counted → why. */
  readonly uncounted: ReadonlyMap<string, string>;
}

/** What was read of the catalogs for one plan. */
export interface Catalog {
  /** Of every table that was asked for, and of every found one whose name has three parts. */
  readonly findings: CatalogFindings;
  /** By name; none where nothing was searched. */
  readonly found: readonly FoundTable[];
  /** The catalogs that were searched. */
  readonly catalogs: readonly string[];
}
