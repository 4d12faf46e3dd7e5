import type { Access } from '../access/access.ts';
import { schemaSecurable } from '../access/securable.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { Caller } from '../principals/caller.ts';
import type { Storage } from '../storage/storage.ts';
import type { SchemaObject, TableObject } from '../unity/objects.ts';
import type { Ids } from '../unity/ids.ts';
import type { Unity } from '../unity/unity.ts';
import type { InformationTables } from './information/information-port.ts';
import type { BoundParameter } from './parameters.ts';
import { catalogNotFound, parseError, schemaNotFound, tableNotFound } from './sql-errors.ts';
import type { QueryTranslator } from './translate-query.ts';

/** What a statement needs besides its text. */
export interface Session {
  readonly storage: Storage;
  readonly unity: Unity;
  readonly translator: QueryTranslator;
  /** Defaults for names of one and two parts. */
  readonly catalog: string;
  readonly schema: string;
  readonly caller: Caller;
  readonly access: Access;
  readonly behaviour: Behaviour;
  readonly ids: Pick<Ids, 'uuid'>;
  readonly information: InformationTables;
  /** Full name of the table that the statement changes: for that it needs MODIFY and no SELECT. */
  readonly modified?: string;
  /** Epoch milliseconds of the workspace clock when the statement began. */
  readonly now: number;
  readonly parameters: ReadonlyMap<string, BoundParameter>;
}

export interface ObjectName {
  readonly catalog: string;
  readonly schema: string;
  readonly name: string;
}

export const informationSchema = 'information_schema';

/** Holds the views of every catalog; it is no object of Unity Catalog here. */
export const systemCatalog = 'system';

export function partsOf({ catalog, schema, name }: ObjectName): readonly string[] {
  return [catalog, schema, name];
}

export function fullNameOf(name: ObjectName): string {
  return partsOf(name).join('.');
}

/** The DuckDB schema of a Unity Catalog schema, unquoted. */
export function duckdbSchema({ catalog, schema }: Pick<ObjectName, 'catalog' | 'schema'>): string {
  return `${catalog}.${schema}`;
}

/** A table name of one to three parts, completed with the defaults and in lower case; nothing is looked up. */
export function resolveTableName(session: Session, parts: readonly string[]): ObjectName {
  const [name, schema, catalog] = parts.map((part) => part.toLowerCase()).toReversed();
  if (name === undefined || parts.length > 3) throw parseError(`invalid table name '${parts.join('.')}'`);
  return { catalog: catalog ?? session.catalog, schema: schema ?? session.schema, name };
}

/** A schema name of one or two parts, completed with the default catalog and in lower case. */
export function resolveSchemaName(session: Session, parts: readonly string[]): Omit<ObjectName, 'name'> {
  const [schema, catalog] = parts.map((part) => part.toLowerCase()).toReversed();
  if (schema === undefined || parts.length > 2) throw parseError(`invalid schema name '${parts.join('.')}'`);
  return { catalog: catalog ?? session.catalog, schema };
}

export function findTable(session: Session, name: ObjectName): TableObject | undefined {
  return session.unity.table(fullNameOf(name));
}

export function requireTable(session: Session, name: ObjectName): TableObject {
  const table = findTable(session, name);
  if (table !== undefined) return table;
  const { access, caller, unity } = session;
  if (unity.catalog(name.catalog) === undefined) throw catalogNotFound(name.catalog);
  // Who may not use the schema does not learn what is in it.
  if (findSchema(session, name) !== undefined)
    access.require(caller, 'USE_SCHEMA', schemaSecurable({ catalog: name.catalog, name: name.schema }));
  throw tableNotFound(partsOf(name));
}

export function findSchema(session: Session, name: Pick<ObjectName, 'catalog' | 'schema'>): SchemaObject | undefined {
  return session.unity.schema(duckdbSchema(name));
}

export function requireSchema(session: Session, name: Pick<ObjectName, 'catalog' | 'schema'>): SchemaObject {
  const schema = findSchema(session, name);
  if (schema !== undefined) return schema;
  if (session.unity.catalog(name.catalog) === undefined) throw catalogNotFound(name.catalog);
  throw schemaNotFound([name.catalog, name.schema]);
}
