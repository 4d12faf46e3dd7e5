/**
 * The only place where names and values become SQL. Databricks SQL: identifiers in back-ticks, doubled inside;
 * literals in single quotes with backslash escapes (the default of a warehouse).
 */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** `prod.ml.churn` from its parts, each quoted. */
export function qualifiedName(...parts: readonly string[]): string {
  return parts.map(quoteIdentifier).join('.');
}

export function quoteLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A line that means nothing. The words after it end it: one that ended in a backslash would go on in the next line. */
export function quoteComment(text: string): string {
  return `-- ${text.replaceAll(/[\s\u0085]+/gu, ' ').replace(/\\+$/u, '')}`;
}
