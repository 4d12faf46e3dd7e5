import { quoteIdentifier } from '../quote.ts';
import { duckdbSchema } from '../session.ts';
import type { ObjectName } from '../session.ts';

/** `"prod.ml"."churn"` */
export function quotedTable(name: ObjectName): string {
  return `${quoteIdentifier(duckdbSchema(name))}.${quoteIdentifier(name.name)}`;
}

/** The hidden DuckDB view that holds the query of a materialized view; no name of a statement can reach it. */
export function quotedSource(name: ObjectName): string {
  return quotedTable({ ...name, name: `__source ${name.name}` });
}
