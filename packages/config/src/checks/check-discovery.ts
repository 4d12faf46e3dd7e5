import type { Finding } from '../finding.ts';
import { entriesAt, spotAt, valueAt, type Located } from '../located.ts';

/** The rules about finding tables that no schema can say. */
export function checkDiscovery(root: Located): readonly Finding[] {
  if (valueAt(root, 'include_tagged_tables') !== true) return [];
  return [...anyTable(root), ...noTimeColumn(root)];
}

/** Without a tag to look for, every table of the catalogs would be found. */
function anyTable(root: Located): readonly Finding[] {
  const path = ['discovery', 'include_tags'];
  const spot = spotAt(root, path);
  if (spot.path.length < path.length || spot.node.entries?.size !== 0) return [];
  const message = "'include_tags' names no tag, so that every table would be found";
  const hint =
    "name a tag, or remove it for monitor_enabled: 'true'; a table pattern such as prod.ml.* finds all of a schema";
  return [{ code: 'CONFIG.VALUE', severity: 'error', message, hint, range: spot.key, path }];
}

/** Tags may still give it, table by table (C02). */
function noTimeColumn(root: Located): readonly Finding[] {
  if (entriesAt(root, 'monitored_tables').size > 0) return [];
  const has = (key: string): boolean => valueAt(root, 'profile_defaults', key) !== undefined;
  if (valueAt(root, 'profile_defaults', 'profile_type') !== 'TIMESERIES') return [];
  if (has('timeseries_timestamp_column') || has('timestamp_column')) return [];
  const path = ['profile_defaults', 'profile_type'];
  const message = "found tables are profiled as TIMESERIES and have no 'timeseries_timestamp_column'";
  const hint = 'name the column of time in profile_defaults, unless a tag of each table does';
  return [{ code: 'CONFIG.INCOMPLETE', severity: 'warning', message, hint, range: spotAt(root, path).key, path }];
}
