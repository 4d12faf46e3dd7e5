import { narrowed, ShapeFault } from './reader.ts';
import type { Reader } from './reader.ts';

/** A mapping of which exactly one of the named fields must be there; a partial body may have none. */
export function exactlyOne<T extends object>(reader: Reader<T>, names: readonly (keyof T & string)[]): Reader<T> {
  return narrowed(reader, (value, place) => {
    const read = reader(value, place);
    const given = names.filter((name) => read[name] !== undefined);
    if (given.length === 1 || (given.length === 0 && place.partial === true)) return read;
    const found = given.length === 0 ? 'none is given' : `${given.join(' and ')} are given`;
    throw new ShapeFault(place.path, `exactly one of ${names.join(', ')} is needed but ${found}`);
  });
}
