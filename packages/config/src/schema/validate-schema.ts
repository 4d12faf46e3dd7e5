import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { isJsonObject, type Json } from '@dpo/core';
import { inlinedSchema } from './schema-at.ts';
import type { SchemaNode } from './schema-node.ts';

export type SchemaError = ErrorObject;

const annotations = ['x-dpo-expects', 'x-dpo-values', 'x-dpo-ignoring', 'x-dpo-null'];

/** Every fault of a value against the schema; a key that is not acted on yet is one of keyword `x-dpo-since`. */
export function schemaErrors(value: Json): readonly SchemaError[] {
  const validate = validator();
  validate(value);
  return validate.errors ?? [];
}

let compiled: ValidateFunction | undefined;

/** Compiled when first needed and then kept: the schema is a constant, compiling it takes longer than most files. */
function validator(): ValidateFunction {
  compiled ??= compile();
  return compiled;
}

function compile(): ValidateFunction {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    discriminator: true,
    allErrors: true,
    verbose: true,
    // A test checks the schema itself; here it would double the time, as would code that runs only once faster.
    validateSchema: false,
    meta: false,
    code: { optimize: false },
  });
  ajv.addVocabulary(annotations);
  ajv.addKeyword({
    keyword: 'x-dpo-since',
    schemaType: 'string',
    validate: (_since: string, value: Json, parent?: SchemaNode) => changesNothing(value, parent ?? {}),
  });
  return ajv.compile(inlinedSchema());
}

/** Unset, empty, or the default written out: the same as leaving the key out. */
function changesNothing(value: Json, schema: SchemaNode): boolean {
  if (value === null) return schema.default === undefined;
  if (Array.isArray(value)) return value.length === 0;
  if (isJsonObject(value)) return Object.keys(value).length === 0;
  return value === schema.default;
}
