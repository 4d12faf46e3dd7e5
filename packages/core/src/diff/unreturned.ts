import { compareText } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Spec } from '../spec.ts';
import { fieldRule } from './field-rule.ts';
import { leaves } from './leaves.ts';

/**
 * Declared paths that the service did not return after our own write (W019): such a path is compared with what was sent
 * for as long as it stays away, so that it is no difference for ever. A value that means "not set" may stay away.
 */
export function unreturnedPaths(kind: Kind, sent: Spec, returned: Spec): readonly string[] {
  const found = leaves(kind.normalise(returned), kind.rules);
  return [...leaves(kind.normalise(sent), kind.rules)]
    .filter(([path, value]) => {
      const rule = fieldRule(kind.rules, path);
      return !rule.createOnly && !rule.writeOnly && !rule.kept && rule.compare(value) !== undefined && !found.has(path);
    })
    .map(([path]) => path)
    .toSorted(compareText);
}
