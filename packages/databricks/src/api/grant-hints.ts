import { grantStatement } from '@dpo/core';

/** What an identity lacks when a read is refused (W002); Unity Catalog asks for the chain above an object as well. */
export function tableGrantHint(table: string): string {
  return `grant SELECT on table ${table}, USE SCHEMA on ${parentOf(table)} and USE CATALOG on ${catalogOf(table)}`;
}

/** The same as a statement; nothing counts without USE on what is above. */
export function tableGrantStatement(table: string, principal: string | undefined): string {
  const statement = grantStatement(['SELECT'], { type: 'table', name: table }, principal ?? 'principal');
  return `${statement} with USE SCHEMA on ${parentOf(table)} and USE CATALOG on ${catalogOf(table)}`;
}

/** https://github.com/databricks/databricks-sdk-py, `DataQualityAPI.get_monitor`: SELECT, or MANAGE on a parent. */
export function monitorGrantHint(table: string): string {
  return `grant SELECT on table ${table} or MANAGE on it, USE SCHEMA on ${parentOf(table)} and USE CATALOG on ${catalogOf(table)}`;
}

export function functionGrantHint(name: string): string {
  return `grant EXECUTE on function ${name}, USE SCHEMA on ${parentOf(name)} and USE CATALOG on ${catalogOf(name)}`;
}

export function schemaGrantHint(schema: string): string {
  return `grant USE SCHEMA on schema ${schema} and USE CATALOG on ${catalogOf(schema)}`;
}

/** https://github.com/databricks/databricks-sdk-py, `DataQualityAPI.get_monitor`: a schema monitor needs no more to be read. */
export function anomalyGrantHint(schema: string): string {
  return schemaGrantHint(schema);
}

export function alertGrantHint(): string {
  return 'grant CAN READ on the alert, or on its folder';
}

export function dashboardGrantHint(): string {
  return 'grant CAN READ on the dashboard, or on its folder';
}

export function viewGrantHint(view: string): string {
  return `grant SELECT on view ${view}, USE SCHEMA on ${parentOf(view)} and USE CATALOG on ${catalogOf(view)}`;
}

function parentOf(name: string): string {
  return name.split('.').slice(0, -1).join('.');
}

function catalogOf(name: string): string {
  return name.split('.')[0] ?? name;
}

export function catalogGrantHint(catalog: string): string {
  return `check the name, or grant USE CATALOG and BROWSE on catalog ${catalog} and CAN USE on the warehouse`;
}
