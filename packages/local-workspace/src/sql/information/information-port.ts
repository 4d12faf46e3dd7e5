import type { Caller } from '../../principals/caller.ts';
import type { DuckDBName } from '../duckdb-name.ts';

/** The `information_schema` as DuckDB tables, for each caller those rows that he may see. */
export interface InformationTables {
  /** DuckDB name of a view: `__information."1 prod.information_schema".tables`. */
  nameOf(caller: Caller, catalog: string, view: string): DuckDBName;
  /** Makes the given views show the committed objects. */
  refresh(caller: Caller, views: readonly InformationName[]): Promise<void>;
}

/** A view of the catalog, or of all for the catalog `system`. */
export interface InformationName {
  readonly catalog: string;
  readonly view: string;
}
