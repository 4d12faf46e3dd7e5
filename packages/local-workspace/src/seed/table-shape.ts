import { filledText, list, oneOf, record, shape, ShapeFault, text } from '../api/reader.ts';
import type { Place } from '../api/reader.ts';
import { column, privilege, scalarText } from './seed-readers.ts';

/** What every object of Unity Catalog may have. */
export const commonFields = {
  comment: text,
  owner: filledText,
  tags: record(scalarText),
  grants: record(list(privilege)),
};

export const tableFields = {
  ...commonFields,
  from: filledText,
  sql: filledText,
  view: filledText,
  type: oneOf('MANAGED', 'EXTERNAL', 'MATERIALIZED_VIEW', 'STREAMING_TABLE', 'FOREIGN'),
  columns: record(column),
  column_tags: record(record(scalarText)),
  primary_key: list(filledText),
  properties: record(scalarText),
  shift_to_now: filledText,
  shift_group: filledText,
};

const table = shape({ optional: tableFields });

export type SeedTableFields = ReturnType<typeof table>;

/** A table or a view, with exactly one source. */
export function tableWithSource(value: unknown, place: Place): SeedTableFields {
  const read = table(value, place);
  const sources = (['from', 'sql', 'view'] as const).filter((name) => read[name] !== undefined);
  if (sources.length !== 1) throw new ShapeFault(place.path, 'exactly one of from, sql and view is needed');
  if (read.view !== undefined) checkView(read, place);
  if (read.shift_group !== undefined && read.shift_to_now === undefined) {
    throw new ShapeFault([...place.path, 'shift_group'], 'needs shift_to_now');
  }
  return read;
}

function checkView(read: SeedTableFields, place: Place): void {
  const forTables = (['type', 'primary_key', 'shift_to_now', 'shift_group', 'properties'] as const).find(
    (name) => read[name] !== undefined,
  );
  if (forTables !== undefined) throw new ShapeFault([...place.path, forTables], 'a view cannot have this');
  const typed = Object.entries(read.columns ?? {}).find(([, { type }]) => type !== undefined);
  if (typed !== undefined) throw new ShapeFault([...place.path, 'columns', typed[0]], 'a column of a view has no type');
}

/** Types to which columns are cast. */
export function castsOf({ columns = {} }: SeedTableFields): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, { type }]) => (type === undefined ? [] : [[name, type]])),
  );
}

/** Tags of columns, wherever they are written. */
export function columnTagsOf(fields: SeedTableFields): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const inColumns = Object.entries(fields.columns ?? {}).flatMap(([name, { tags }]) =>
    tags === undefined ? [] : [[name, tags] as const],
  );
  const merged = new Map(Object.entries(fields.column_tags ?? {}));
  for (const [name, tags] of inColumns) merged.set(name, { ...merged.get(name), ...tags });
  return Object.fromEntries(merged);
}
