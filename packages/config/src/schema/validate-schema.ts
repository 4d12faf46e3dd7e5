import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { Json } from '@dpo/core';
import { compileSchema } from './compile-schema.ts';

export type SchemaError = ErrorObject;

let compiled: ValidateFunction | undefined;

/** Every fault of a value against the schema. */
export function schemaErrors(value: Json): readonly SchemaError[] {
  // Kept: the schema is a constant.
  compiled ??= compileSchema();
  compiled(value);
  return compiled.errors ?? [];
}
