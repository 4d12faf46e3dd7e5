/** An SQL name as DuckDB reads it: `"prod.ml"`. Any text is safe. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A DuckDB string literal. Any text is safe; DuckDB knows no backslash escapes in plain literals. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
