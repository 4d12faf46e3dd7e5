import { compareText, type Json } from '../json.ts';
import type { RuleTable } from '../kinds/kind.ts';
import type { Change } from '../plan-file.ts';
import type { Place } from '../problem.ts';
import type { Spec } from '../spec.ts';
import { refsIn } from '../value.ts';
import { listPathOf } from './element-path.ts';
import { fieldRule, type FieldRule } from './field-rule.ts';
import { isIgnored, type IgnoredPaths } from './ignored.ts';
import { leaves } from './leaves.ts';

/** Three specs of one resource, normalised. `recorded` is what was last sent; it is empty for what the state does not know. */
export interface DiffInput {
  readonly rules: RuleTable;
  readonly recorded: Spec;
  readonly desired: Spec;
  readonly live: Spec;
  /** Paths that the service did not return after our write: while it does not, what was sent stands for them (W019). */
  readonly unreturned?: readonly string[];
  /** Paths in which the live object holds what was last sent although it is written in another form: they have not drifted. */
  readonly held?: readonly string[];
  /** Nothing unless given. */
  readonly ignored?: IgnoredPaths;
  /** Place of a desired path. */
  readonly from: (path: string) => Place | undefined;
}

export interface SpecDiff {
  /** What a write would change, by path. */
  readonly changes: readonly Change[];
  /** Paths in which only the state is behind: no write, the next apply records them. */
  readonly absorbed: readonly string[];
  /** Paths in which the live object left what was last sent. */
  readonly drifted: readonly Change[];
  /** Declared or recorded paths that were not compared because the config ignores them. */
  readonly ignored: readonly string[];
}

/**
 * Three-way diff over every leaf of `recorded ∪ desired`, never of `live` alone: what nobody declared is not ours.
 *
 * | recorded | desired | live | result |
 * |---|---|---|---|
 * | a | a | a | settled |
 * | a | b | a | change, `config` |
 * | a | a | c or – | change, `drift` |
 * | a | b | c | change, `config+drift` |
 * | a or – | b | b | absorbed: already so |
 * | a | – | a | reset to the default, `config` (or released) |
 * | a | – | c | reset, `config+drift` (or released) |
 * | a | – | – | absorbed: gone everywhere |
 * | – | b | c or – | change, `config` |
 * | any | unknown | any | change, known after apply |
 */
export function diffSpec(input: DiffInput): SpecDiff {
  const recorded = leaves(input.recorded, input.rules);
  const desired = leaves(input.desired, input.rules);
  const live = leaves(input.live, input.rules);
  const unreturned = new Set(input.unreturned);
  const held = new Set(input.held);
  const changes: Change[] = [];
  const absorbed: string[] = [];
  const drifted: Change[] = [];
  const ignored = new Set<string>();
  for (const path of [...new Set([...recorded.keys(), ...desired.keys()])].toSorted(compareText)) {
    const rule = fieldRule(input.rules, path);
    if (rule.createOnly || rule.kept) continue;
    // Not known before it is written; a change of what it follows from is a change of its own.
    if (rule.composed && !desired.has(path)) continue;
    if (isIgnored(input.ignored ?? [], path)) {
      ignored.add(listPathOf(path));
      continue;
    }
    const leaf: Leaf = {
      path,
      rule,
      recorded: recorded.get(path),
      desired: desired.get(path),
      live: rule.writeOnly || (unreturned.has(path) && !live.has(path)) ? recorded.get(path) : live.get(path),
      held: held.has(path),
      from: input.from(path),
    };
    const result = diffLeaf(leaf);
    if (result.change !== undefined) changes.push(result.change);
    if (result.absorbed) absorbed.push(path);
    if (result.drifted) drifted.push(changeOf(leaf, 'drift'));
  }
  return { changes, absorbed, drifted, ignored: [...ignored] };
}

interface Leaf {
  readonly path: string;
  readonly rule: FieldRule;
  readonly recorded: Json | undefined;
  readonly desired: Json | undefined;
  readonly live: Json | undefined;
  readonly held: boolean;
  readonly from: Place | undefined;
}

interface LeafResult {
  readonly change?: Change;
  readonly absorbed: boolean;
  readonly drifted: boolean;
}

function diffLeaf(leaf: Leaf): LeafResult {
  const recorded = leaf.rule.compare(leaf.recorded);
  const desired = leaf.rule.compare(leaf.desired);
  const live = leaf.rule.compare(leaf.live);
  const drifted = leaf.recorded !== undefined && live !== recorded && !leaf.held;
  if (leaf.desired !== undefined && refsIn(leaf.desired).length > 0) {
    return { change: { ...changeOf(leaf, 'config'), unknown: true }, absorbed: false, drifted };
  }
  if (desired === live) return { absorbed: recorded !== desired, drifted: drifted && recorded !== desired };
  if (leaf.desired === undefined && leaf.rule.release) return { absorbed: true, drifted };
  if (leaf.recorded === undefined || recorded === live)
    return { change: changeOf(leaf, 'config'), absorbed: false, drifted: false };
  return { change: changeOf(leaf, recorded === desired ? 'drift' : 'config+drift'), absorbed: false, drifted: true };
}

function changeOf(leaf: Leaf, reason: Change['reason']): Change {
  return {
    path: leaf.path,
    ...(leaf.rule.label === undefined ? {} : { label: leaf.rule.label }),
    ...(leaf.recorded === undefined ? {} : { recorded: leaf.recorded }),
    ...(leaf.desired === undefined ? {} : { desired: leaf.desired }),
    ...(leaf.live === undefined || leaf.rule.compare(leaf.live) === undefined
      ? {}
      : { live: leaf.rule.spelt(leaf.live) }),
    reason,
    ...(leaf.rule.immutable === undefined ? {} : { forces: true }),
    ...(leaf.from === undefined ? {} : { from: leaf.from }),
  };
}
