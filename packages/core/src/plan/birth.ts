import { fieldRule } from '../diff/field-rule.ts';
import type { Json } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Marker } from '../live.ts';
import type { RecordedResource } from '../recorded.ts';
import type { Spec } from '../spec.ts';

/**
 * `spec` with its create-only values as they were at birth: those of the object that exists, not those that the config
 * asks for now. So the state stays true when a config moves its folders, and no diff ever comes of it. A value that only
 * is spelt another way is taken as `spec` spells it.
 */
export function withBirthValues(kind: Kind, spec: Spec, born: Spec): Spec {
  const kept = Object.entries(spec).filter(([key]) => !fieldRule(kind.rules, key).createOnly);
  const values = Object.entries(born).flatMap(([key, value]): [string, Json][] => {
    const { createOnly, compare, spelt } = fieldRule(kind.rules, key);
    if (!createOnly || compare(value) === undefined) return [];
    const wanted = spec[key];
    return [[key, wanted !== undefined && compare(wanted) === compare(value) ? wanted : spelt(value)]];
  });
  return Object.fromEntries([...kept, ...values]);
}

/**
 * Create-only paths for which the config asks for something else than what the object was born with. Nothing comes of
 * them but a note. Of the birthmark of what was taken over from somebody nothing is said: it is theirs for good.
 */
export function keptAtBirth(
  { kind, owner }: { readonly kind: Kind; readonly owner: string },
  spec: Spec,
  { born, marker }: { readonly born: Spec; readonly marker: Marker | undefined },
): readonly string[] {
  return Object.keys(spec).filter((path) => {
    const rule = fieldRule(kind.rules, path);
    const [asked, stands] = [rule.compare(spec[path]), rule.compare(born[path])];
    const theirs = path === kind.birthmark && marker?.owner !== owner;
    return rule.createOnly && !theirs && stands !== undefined && asked !== stands;
  });
}

/**
 * True if somebody deleted our object and made another one under the same id. A value that cannot be read (a foreign
 * workspace hides it) proves nothing.
 */
export function bornElsewhere(kind: Kind, recorded: RecordedResource, live: Spec): boolean {
  if (kind.birthmark === undefined) return false;
  const rule = fieldRule(kind.rules, kind.birthmark);
  const ours = rule.compare(recorded.applied[kind.birthmark]);
  const theirs = rule.compare(live[kind.birthmark]);
  return ours !== undefined && theirs !== undefined && ours !== theirs;
}

/**
 * True if the marker names somebody else. What was imported keeps the marker it was born with, and the state says so:
 * its birthmark is the recorded one.
 */
export function isForeign(
  { kind, owner }: { readonly kind: Kind; readonly owner: string },
  recorded: RecordedResource,
  live: { readonly marker?: Marker; readonly fields: Spec },
): boolean {
  if (bornElsewhere(kind, recorded, live.fields)) return true;
  if (live.marker === undefined || live.marker.owner === owner) return false;
  const mark = kind.birthmark;
  return mark === undefined || recorded.applied[mark] === undefined || live.fields[mark] === undefined;
}
