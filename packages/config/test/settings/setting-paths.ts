import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@dpo/core';
import { configSchema } from '../../src/index.ts';

/** Every setting of the schema by its path, with what the schema says of it. `<…>` stands for a name, `[]` for an entry. */
export function settingPaths(): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  visit(configSchema, '', found);
  return found;
}

/** Names of maps whose keys are free. */
const names: Readonly<Record<string, string>> = {
  monitored_tables: '<table>',
  targets: '<target>',
  objective_functions: '<id>',
  groups: '<group>',
  variables: '<name>',
  anomaly_detection: '<schema>',
};

function visit(node: JsonObject, path: string, found: Map<string, JsonObject>): void {
  for (const [name, value] of Object.entries(objectAt(node, 'properties'))) {
    if (!isJsonObject(value)) continue;
    const { $ref } = value;
    // A target may override every top-level key; each is tested where it is at home.
    if (typeof $ref === 'string' && $ref.startsWith('#/properties/')) continue;
    const inner = path === '' ? name : `${path}.${name}`;
    const schema = written(value);
    found.set(inner, schema);
    below(schema, { path: inner, name }, found);
  }
}

function below(schema: JsonObject, at: { path: string; name: string }, found: Map<string, JsonObject>): void {
  visit(schema, at.path, found);
  const entry = written(objectAt(schema, 'additionalProperties'));
  const isNamed = isJsonObject(entry['properties']) && Object.hasOwn(names, at.name);
  if (isNamed) visit(entry, `${at.path}.${names[at.name] ?? ''}`, found);
  const item = written(objectAt(schema, 'items'));
  if (isJsonObject(item['properties'])) visit(item, `${at.path}[]`, found);
}

function written(node: JsonObject): JsonObject {
  const { $ref } = node;
  if (typeof $ref !== 'string') return node;
  let target: Json | undefined = configSchema;
  for (const step of $ref.split('/').slice(1)) target = isJsonObject(target) ? target[step] : undefined;
  return { ...(isJsonObject(target) ? written(target) : {}), ...node };
}

function objectAt(node: JsonObject, name: string): JsonObject {
  const value = node[name];
  return isJsonObject(value) && !isJsonArray(value) ? value : {};
}
