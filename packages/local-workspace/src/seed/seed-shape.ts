import { filledText, record, shape, ShapeFault, text } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';

/** Tag values and properties are text; a number or a boolean in YAML is taken as it is written. */
const scalarText: Reader<string> = (value, place) => {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  return value === null ? '' : text(value, place);
};

/** Type names are put into SQL, so that only what a type can look like is let through. */
const typeName: Reader<string> = (value, place) => {
  const name = filledText(value, place);
  if (/^[A-Za-z_]\w*( *\([\d, ]+\))?$/.test(name)) return name;
  throw new ShapeFault(place.path, `'${name}' is not a type name`);
};

/** A key without a value in YAML is null; it stands for an object without settings. */
function mayBeEmpty<T>(reader: Reader<T>): Reader<T> {
  return (value, place) => reader(value ?? {}, place);
}

const common = { comment: text, owner: filledText, tags: record(scalarText) };

const table = shape({
  optional: {
    ...common,
    from: filledText,
    sql: filledText,
    view: filledText,
    columns: record(typeName),
    column_tags: record(record(scalarText)),
    properties: record(scalarText),
    shift_to_now: filledText,
    shift_group: filledText,
  },
});

export type SeedTableFields = ReturnType<typeof table>;

const schema = shape({
  optional: { ...common, properties: record(scalarText), tables: mayBeEmpty(record(tableWithSource)) },
});
const catalog = shape({ optional: { ...common, schemas: mayBeEmpty(record(mayBeEmpty(schema))) } });

/** The whole file. */
export const seedFile = shape({ required: { catalogs: record(mayBeEmpty(catalog)) } });

export type SeedFile = ReturnType<typeof seedFile>;

function tableWithSource(value: unknown, place: Parameters<typeof table>[1]): SeedTableFields {
  const read = table(value, place);
  const sources = (['from', 'sql', 'view'] as const).filter((name) => read[name] !== undefined);
  if (sources.length !== 1) throw new ShapeFault(place.path, 'exactly one of from, sql and view is needed');
  const forTables = (['columns', 'shift_to_now', 'shift_group', 'properties'] as const).find(
    (name) => read[name] !== undefined,
  );
  if (read.view !== undefined && forTables !== undefined) {
    throw new ShapeFault([...place.path, forTables], 'a view cannot have this');
  }
  if (read.shift_group !== undefined && read.shift_to_now === undefined) {
    throw new ShapeFault([...place.path, 'shift_group'], 'needs shift_to_now');
  }
  return read;
}
