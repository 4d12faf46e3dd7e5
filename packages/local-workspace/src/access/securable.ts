/** Kinds of Unity Catalog objects that have an owner and grants. Views are tables. */
export const securableTypes = ['metastore', 'catalog', 'schema', 'table', 'volume', 'function'] as const;

export type SecurableType = (typeof securableTypes)[number];

export interface Securable {
  readonly type: SecurableType;
  /** Full name in lower case; the id for the metastore. */
  readonly name: string;
}

export function catalogSecurable(catalog: string): Securable {
  return { type: 'catalog', name: catalog.toLowerCase() };
}

export function schemaSecurable(schema: { readonly catalog: string; readonly name: string }): Securable {
  return { type: 'schema', name: `${schema.catalog}.${schema.name}`.toLowerCase() };
}

export function tableSecurable(table: {
  readonly catalog: string;
  readonly schema: string;
  readonly name: string;
}): Securable {
  return { type: 'table', name: `${table.catalog}.${table.schema}.${table.name}`.toLowerCase() };
}

/** Schema and catalog of an object, nearest first; grants on them are inherited. */
export function parentsOf({ type, name }: Securable): readonly Securable[] {
  const [catalog = '', schema = ''] = name.split('.');
  if (type === 'metastore' || type === 'catalog') return [];
  const inCatalog = catalogSecurable(catalog);
  return type === 'schema' ? [inCatalog] : [{ type: 'schema', name: `${catalog}.${schema}` }, inCatalog];
}

/** As messages of the service write it: `Table 'prod.ml.churn'`. */
export function securableText({ type, name }: Securable): string {
  return `${type.slice(0, 1).toUpperCase()}${type.slice(1)} '${name}'`;
}
