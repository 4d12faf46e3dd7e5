import { quoteIdentifier } from '../../sql/quote.ts';

export interface DeltaField {
  readonly name: string;
  /** As DuckDB writes it. */
  readonly type: string;
  readonly nullable: boolean;
  readonly comment?: string;
}

type TypeJson = string | Readonly<Record<string, unknown>>;

const simple: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  long: 'BIGINT',
  integer: 'INTEGER',
  short: 'SMALLINT',
  byte: 'TINYINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  binary: 'BLOB',
  date: 'DATE',
  timestamp: 'TIMESTAMP WITH TIME ZONE',
  timestamp_ntz: 'TIMESTAMP',
};

/** The columns of a `schemaString`, in their order. */
export function deltaFields(schemaString: string): readonly DeltaField[] {
  const { fields = [] } = JSON.parse(schemaString) as {
    readonly fields?: readonly Readonly<Record<string, unknown>>[];
  };
  return fields.map(({ name, type, nullable, metadata }) => {
    const comment =
      typeof metadata === 'object' && metadata !== null && 'comment' in metadata ? metadata.comment : undefined;
    return {
      name: String(name),
      type: duckdbType(type as TypeJson),
      nullable: nullable !== false,
      ...(typeof comment === 'string' ? { comment } : {}),
    };
  });
}

function duckdbType(type: TypeJson): string {
  if (typeof type === 'string') {
    if (/^decimal\(\d+,\s*\d+\)$/.test(type)) return type.toUpperCase();
    const known = Object.hasOwn(simple, type) ? simple[type] : undefined;
    if (known === undefined) throw new Error(`the Delta type '${type}' cannot be read here`);
    return known;
  }
  if (type['type'] === 'array') return `${duckdbType(type['elementType'] as TypeJson)}[]`;
  if (type['type'] === 'map') {
    return `MAP(${duckdbType(type['keyType'] as TypeJson)}, ${duckdbType(type['valueType'] as TypeJson)})`;
  }
  const fields = type['fields'] as readonly { readonly name: string; readonly type: TypeJson }[];
  return `STRUCT(${fields.map((field) => `${quoteIdentifier(field.name)} ${duckdbType(field.type)}`).join(', ')})`;
}
