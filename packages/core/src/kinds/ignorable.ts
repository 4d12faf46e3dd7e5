import { isKindName } from '../address.ts';
import type { IgnoredPaths } from '../diff/ignored.ts';
import { kinds } from './index.ts';
import type { RuleTable } from './kind.ts';

/** An entry of `ignore:` as the paths that it means, or why it means none. */
export type Ignorable =
  | { readonly status: 'known'; readonly kind: keyof typeof kinds; readonly paths: IgnoredPaths }
  | { readonly status: 'unknown'; readonly candidates: readonly string[] }
  /** It is what the object is, or other objects follow from it: it cannot be left alone. */
  | { readonly status: 'fixed'; readonly why: string };

/**
 * Reads `<kind>.<path>`, such as `monitor.schedule`. The path is one of the spec, a parent of such paths, the config key
 * that people know it by (`monitor.granularity`), or only its last part; it may mean several paths of the spec.
 */
export function ignorable(text: string): Ignorable {
  const dot = text.indexOf('.');
  const kind = text.slice(0, dot);
  const path = text.slice(dot + 1);
  if (dot < 0 || !isKindName(kind)) return { status: 'unknown', candidates: everything() };
  const { rules } = kinds[kind];
  const meant = Object.keys(rules).filter((rule) => means(rules, rule, path));
  if (meant.length === 0) return { status: 'unknown', candidates: everything() };
  const fixed = meant.flatMap((rule) => enforced(rules, rule) ?? []);
  if (fixed[0] !== undefined) return { status: 'fixed', why: fixed[0] };
  return { status: 'known', kind, paths: meant };
}

function means(rules: RuleTable, rule: string, path: string): boolean {
  const label = rules[rule]?.label;
  return [rule, ...(label === undefined ? [] : [label])].some(
    (name) => name === path || name.startsWith(`${path}.`) || name.endsWith(`.${path}`),
  );
}

/** Why a path cannot be left alone. */
function enforced(rules: RuleTable, path: string): string | undefined {
  const rule = rules[path]?.rules.find((candidate) => 'immutable' in candidate);
  return rule !== undefined && 'immutable' in rule ? rule.immutable : rules[path]?.enforced;
}

/** Everything that can be ignored, in the words of the config where there are some. */
function everything(): readonly string[] {
  return Object.values(kinds).flatMap(({ name, rules }) => {
    const free = Object.keys(rules).filter((path) => enforced(rules, path) === undefined);
    const names = free.flatMap((path) => [rules[path]?.label ?? path, path, ...parents(path)]);
    return [...new Set(names)].map((path) => `${name}.${path}`);
  });
}

function parents(path: string): readonly string[] {
  const keys = path.split('.');
  return keys.slice(1).map((_key, index) => keys.slice(0, index + 1).join('.'));
}
