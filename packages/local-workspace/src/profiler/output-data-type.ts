import { createCursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import { readType } from '../sql/read-type.ts';
import type { SparkType } from '../sql/spark-type.ts';

/**
 * The `output_data_type` of a custom metric. Official samples send a Spark StructField as JSON text; a bare word such as
 * `double` is accepted by the service as well, yet a guide reports that the monitor then never initialises.
 */
export interface OutputDataType {
  readonly form: 'struct_field' | 'bare';
  readonly type: SparkType;
}

/** Tells the two forms apart and reads the type; throws for text that is neither. */
export function readOutputDataType(text: string): OutputDataType {
  const field = jsonObject(text);
  if (field !== undefined) return { form: 'struct_field', type: jsonType(field['type'], text) };
  return { form: 'bare', type: ddlType(text, text) };
}

export function outputDataTypeForm(text: string): OutputDataType['form'] {
  return jsonObject(text)?.['type'] === undefined ? 'bare' : 'struct_field';
}

type JsonObject = Readonly<Record<string, unknown>>;

function jsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Spark's JSON names of types are its DDL names and the synonyms that `readType` knows; nested types are objects. */
function jsonType(value: unknown, text: string): SparkType {
  if (typeof value === 'string') return ddlType(value, text);
  if (isObject(value) && value['type'] === 'array') {
    return { kind: 'array', element: jsonType(value['elementType'], text) };
  }
  if (isObject(value) && value['type'] === 'map') {
    return { kind: 'map', key: jsonType(value['keyType'], text), value: jsonType(value['valueType'], text) };
  }
  if (isObject(value) && value['type'] === 'struct' && Array.isArray(value['fields'])) {
    const fields = value['fields'].filter(isObject);
    return {
      kind: 'struct',
      fields: fields.map((field) => ({ name: String(field['name']), type: jsonType(field['type'], text) })),
    };
  }
  throw unreadable(text);
}

function ddlType(ddl: string, text: string): SparkType {
  try {
    const cursor = createCursor(tokenize(ddl));
    const type = readType(cursor);
    cursor.expectEnd();
    return type;
  } catch {
    throw unreadable(text);
  }
}

function unreadable(text: string): Error {
  return new Error(`output_data_type '${text}' is neither a Spark StructField in JSON nor the name of a type`);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
