import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { isJsonArray, isJsonObject, type Json } from '@dpo/core';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { madeSchema } from '../../packages/config/scripts/made-schema.js';
import { schemaErrors } from '../../packages/config/dist/schema/validate-schema.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const examples = ['everything', 'policy', 'readme-1', 'readme-2', 'readme-3'];
const others: readonly Json[] = [
  null,
  '',
  'PROBLEM_TYPE_X',
  'a b',
  '${var.x}',
  0,
  -1.5,
  true,
  [],
  [1, 1, ''],
  {},
  { x: {} },
];

/** The check as `npm run build` puts it into the bundle. */
async function bundled(): Promise<typeof schemaErrors> {
  const folder = await mkdtemp(join(tmpdir(), 'dpo-schema-'));
  const outfile = join(folder, 'check.mjs');
  const entryPoints = [here('../../packages/config/src/schema/validate-schema.ts')];
  try {
    await build({
      entryPoints,
      outfile,
      bundle: true,
      format: 'esm',
      conditions: ['dpo-source'],
      plugins: [madeSchema],
    });
    return ((await import(pathToFileURL(outfile).href)) as { schemaErrors: typeof schemaErrors }).schemaErrors;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The value with another one in place of each of its parts, and with a key more in each of its maps. */
function variants(value: Json): readonly Json[] {
  if (isJsonArray(value)) {
    return [...others, ...value.flatMap((item, index) => variants(item).map((other) => value.with(index, other)))];
  }
  if (!isJsonObject(value)) return others;
  const parts = Object.entries(value).flatMap(([key, part]) => [
    ...variants(part).map((other) => ({ ...value, [key]: other })),
    Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)),
  ]);
  return [...others, { ...value, unknown_key: 1 }, { ...value, 'Bad key': {} }, ...parts];
}

describe('the check of the config schema in the bundle', () => {
  test('D011 tells the same faults of each of thousands of configs as the one that ajv makes', async () => {
    const made = await bundled();
    const told = { configs: 0, faults: 0 };
    for (const name of examples) {
      const text = await readFile(here(`../../packages/config/test/examples/${name}.yaml`), 'utf8');
      for (const config of variants(parse(text) as Json)) {
        const faults = schemaErrors(config);
        expect(made(config)).toEqual(faults);
        told.configs += 1;
        told.faults += faults.length;
      }
    }
    expect(told.configs).toBeGreaterThan(3000);
    expect(told.faults).toBeGreaterThan(told.configs);
  });
});
