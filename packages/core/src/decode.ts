import { isJsonArray, isJsonObject, type Json, type JsonObject } from './json.ts';

/** A document that is not what it claims to be; `path` says where (`ops[3].action`), empty for the whole. */
export class ShapeError extends Error {
  readonly path: string;
  /** The member that the shape does not know, of the object at `path`. */
  readonly unknown: string | undefined;

  constructor(path: string, expected: string, unknown?: string) {
    super(`${placeIn(path, unknown)} is not ${expected}`);
    this.name = 'ShapeError';
    this.path = path;
    this.unknown = unknown;
  }
}

function placeIn(path: string, member: string | undefined): string {
  const whole = [path, member].filter((part) => part !== undefined && part !== '').join('.');
  return whole === '' ? 'the document' : `'${whole}'`;
}

/** Reads a value or throws `ShapeError`. Decoders are strict: a member that the shape does not know is an error. */
export type Decoder<T> = (value: Json | undefined, path: string) => T;

function expected<T extends Json>(test: (value: Json | undefined) => value is T, name: string): Decoder<T> {
  return (value, path) => {
    if (!test(value)) throw new ShapeError(path, name);
    return value;
  };
}

export const text = expected((value): value is string => typeof value === 'string', 'a text');
export const flag = expected((value): value is boolean => typeof value === 'boolean', 'true or false');
export const count = expected(
  (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
  'a whole number',
);
export const record = expected((value): value is JsonObject => isJsonObject(value), 'an object');
export const anything = expected((value): value is Json => value !== undefined, 'a value');

export function oneOf<const T extends string | boolean>(...allowed: readonly T[]): Decoder<T> {
  return (value, path) => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new ShapeError(path, `one of ${allowed.join(', ')}`);
    return found;
  };
}

export function nullable<T>(inner: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null ? null : inner(value, path));
}

export function list<T>(inner: Decoder<T>): Decoder<readonly T[]> {
  return (value, path) => {
    if (!isJsonArray(value)) throw new ShapeError(path, 'a list');
    return value.map((item, index) => inner(item, `${path}[${String(index)}]`));
  };
}

/** An object with any keys, all of one kind of value. */
export function dictionary<T>(inner: Decoder<T>): Decoder<Readonly<Record<string, T>>> {
  return (value, path) => {
    if (!isJsonObject(value)) throw new ShapeError(path, 'an object');
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item, `${path}.${key}`)]));
  };
}

/** A text of which `test` says yes. */
export function textWhich<T extends string>(test: (value: string) => value is T, name: string): Decoder<T> {
  return (value, path) => {
    if (typeof value !== 'string' || !test(value)) throw new ShapeError(path, name);
    return value;
  };
}

type Shape = Readonly<Record<string, Decoder<unknown>>>;
type Required<S extends Shape> = { readonly [K in keyof S]: ReturnType<S[K]> };

/** An object with exactly these members; those of `optional` may be missing. */
export function members<R extends Shape, O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
): Decoder<Required<R> & Partial<Required<O>>> {
  const known: Shape = { ...required, ...optional };
  return (value, path) => {
    if (!isJsonObject(value)) throw new ShapeError(path, 'an object');
    const inside = (key: string): string => (path === '' ? key : `${path}.${key}`);
    for (const key of Object.keys(value))
      if (!Object.hasOwn(known, key)) throw new ShapeError(path, 'known to this version of dpo', key);
    const found: Record<string, unknown> = {};
    for (const [key, decode] of Object.entries(known)) {
      const member = Object.hasOwn(value, key) ? value[key] : undefined;
      if (member !== undefined || Object.hasOwn(required, key)) found[key] = decode(member, inside(key));
    }
    // The loop above has built exactly the members that the two shapes name.
    return found as Required<R> & Partial<Required<O>>;
  };
}
