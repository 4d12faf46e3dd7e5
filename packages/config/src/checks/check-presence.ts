import { atStart, type Finding, type Path } from '../finding.ts';
import { entriesAt, spotAt, valueAt, type Located } from '../located.ts';

/** What a target must have in the end, wherever it comes from. */
export function checkPresence(root: Located): readonly Finding[] {
  return [...catalog(root), ...tables(root), ...discovery(root)];
}

function catalog(root: Located): readonly Finding[] {
  return isThere(root, ['catalog_name']) ? [] : [atStart('CONFIG.REQUIRED', "'catalog_name' is missing")];
}

function tables(root: Located): readonly Finding[] {
  const path = ['monitored_tables'];
  const value = valueAt(root, ...path);
  const listed = value !== undefined && (typeof value !== 'object' || entriesAt(root, ...path).size > 0);
  if (listed || Array.isArray(value) || valueAt(root, 'include_tagged_tables') === true) return [];
  if (!isThere(root, path)) return [atStart('CONFIG.REQUIRED', "'monitored_tables' is missing", tablesHint)];
  const message = "'monitored_tables' lists no table";
  return [
    { code: 'CONFIG.REQUIRED', severity: 'error', message, hint: tablesHint, range: spotAt(root, path).key, path },
  ];
}

const tablesHint = 'list at least one table, as catalog.schema.table, or set include_tagged_tables';

function discovery(root: Located): readonly Finding[] {
  if (valueAt(root, 'include_tagged_tables') !== true || valueAt(root, 'discovery') !== undefined) return [];
  const path = ['include_tagged_tables'];
  const message = "'discovery' is missing, which include_tagged_tables needs";
  return [{ code: 'CONFIG.REQUIRED', severity: 'error', message, range: spotAt(root, path).key, path }];
}

function isThere(root: Located, path: Path): boolean {
  return spotAt(root, path).path.length === path.length;
}

/** A note if nothing in the file or the environment names a warehouse; the embedded workspace has its own. */
export function checkWarehouse(root: Located, id: string | undefined): readonly Finding[] {
  if (id !== undefined || valueAt(root, 'warehouse_id') !== undefined) return [];
  const message = "'warehouse_id' is not set here, nor by DATABRICKS_WAREHOUSE_ID";
  const hint = "set it where a SQL warehouse is needed: 'warehouse_id', or export DATABRICKS_WAREHOUSE_ID";
  const path = isThere(root, ['warehouse_id']) ? ['warehouse_id'] : [];
  return [{ code: 'CONFIG.NO_WAREHOUSE', severity: 'note', message, hint, range: spotAt(root, path).key, path }];
}
