/** The JSON form of a Spark type: a name, or an object for struct, array and map. */
export type SparkTypeJson = string | Readonly<Record<string, unknown>>;

export interface SparkType {
  /** `LONG`, `STRUCT`, … as Unity Catalog columns and statement manifests name it. */
  readonly name: string;
  readonly json: SparkTypeJson;
  readonly precision?: number;
  readonly scale?: number;
}

/** DDL name → name in the API and name in the JSON form. */
const simpleTypes: Readonly<Record<string, readonly [name: string, json: string]>> = {
  boolean: ['BOOLEAN', 'boolean'],
  tinyint: ['BYTE', 'byte'],
  smallint: ['SHORT', 'short'],
  int: ['INT', 'integer'],
  bigint: ['LONG', 'long'],
  float: ['FLOAT', 'float'],
  double: ['DOUBLE', 'double'],
  string: ['STRING', 'string'],
  binary: ['BINARY', 'binary'],
  date: ['DATE', 'date'],
  timestamp: ['TIMESTAMP', 'timestamp'],
  timestamp_ntz: ['TIMESTAMP_NTZ', 'timestamp_ntz'],
  variant: ['VARIANT', 'variant'],
  void: ['NULL', 'void'],
};

/** Reads Spark DDL text such as `map<string,array<int>>`; anything unknown is `USER_DEFINED_TYPE`. */
export function parseSparkType(text: string): SparkType {
  const ddl = text.trim();
  const simple = simpleTypes[ddl.toLowerCase()];
  if (simple !== undefined) return { name: simple[0], json: simple[1] };
  const decimal = /^decimal\((\d+),\s*(\d+)\)$/i.exec(ddl);
  if (decimal !== null) {
    return { name: 'DECIMAL', json: ddl.toLowerCase(), precision: Number(decimal[1]), scale: Number(decimal[2]) };
  }
  const nested = /^(array|map|struct)<(.*)>$/is.exec(ddl);
  if (nested === null) return { name: 'USER_DEFINED_TYPE', json: ddl };
  return parseNested((nested[1] ?? '').toLowerCase(), splitTopLevel(nested[2] ?? '', ','));
}

/** The `type_json` of a column: a Spark StructField as JSON text. */
export function structFieldJson(column: {
  readonly name: string;
  readonly typeText: string;
  readonly nullable: boolean;
}): string {
  const { json } = parseSparkType(column.typeText);
  return JSON.stringify({ name: column.name, type: json, nullable: column.nullable, metadata: {} });
}

function parseNested(kind: string, parts: readonly string[]): SparkType {
  const jsonOf = (part: string | undefined): SparkTypeJson => parseSparkType(part ?? 'void').json;
  if (kind === 'array')
    return { name: 'ARRAY', json: { type: 'array', elementType: jsonOf(parts[0]), containsNull: true } };
  if (kind === 'map') {
    const json = { type: 'map', keyType: jsonOf(parts[0]), valueType: jsonOf(parts[1]), valueContainsNull: true };
    return { name: 'MAP', json };
  }
  const fields = parts.map((part) => {
    const [name = '', ...type] = splitTopLevel(part, ':');
    return { name: name.trim().replaceAll('`', ''), type: jsonOf(type.join(':')), nullable: true, metadata: {} };
  });
  return { name: 'STRUCT', json: { type: 'struct', fields } };
}

function splitTopLevel(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if ('<('.includes(character)) depth += 1;
    else if ('>)'.includes(character)) depth -= 1;
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}
