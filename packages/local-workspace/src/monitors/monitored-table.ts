import { ShapeFault } from '../api/reader.ts';
import type { TableObject } from '../unity/objects.ts';
import { doesNotExist } from '../unity/unity-error.ts';
import type { Unity } from '../unity/unity.ts';

/** A table by its full name in any case; the name has three parts and no blanks (`QualityMonitorsAPI`). */
export function monitoredTable(unity: Unity, name: string): TableObject {
  if (!/^[^.\s]+\.[^.\s]+\.[^.\s]+$/.test(name)) {
    throw new ShapeFault(['table_name'], `'${name}' is not of the form catalog.schema.table`);
  }
  const table = unity.table(name);
  if (table === undefined) throw doesNotExist('Table', name);
  return table;
}
