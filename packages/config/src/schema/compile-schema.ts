import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { inlinedSchema } from './schema-at.ts';

const annotations = ['x-dpo-expects', 'x-dpo-values', 'x-dpo-null'];

/**
 * The schema as a function that tells every fault of a value. It takes longer to make than most files take to check: the
 * bundle of the command line has it made.
 */
export function compileSchema(): ValidateFunction {
  return schemaCompiler().compile(inlinedSchema());
}

/** `source`: the function can be written down. */
export function schemaCompiler(source = false): Ajv2020 {
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
    code: { optimize: source, source, esm: source },
  });
  ajv.addVocabulary(annotations);
  return ajv;
}
