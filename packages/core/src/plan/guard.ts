import { fieldRule } from '../diff/field-rule.ts';
import { isIgnored, type IgnoredPaths } from '../diff/ignored.ts';
import { listPathOf, valueAtPath } from '../diff/element-path.ts';
import { leaves } from '../diff/leaves.ts';
import { hashJson } from '../hash.ts';
import { compareText } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Observation } from '../live.ts';
import type { Guard } from '../plan-file.ts';
import type { ReferencePaths } from '../reference/reference-paths.ts';
import type { Spec } from '../spec.ts';

/**
 * What the planner saw, over the paths the plan speaks of: those declared or recorded. A stranger's change elsewhere
 * does not make a plan stale. `paths` comes from `guardedPaths`.
 */
export function guardOf(kind: Kind, observation: Observation, paths: readonly string[]): Guard | undefined {
  switch (observation.status) {
    case 'absent':
      return { absent: true };
    case 'present': {
      const live = kind.normalise(observation.fields);
      // The birthmark is always among them: another object in the place of ours is never what the plan saw.
      const watched = kind.birthmark === undefined ? paths : [...new Set([...paths, kind.birthmark])];
      const seen = watched.map((path) => [path, fieldRule(kind.rules, path).compare(valueAtPath(live, path)) ?? null]);
      return { id: observation.id, hash: `sha256:${hashJson(Object.fromEntries(seen))}` };
    }
    case 'unreadable':
      return undefined;
  }
}

interface Guarded {
  readonly kind: Kind;
  readonly ignored: IgnoredPaths;
  readonly references?: ReferencePaths;
}

/**
 * The paths a guard covers: every leaf of the two specs that the service returns, that can change, that the config does
 * not ignore, and that is not kept by reference: a plan holds no hash of a secret, and may be applied where a variable has
 * another value. A list of elements with a key is covered as a whole, or not at all: it is written as a whole (ruling 35).
 */
export function guardedPaths(
  { kind, ignored, references = [] }: Guarded,
  ...specs: readonly (Spec | undefined)[]
): readonly string[] {
  const paths = new Set(
    specs.flatMap((spec) => (spec === undefined ? [] : [...leaves(spec, kind.rules).keys()].map(listPathOf))),
  );
  const kept = new Set(references.map(listPathOf));
  return [...paths]
    .filter((path) => {
      const rule = fieldRule(kind.rules, path);
      return !rule.createOnly && !rule.writeOnly && !rule.kept && !isIgnored(ignored, path) && !kept.has(path);
    })
    .toSorted(compareText);
}
