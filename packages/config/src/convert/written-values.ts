import { isJsonArray, isJsonObject, type Json } from '@dpo/core';
import type { Path } from '../finding.ts';
import { spotAt, type Located } from '../located.ts';
import { schemaAt } from '../schema/schema-at.ts';
import { typesOf } from '../schema/schema-node.ts';
import type { Source } from '../source.ts';
import { describePath, describeValue, shorten } from '../words.ts';
import { meansElse, speltElse, type Change } from './change.ts';
import type { Edit } from './edit.ts';

/** YAML 1.1, which the Python tool read. */
const yes = /^(?:yes|on|true)$/i;
const no = /^(?:no|off|false)$/i;

/** Bounds that the Python tool did not have. */
const minima: Readonly<Record<string, number>> = {
  wait_timeout_seconds: 1,
  wait_poll_interval: 1,
  max_slicing_cardinality: 1,
};

interface Walk {
  readonly source: Source;
  readonly root: Located;
}

/** Values that mean one thing only and are written in a way that dpo refuses. What is left is reported as `validate` does. */
export function writtenValues(source: Source, root: Located): Change {
  const edits = valuesBelow({ source, root }, root.value, []);
  return {
    edits,
    findings: edits.map(({ path, value }) => {
      const now = typeof value === 'string' ? `'${shorten(value)}'` : describeValue(value);
      if (!Object.hasOwn(minima, String(path.at(-1)))) {
        return speltElse(root, { path, message: `${describePath(path)} is written as ${now} now` });
      }
      return meansElse(root, { path, message: `${describePath(path)} has to be at least 1 and is ${now} now` });
    }),
  };
}

type Written = Extract<Edit, { readonly action: 'set' }>;

function valuesBelow(walk: Walk, value: Json, path: Path): readonly Written[] {
  if (isJsonArray(value)) return value.flatMap((item, index) => valuesBelow(walk, item, [...path, index]));
  if (isJsonObject(value)) {
    return Object.entries(value).flatMap(([key, inner]) =>
      path.length === 0 && key.startsWith('x-') ? [] : valuesBelow(walk, inner, [...path, key]),
    );
  }
  const written = rewritten(walk, value, path);
  return written === undefined ? [] : [{ action: 'set', path, value: written }];
}

function rewritten({ source, root }: Walk, value: Json, path: Path): Json | undefined {
  const types = typesOf(schemaAt(path) ?? {});
  const wants = (...names: readonly string[]): boolean => names.some((name) => types.includes(name));
  if (typeof value === 'string') {
    if (wants('string')) return value.includes('${') ? value.replaceAll('${', () => '$${') : undefined;
    if (wants('boolean')) return yes.test(value) ? true : no.test(value) ? false : undefined;
    return wants('number', 'integer') && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
  }
  const least = minima[String(path.at(-1))];
  if (typeof value === 'number' && least !== undefined) return value < least ? least : undefined;
  if (value === null || !wants('string') || wants(typeof value)) return undefined;
  // As it stands in the file: a number loses its zeros.
  return source.text.slice(...spotAt(root, path).node.range);
}
