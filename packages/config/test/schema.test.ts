import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '@dpo/core';
import { configSchema, granularities, isGranularity, normaliseProblemType } from '../src/index.ts';
import { head, problemsIn, snapshot } from './support.ts';

const own = ['x-dpo-expects', 'x-dpo-values', 'x-dpo-null'];

function ajv(): Ajv2020 {
  const options = { strict: true, strictRequired: false, allowUnionTypes: true, discriminator: true };
  return new Ajv2020(options).addVocabulary(own);
}

/** Every property of the schema, by its dotted path, with what it refers to written out. */
function propertiesOf(node: JsonObject, path = ''): readonly (readonly [string, JsonObject])[] {
  return Object.entries(node).flatMap(([key, value]) => {
    if (!isJsonObject(value)) return [];
    if (key !== 'properties') return propertiesOf(value, `${path}/${key}`);
    return Object.entries(value).flatMap(([name, property]): readonly (readonly [string, JsonObject])[] =>
      isJsonObject(property) ? [[`${path}/${name}`, property], ...propertiesOf(property, `${path}/${name}`)] : [],
    );
  });
}

describe('the config schema', () => {
  test('D011 is valid JSON Schema 2020-12 in the strict mode of ajv', () => {
    expect(() => ajv().compile(configSchema)).not.toThrow();
  });

  test('every property is described and has an example, here or where it refers to', () => {
    const bare = propertiesOf(configSchema)
      .map(([path, property]) => [path, { ...referred(property), ...property }] as const)
      .filter(([, property]) => property['description'] === undefined || property['examples'] === undefined);
    expect(bare.map(([path]) => path)).toEqual([]);
  });

  test('every example of a property is allowed by it', () => {
    const validator = ajv();
    validator.addSchema(configSchema);
    const wrong = propertiesOf(configSchema).flatMap(([path, property]) => {
      const local = JSON.parse(JSON.stringify(property).replaceAll('"#/', `"${configSchema.$id}#/`)) as JsonObject;
      const validate = validator.compile(local);
      const examples = property['examples'];
      return Array.isArray(examples) ? examples.filter((item) => !validate(item)).map(() => path) : [];
    });
    expect(wrong).toEqual([]);
  });

  test('top-level keys that start with x- are free', () => {
    expect(problemsIn(`${head}${snapshot}x-anything: [1, {a: b}]\n`)).toEqual([]);
  });

  test('U016 the list of granularities is that of the schema', () => {
    expect(granularities).toEqual(configSchema.$defs.granularity.enum);
    expect([isGranularity('1 hour'), isGranularity('2 hours')]).toEqual([true, false]);
  });

  test.each([
    ['CLASSIFICATION', 'CLASSIFICATION'],
    ['PROBLEM_TYPE_CLASSIFICATION', 'CLASSIFICATION'],
    ['INFERENCE_PROBLEM_TYPE_REGRESSION', 'REGRESSION'],
    ['Regression', 'REGRESSION'],
    ['problem_type_regression', 'REGRESSION'],
    ['INFERENCE_CLASSIFICATION', undefined],
    ['RANKING', undefined],
  ])('R040 C06 the problem type %s is %s, for the schema too', (text, short) => {
    expect(normaliseProblemType(text)).toBe(short);
    expect(problemsIn(`${head}${snapshot}    problem_type: ${text}\n`)).toHaveLength(short === undefined ? 1 : 0);
  });
});

function referred(property: JsonObject): JsonObject {
  let node: unknown = configSchema;
  const { $ref } = property;
  if (typeof $ref !== 'string') return {};
  for (const step of $ref.split('/').slice(1)) node = isJsonObject(node) ? node[step] : undefined;
  return isJsonObject(node) ? node : {};
}
