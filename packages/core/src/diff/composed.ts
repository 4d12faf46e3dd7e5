import type { Kind } from '../kinds/kind.ts';
import type { Spec } from '../spec.ts';
import { fieldRule } from './field-rule.ts';

/** A spec as it was written: what the provider composed, or gave, is what it says, not what the plan foresaw. */
export function withComposed(kind: Kind, spec: Spec, written: Spec): Spec {
  const composed = Object.keys(kind.rules).filter((path) => {
    const rule = fieldRule(kind.rules, path);
    return rule.composed || rule.onPlace;
  });
  const found = composed.flatMap((path) => (written[path] === undefined ? [] : [[path, written[path]] as const]));
  return found.length === 0 ? spec : { ...spec, ...Object.fromEntries(found) };
}
