import { filledText, record, shape, ShapeFault, text } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { privileges } from '../access/privilege.ts';
import type { Privilege } from '../access/privilege.ts';

/** Tag values and properties are text; a number or a boolean in YAML is taken as it is written. */
export const scalarText: Reader<string> = (value, place) => {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  return value === null ? '' : text(value, place);
};

/** Type names are put into SQL, so that only what a type can look like is let through. */
export const typeName: Reader<string> = (value, place) => {
  const name = filledText(value, place);
  if (/^[A-Za-z_]\w*( *\([\d, ]+\))?$/.test(name)) return name;
  throw new ShapeFault(place.path, `'${name}' is not a type name`);
};

/** A key without a value in YAML is null; it stands for an object without settings. */
export function mayBeEmpty<T>(reader: Reader<T>): Reader<T> {
  return (value, place) => reader(value ?? {}, place);
}

/** `SELECT`, `use catalog`, `USE_CATALOG`. */
export const privilege: Reader<Privilege> = (value, place) => {
  const name = filledText(value, place).toUpperCase().replaceAll(' ', '_');
  const found = privileges.find((known) => known === name);
  if (found === undefined) throw new ShapeFault(place.path, `'${name}' is not one of ${privileges.join(', ')}`);
  return found;
};

/** Settings of one column: its type alone, or what there is to say about it. */
export const column: Reader<{ readonly type?: string; readonly comment?: string; readonly tags?: Tags }> = (
  value,
  place,
) => (typeof value === 'string' ? { type: typeName(value, place) } : columnSettings(value ?? {}, place));

export type Tags = Readonly<Record<string, string>>;

export const columnFields = { type: typeName, comment: text, tags: record(scalarText) };
const columnSettings = shape({ optional: columnFields });
