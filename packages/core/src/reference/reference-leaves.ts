import { valueAtPath, withValueAt } from '../diff/element-path.ts';
import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import type { Spec } from '../spec.ts';
import type { ReferencePaths } from './reference-paths.ts';
import { fillTemplate, namesIn, type Environment } from './template.ts';

/** The value with every text in it changed. */
export function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (isJsonArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}

export function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isJsonArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** The spec with some of its leaves changed. */
export function mapLeaves(spec: Spec, paths: ReferencePaths, change: (value: Json, path: string) => Json): Spec {
  return paths.reduce((changed, path) => {
    const value = valueAtPath(changed, path);
    return value === undefined ? changed : withValueAt(changed, path, change(value, path));
  }, spec);
}

/** The spec that its templates stand for; a text whose variable is not set stays a template. */
export function fillReferences(spec: Spec, paths: ReferencePaths, environment: Environment): Spec {
  return mapLeaves(spec, paths, (value) =>
    mapTexts(value, (template) => fillTemplate(template, environment) ?? template),
  );
}

/** Variables that the templates of a spec name, each once. */
export function referencedNames(spec: Spec, paths: ReferencePaths): readonly string[] {
  const names: string[] = [];
  mapLeaves(spec, paths, (value) => {
    names.push(...textsIn(value).flatMap(namesIn));
    return value;
  });
  return [...new Set(names)];
}
