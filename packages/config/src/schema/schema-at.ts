import { isJsonObject, type JsonObject } from '@dpo/core';
import type { Path } from '../finding.ts';
import { configSchema } from '../generated/config-schema.ts';
import { inlineReferences } from './inline-references.ts';
import type { SchemaNode } from './schema-node.ts';

let written: JsonObject | undefined;

/** The schema without references, made when first needed and then kept. */
export function inlinedSchema(): JsonObject {
  written ??= inlineReferences(configSchema);
  return written;
}

/** What the schema says about the value at a path; `undefined` where it says nothing. */
export function schemaAt(path: Path): SchemaNode | undefined {
  let node: JsonObject | undefined = inlinedSchema();
  for (const step of path) {
    if (node === undefined) return undefined;
    node = typeof step === 'number' ? member(node, 'items') : entry(node, step);
  }
  return node as SchemaNode | undefined;
}

function entry(node: JsonObject, name: string): JsonObject | undefined {
  const properties = member(node, 'properties');
  const own = properties !== undefined && Object.hasOwn(properties, name) ? member(properties, name) : undefined;
  return own ?? member(node, 'additionalProperties');
}

function member(node: JsonObject, name: string): JsonObject | undefined {
  const value = node[name];
  return isJsonObject(value) ? value : undefined;
}
