import { qualifiedName, quoteIdentifier } from './quote.ts';

export interface GrantTarget {
  /** `catalog`, `schema`, `table`, `view`, `volume`. */
  readonly type: string;
  readonly name: string;
}

/** `GRANT USE SCHEMA ON SCHEMA prod.ml TO ann@example.com`, every name quoted. Privileges as the API spells them. */
export function grantStatement(privileges: readonly string[], { type, name }: GrantTarget, principal: string): string {
  const words = privileges.map((privilege) => privilege.replaceAll('_', ' ')).join(', ');
  return `GRANT ${words} ON ${placeOf({ type, name })} TO ${quoteIdentifier(principal)};`;
}

/** https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-syntax-ddl-alter-view: `[SET] OWNER TO principal` */
export function ownerStatement(target: GrantTarget, principal: string): string {
  return `ALTER ${placeOf(target)} OWNER TO ${quoteIdentifier(principal)};`;
}

function placeOf({ type, name }: GrantTarget): string {
  return `${type.toUpperCase()} ${qualifiedName(...name.split('.'))}`;
}
