import { qualifiedName, quoteIdentifier, quoteLiteral } from './quote.ts';

export interface ViewStatement {
  /** `catalog.schema.view`. */
  readonly name: string;
  readonly query: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-syntax-ddl-create-view */
export function createView({ name, query, properties }: ViewStatement): string {
  return `CREATE VIEW ${qualifiedName(...name.split('.'))}\nTBLPROPERTIES (${pairs(properties)})\nAS ${query}`;
}

/** Keeps the grants on the view and its id, which CREATE OR REPLACE would not (T33). */
export function alterView({ name, query }: Omit<ViewStatement, 'properties'>): string {
  return `ALTER VIEW ${qualifiedName(...name.split('.'))} AS ${query}`;
}

export function setViewProperties({ name, properties }: Omit<ViewStatement, 'query'>): string {
  return `ALTER VIEW ${qualifiedName(...name.split('.'))} SET TBLPROPERTIES (${pairs(properties)})`;
}

/** To a person, a group or a service principal; only its owner or who manages it may. */
export function handOverView({ name, owner }: { readonly name: string; readonly owner: string }): string {
  return `ALTER VIEW ${qualifiedName(...name.split('.'))} OWNER TO ${quoteIdentifier(owner)}`;
}

/** Keeps id, grants and properties. */
export function renameView(name: string, to: string): string {
  return `ALTER VIEW ${qualifiedName(...name.split('.'))} RENAME TO ${qualifiedName(...to.split('.'))}`;
}

export function dropView(name: string): string {
  return `DROP VIEW ${qualifiedName(...name.split('.'))}`;
}

function pairs(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${quoteLiteral(key)} = ${quoteLiteral(value)}`)
    .join(', ');
}
