import type { RuleTable } from '../kinds/kind.ts';
import type { Spec } from '../spec.ts';
import { fieldRule } from './field-rule.ts';
import { leaves } from './leaves.ts';

/** True if every leaf of `spec` that the service returns is so in `live`. Both normalised; other leaves do not matter. */
export function specHolds(rules: RuleTable, spec: Spec, live: Spec): boolean {
  const found = leaves(live, rules);
  return [...leaves(spec, rules)].every(([path, value]) => {
    const rule = fieldRule(rules, path);
    if (rule.grants !== undefined) return true;
    return rule.createOnly || rule.writeOnly || rule.composed || rule.compare(value) === rule.compare(found.get(path));
  });
}
