import { asTemplate, kindOf, kinds, leaves, mapLeaves, mapTexts, type DesiredResource, type Json } from '@dpo/core';
import { isNaming, pathText, type LoadedConfig } from '@dpo/config';

/** What came from the environment → what stands for it. */
type Texts = ReadonlyMap<string, string>;

/**
 * Turns resources into ones whose texts from the environment are kept by reference (ruling 77): in the spec stands what the
 * config says, with only the variables of the environment left, and `references` names those leaves. What names things
 * stays as it is, and so does what is no text. A value is known by the place of its setting, not by what it says: another
 * setting with the same value stays a literal.
 */
export function keepByReference(loaded: LoadedConfig): (resource: DesiredResource) => DesiredResource {
  const settings = textsBySetting(loaded);
  if (settings.size === 0) return (resource) => resource;
  return (resource) => {
    const texts = new Map<string, Texts>();
    for (const path of leaves(resource.spec, kinds[kindOf(resource.address)].rules).keys()) {
      const known = settings.get(settingOf(resource, path) ?? '');
      if (known !== undefined) texts.set(path, known);
    }
    const references: string[] = [];
    const spec = mapLeaves(resource.spec, [...texts.keys()], (value, path) => {
      const template = templateOf(value, texts.get(path) ?? new Map<string, string>());
      if (template !== undefined) references.push(path);
      return template ?? value;
    });
    return references.length === 0
      ? resource
      : { ...resource, spec, references: [...new Set([...references, ...(resource.references ?? [])])].toSorted() };
  };
}

/** `undefined` if nothing in it came from the environment. */
function templateOf(value: Json, texts: Texts): Json | undefined {
  let found = false;
  const template = mapTexts(value, (text) => {
    const written = texts.get(text);
    found ||= written !== undefined;
    return written ?? asTemplate(text);
  });
  return found ? template : undefined;
}

/** By the path of a setting: everything at it and below it. A spec may take a setting as a whole or in parts. */
function textsBySetting({ references }: LoadedConfig): ReadonlyMap<string, Texts> {
  const settings = new Map<string, Map<string, string>>();
  for (const { path, value, text } of references) {
    if (typeof value !== 'string' || isNaming(path)) continue;
    for (let length = path.length; length > 0; length -= 1) {
      const setting = pathText(path.slice(0, length));
      const texts = settings.get(setting) ?? new Map<string, string>();
      settings.set(setting, texts.set(value, text));
    }
  }
  return settings;
}

/** Config path of the setting that gave a leaf. The resource as a whole has a place too, but no value comes from there. */
function settingOf({ origins, place: whole }: DesiredResource, path: string): string | undefined {
  for (let at = path; at !== ''; at = parentOf(at)) {
    const place = origins[at];
    if (place === undefined) continue;
    const setting = 'path' in place ? place.path : undefined;
    return 'path' in whole && whole.path === setting ? undefined : setting;
  }
  return undefined;
}

/** An element of a list is below its list. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.'), path.lastIndexOf('[')));
}
