import { fieldRule } from '../diff/field-rule.ts';
import type { Kind } from '../kinds/kind.ts';
import type { RecordedResource } from '../recorded.ts';
import type { Spec } from '../spec.ts';

/**
 * `spec` with its create-only values as they were at birth: those of the object that exists, not those that the config
 * asks for now. So the state stays true when a config moves its folders, and no diff ever comes of it.
 */
export function withBirthValues(kind: Kind, spec: Spec, born: Spec): Spec {
  const kept = Object.entries(spec).filter(([key]) => !fieldRule(kind.rules, key).createOnly);
  const values = Object.entries(born).filter(([key]) => fieldRule(kind.rules, key).createOnly);
  return Object.fromEntries([...kept, ...values]);
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
