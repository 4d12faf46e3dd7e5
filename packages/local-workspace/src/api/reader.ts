/** Where in a document a value stands: field names and list positions. */
export type ValuePath = readonly (string | number)[];

/** A value that is not what the reader wants. */
export class ShapeFault extends Error {
  override readonly name = 'ShapeFault';
  readonly path: ValuePath;

  constructor(path: ValuePath, message: string) {
    super(message);
    this.path = path;
  }
}

export interface Place {
  readonly path: ValuePath;
  /** Required fields may be absent: the body of an update with a mask holds only what it changes. */
  readonly partial?: boolean;
}

/** Turns an unknown value into a known one or throws `ShapeFault`. */
export interface Reader<T> {
  (value: unknown, place: Place): T;
  /** What it accepts, for those who hold it against another description of the same API; unknown for plain functions. */
  readonly accepts?: Accepted;
}

export type Accepted =
  | { readonly kind: 'fields'; readonly required: Readers; readonly optional: Readers }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'list' | 'record'; readonly item: Reader<unknown> }
  | { readonly kind: 'anything' };

type Readers = Readonly<Record<string, Reader<unknown>>>;
type Read<R> = R extends Reader<infer T> ? T : never;

/** Fields that must and fields that may be there. */
export interface Fields<R extends Readers, O extends Readers> {
  readonly required?: R;
  readonly optional?: O;
}

export type Shape<R extends Readers, O extends Readers> = { readonly [K in keyof R]: Read<R[K]> } & {
  readonly [K in keyof O]?: Read<O[K]>;
};

/** A reader that checks more than another one and accepts nothing else. */
export function narrowed<T>(wide: Reader<unknown>, read: (value: unknown, place: Place) => T): Reader<T> {
  return accepting(wide.accepts, (value, place) => read(value, place));
}

/** One of two readers of mappings, chosen by what is given; a field is required where both require it. */
export function either<A, B>(
  readers: readonly [first: Reader<A>, second: Reader<B>],
  choose: (value: unknown, place: Place) => Reader<A | B>,
): Reader<A | B> {
  const [first, second] = readers.map(({ accepts }) => accepts);
  if (first?.kind !== 'fields' || second?.kind !== 'fields') throw new TypeError('both must be readers of mappings');
  const all = { ...first.required, ...first.optional, ...second.required, ...second.optional };
  const isRequired = (name: string): boolean =>
    Object.hasOwn(first.required, name) && Object.hasOwn(second.required, name);
  const fields = (wanted: boolean): Readers =>
    Object.fromEntries(Object.entries(all).filter(([name]) => isRequired(name) === wanted));
  return accepting({ kind: 'fields', required: fields(true), optional: fields(false) }, (value, place) =>
    choose(value, place)(value, place),
  );
}

/** `data_profiling_config.schedule`, `columns[2].name`. */
export function pathText(path: ValuePath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

export const text: Reader<string> = (value, { path }) => {
  if (typeof value !== 'string') throw new ShapeFault(path, `expected a string but got ${kindOf(value)}`);
  return value;
};

export const filledText: Reader<string> = (value, place) => {
  const filled = text(value, place);
  if (filled === '') throw new ShapeFault(place.path, 'must not be empty');
  return filled;
};

export const flag: Reader<boolean> = (value, { path }) => {
  if (typeof value !== 'boolean') throw new ShapeFault(path, `expected a boolean but got ${kindOf(value)}`);
  return value;
};

/** Whole numbers; int64 fields may also come as text, as some clients send them to keep all digits. */
export function integer(limits: { readonly min?: number; readonly max?: number } = {}): Reader<number> {
  return (value, { path }) => {
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number)) {
      throw new ShapeFault(path, `expected an integer but got ${kindOf(value)}`);
    }
    if (limits.min !== undefined && number < limits.min) throw new ShapeFault(path, `must be at least ${limits.min}`);
    if (limits.max !== undefined && number > limits.max) throw new ShapeFault(path, `must be at most ${limits.max}`);
    return number;
  };
}

export function oneOf<const T extends string>(...names: readonly T[]): Reader<T> {
  return accepting({ kind: 'names', names }, (value, { path }) => {
    const found = names.find((name) => name === value);
    if (found === undefined) throw new ShapeFault(path, `${JSON.stringify(value)} is not one of ${names.join(', ')}`);
    return found;
  });
}

export function list<T>(item: Reader<T>, limits: { readonly max?: number } = {}): Reader<readonly T[]> {
  return accepting({ kind: 'list', item }, (value, { path }) => {
    if (!Array.isArray(value)) throw new ShapeFault(path, `expected a list but got ${kindOf(value)}`);
    if (limits.max !== undefined && value.length > limits.max) {
      throw new ShapeFault(path, `at most ${limits.max} entries are allowed`);
    }
    return value.map((entry, index) => item(entry, { path: [...path, index] }));
  });
}

/** A mapping with free keys. */
export function record<T>(item: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return accepting({ kind: 'record', item }, (value, { path, partial = false }) =>
    Object.fromEntries(
      entriesOf(value, path).map(([key, entry]) => [key, item(entry, { path: [...path, key], partial })]),
    ),
  );
}

/** A field that is read by the server only to be ignored, such as an output field in a body. */
export const ignored: Reader<unknown> = accepting({ kind: 'anything' }, (value) => value);

/** A mapping with known fields; null counts as absent, as in the JSON form of protocol buffers. */
export function shape<R extends Readers = Record<never, never>, O extends Readers = Record<never, never>>(
  fields: Fields<R, O>,
): Reader<Shape<R, O>> {
  const required: Readers = fields.required ?? {};
  const optional: Readers = fields.optional ?? {};
  const all: Readers = { ...required, ...optional };
  return accepting({ kind: 'fields', required, optional }, (value, { path, partial = false }) => {
    const given = entriesOf(value, path).filter(([, entry]) => entry !== null && entry !== undefined);
    const unknown = given.find(([key]) => !Object.hasOwn(all, key));
    if (unknown !== undefined) throw new ShapeFault([...path, unknown[0]], 'unknown field');
    const missing = Object.keys(required).find((key) => !given.some(([name]) => name === key));
    if (missing !== undefined && !partial) throw new ShapeFault([...path, missing], 'missing required field');
    const read = given.map(([key, entry]) => [key, all[key]?.(entry, { path: [...path, key], partial })]);
    return Object.fromEntries(read) as Shape<R, O>;
  });
}

/** Query parameters come as text. */
export const queryFlag: Reader<boolean> = (value, { path }) => {
  if (value !== 'true' && value !== 'false') throw new ShapeFault(path, 'expected true or false');
  return value === 'true';
};

function accepting<T>(accepts: Accepted | undefined, read: (value: unknown, place: Place) => T): Reader<T> {
  return Object.assign(read, accepts === undefined ? {} : { accepts });
}

function entriesOf(value: unknown, path: ValuePath): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ShapeFault(path, `expected an object but got ${kindOf(value)}`);
  }
  return Object.entries(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`;
}
