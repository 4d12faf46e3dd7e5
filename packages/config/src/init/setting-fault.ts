import type { Json } from '@dpo/core';
import type { Path } from '../finding.ts';
import { mapOf, scalarOf, type Located } from '../located.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { sourceOf, startOfFile } from '../source.ts';

/** What the config language finds wrong with the value of one setting, in a sentence; `undefined` if it is fine. */
export function settingFault(path: readonly [string, ...string[]], value: Json): string | undefined {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const root = path.reduceRight<Located>(
    (node, name) => mapOf(new Map([[name, { key: startOfFile, node }]]), startOfFile),
    scalarOf(value, startOfFile),
  );
  const fault = checkSchema([sourceOf('', text)], root).find((finding) => sameStart(finding.path, path));
  return fault?.message;
}

function sameStart(path: Path, wanted: Path): boolean {
  return wanted.every((step, index) => path[index] === step);
}
