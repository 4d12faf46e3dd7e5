/** A table as DuckDB knows it: [database,] schema and name. */
export type DuckDBName = readonly string[];
