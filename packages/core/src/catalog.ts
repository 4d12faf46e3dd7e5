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

/** A table that was searched for by tags and carries one of them with another value. */
export interface ContraryTable {
  /** As in `FoundTable`. */
  readonly name: string;
  readonly tag: string;
  readonly value: string;
}

/** A table as the list of its schema has it. */
export interface ScopeTable {
  /** Full name in lower case. */
  readonly name: string;
  readonly table: string;
  readonly tableId: string;
  readonly tableType: string;
  readonly owner?: string;
}

/** A schema that the filters let through, with all its tables. */
export interface ScopeSchema {
  readonly catalog: string;
  readonly schema: string;
  readonly read:
    | { readonly status: 'listed'; readonly tables: readonly ScopeTable[] }
    | { readonly status: 'unreadable'; readonly problem: Problem };
}

/** Of a catalog that was not read now but taken from a snapshot; as documents have it. */
export interface CatalogAge {
  /** ISO 8601, in UTC. */
  readonly read_at: string;
  readonly age_seconds: number;
}

/** What was read of the catalogs for one plan. */
export interface Catalog {
  /** Of every table that was asked for, and of every found one whose name has three parts. */
  readonly findings: CatalogFindings;
  /** By name; none where nothing was searched. */
  readonly found: readonly FoundTable[];
  /** By name; tables of searched schemas that are not found. */
  readonly contrary?: readonly ContraryTable[];
  /** The catalogs that were searched. */
  readonly catalogs: readonly string[];
}

export type MissingSchema =
  | { readonly status: 'present' | 'absent' }
  | { readonly status: 'unreadable'; readonly problem: Problem };

/** Schemas as a plan knows them where something is about whole schemas. Full names (`catalog.schema`) in lower case. */
export interface CatalogSchemas {
  /** Those that the lists of their catalogs name → their ids. */
  readonly listed: ReadonlyMap<string, string>;
  /** Managed ones that no list names: what asking for each of them said. */
  readonly missing: ReadonlyMap<string, MissingSchema>;
  /** Names of the tables (without catalog and schema) of those that were looked into, or why they could not be. */
  readonly tables: ReadonlyMap<string, readonly string[] | Problem>;
}

/** Who can be told, as the workspace knows them: ids by e-mail address and by the name of a destination. */
export interface KnownRecipients {
  readonly users: ReadonlyMap<string, readonly string[]>;
  /** Names are not unique. */
  readonly destinations: ReadonlyMap<string, readonly string[]>;
}
