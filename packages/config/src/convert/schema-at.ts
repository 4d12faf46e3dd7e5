import { isJsonObject, type Json, type JsonObject } from '@dpo/core';
import type { Path } from '../finding.ts';
import { configSchema } from '../generated/config-schema.ts';
import { inlineReferences } from '../schema/inline-references.ts';
import type { SchemaNode } from '../schema/schema-node.ts';

/** The schema with its references written out, to be asked for many paths. */
export function plainSchema(): JsonObject {
  return inlineReferences(configSchema);
}

/** What the config schema says of the value at a path; `undefined` where it knows no such key. */
export function schemaAt(schema: JsonObject, path: Path): SchemaNode | undefined {
  let node: Json | undefined = schema;
  for (const step of path) {
    if (!isJsonObject(node)) return undefined;
    node = typeof step === 'number' ? node['items'] : (own(node['properties'], step) ?? node['additionalProperties']);
  }
  return isJsonObject(node) ? node : undefined;
}

function own(properties: Json | undefined, name: string): Json | undefined {
  return isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
}
