import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Spec } from '../spec.ts';
import { fieldRule } from './field-rule.ts';

export interface GrantSides {
  readonly desired: Spec | undefined;
  /** Empty for what the state does not know: then no grant that is there is ours. */
  readonly recorded: Spec;
  readonly live: Spec;
}

/** One principal and its level. `over`: the level that somebody else had given before ours, which is no longer ours alone. */
interface Grant {
  readonly to: string;
  readonly level: string;
  readonly over?: string;
}

/**
 * Leaves of the grants what is ours to decide about, so that an ordinary diff of the three sides takes nobody else's away
 * (W006). By principal; what is not mentioned stays as it is:
 *
 * | recorded | live | desired | result |
 * |---|---|---|---|
 * | – | at least b | b | somebody else's, and enough: not ours, nothing to do |
 * | – | less than b | b | raised, and remembered as raised: it is never taken away |
 * | – | – | b | granted, ours |
 * | a | a | a or b or – | ours: settled, changed or taken away |
 * | a | – | a | drift: granted again |
 * | a | another | at least, or – | somebody changed it: theirs from now on |
 *
 * Grants that cannot be seen (the live side has no such list) are taken to be as recorded. On what the object makes later no
 * list means that it is not there yet, and anything that is no list that they cannot be seen.
 */
export function ownGrants(kind: Kind, sides: GrantSides): GrantSides {
  return Object.keys(kind.rules).reduce((done, path) => {
    const { grants: levels, onOutputs } = fieldRule(kind.rules, path);
    const asked = [done.desired?.[path], done.recorded[path]].some((list) => grantsIn(list).length > 0);
    if (levels === undefined || !asked) return done;
    return onOutputs && done.live[path] === undefined ? untouched(done, path) : settled(done, path, levels);
  }, sides);
}

/** What is not there, or was not looked at: nothing is wanted on it, and the state goes on to say what it said. */
function untouched({ desired, recorded, live }: GrantSides, path: string): GrantSides {
  const known = grantsIn(recorded[path]);
  return {
    desired: desired === undefined ? undefined : withGrants(desired, path, known),
    recorded,
    live: withGrants(live, path, known),
  };
}

/**
 * The spec of what is made anew: what its forerunner made is still there with all that was granted on it, and what it will make
 * itself is not there yet (W006).
 */
export function bornSpec(kind: Kind, spec: Spec, recorded: Spec | undefined): Spec {
  const outputs = Object.keys(kind.rules).filter((path) => fieldRule(kind.rules, path).onOutputs);
  return outputs.reduce((born, path) => withGrants(born, path, grantsIn(recorded?.[path])), spec);
}

function settled({ desired, recorded, live }: GrantSides, path: string, levels: readonly string[]): GrantSides {
  const wanted = grantsIn(desired?.[path]);
  const known = grantsIn(recorded[path]).filter(({ over }) => over === undefined);
  const seen = isJsonArray(live[path]) ? grantsIn(live[path]) : known;
  const names = new Map([...known, ...wanted].map(({ to }) => [to.toLowerCase(), to]));
  const kept = [...names.values()].map((to) => {
    const of = (list: readonly Grant[]): Grant | undefined => list.find((grant) => isSame(grant.to, to));
    return decided({ to, wanted: of(wanted), known: of(known), seen: of(seen) }, levels);
  });
  const side = (name: 'wanted' | 'known' | 'seen'): readonly Grant[] =>
    kept.flatMap((each) => (each?.[name] === undefined ? [] : [each[name]]));
  return {
    desired: desired === undefined ? undefined : withGrants(desired, path, side('wanted')),
    recorded: withGrants(recorded, path, side('known')),
    live: withGrants(live, path, side('seen')),
  };
}

interface One {
  readonly to: string;
  readonly wanted?: Grant | undefined;
  readonly known?: Grant | undefined;
  readonly seen?: Grant | undefined;
}

/** The three sides of one principal; `undefined` where there is nothing of ours. */
function decided({ to, wanted, known, seen }: One, levels: readonly string[]): Omit<One, 'to'> | undefined {
  const theirs = seen !== undefined && seen.level !== known?.level;
  if (!theirs) return { wanted: spelt(wanted, to), known: spelt(known, to), seen: spelt(seen, to) };
  const enough = wanted === undefined || levels.indexOf(seen.level) >= levels.indexOf(wanted.level);
  if (enough) return undefined;
  // Ours, lowered by somebody: set back. Theirs, and less than what is asked for: raised, and never ours.
  if (known !== undefined) return { wanted, known: spelt(known, to), seen: spelt(seen, to) };
  return { wanted: { ...wanted, over: seen.level }, seen: { to, level: seen.level, over: seen.level } };
}

function spelt(grant: Grant | undefined, to: string): Grant | undefined {
  return grant === undefined ? undefined : { to, level: grant.level };
}

function withGrants(spec: Spec, path: string, grants: readonly Grant[]): Spec {
  const { [path]: _grants, ...others } = spec;
  return grants.length === 0 ? others : { ...others, [path]: grants.map((grant): JsonObject => ({ ...grant })) };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function grantsIn(list: Json | undefined): readonly Grant[] {
  if (!isJsonArray(list)) return [];
  return list.flatMap((each) => {
    if (!isJsonObject(each) || typeof each['to'] !== 'string' || typeof each['level'] !== 'string') return [];
    const { to, level, over } = each;
    return [{ to, level, ...(typeof over === 'string' ? { over } : {}) }];
  });
}
