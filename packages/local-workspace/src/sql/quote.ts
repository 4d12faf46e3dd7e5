/** An SQL name as DuckDB reads it: `"prod.ml"`. Any text is safe. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A DuckDB string literal. Any text is safe; DuckDB knows no backslash escapes in plain literals. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as Databricks SQL reads it. */
export function quoteSparkIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A string literal of Databricks SQL, where a backslash begins an escape. */
export function quoteSparkLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
