import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@dpo/core';

/** Keywords that only people read. */
const prose: ReadonlySet<string> = new Set(['$defs', 'title', 'description', 'examples']);

/**
 * The schema with every `$ref` written out; what stands beside a `$ref` goes before what it refers to. Asked for all
 * errors, ajv copies those so far at every `$ref` that fails, which is quadratic for a file of bad tables.
 */
export function inlineReferences(schema: JsonObject): JsonObject {
  return inlined(schema, schema);
}

function inlined(root: JsonObject, node: JsonObject): JsonObject {
  const own = Object.entries(node)
    .filter(([key]) => key !== '$ref' && !prose.has(key))
    .map(([key, value]): [string, Json] => [key, key === 'properties' ? properties(root, value) : below(root, value)]);
  const { $ref } = node;
  const base = typeof $ref === 'string' ? inlined(root, referred(root, $ref)) : {};
  return { ...base, ...Object.fromEntries(own) };
}

/** The names of properties are no keywords. */
function properties(root: JsonObject, value: Json): Json {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, below(root, schema)]));
}

function below(root: JsonObject, value: Json): Json {
  if (isJsonArray(value)) return value.map((item) => below(root, item));
  return isJsonObject(value) ? inlined(root, value) : value;
}

function referred(root: JsonObject, reference: string): JsonObject {
  let node: Json | undefined = root;
  for (const step of reference.split('/').slice(1)) node = isJsonObject(node) ? node[step] : undefined;
  if (isJsonObject(node)) return node;
  throw new TypeError(`the schema has no ${reference}`);
}
