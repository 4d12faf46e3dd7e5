import { nearest } from '@dpo/config';
import {
  atomsOf,
  canSelect,
  factsOfAddress,
  selectionMisses,
  type Address,
  type Desired,
  type Miss,
  type PlanMode,
  type Problem,
  type Recorded,
  type Scope,
  type Selectable,
  type SelectionAtom,
} from '@dpo/core';
import { listSome, suggestAddress } from './suggest.ts';

type Part = NonNullable<Scope['select']>;

/** What only the settings of the config tell of a resource. */
const settingsKeys: readonly SelectionAtom['key'][] = ['group', 'tag', 'owner', 'type', 'label'];

const readsNoSettings: Readonly<Record<Exclude<PlanMode, 'apply'>, string>> = {
  destroy: 'a destroy',
  'refresh-only': '--refresh-only',
};

/**
 * What cannot be asked of a plan of this mode. A selector that is never true would let a destroy take what it was to leave
 * out, so that it is an error.
 */
export function checkScopeKeys(scope: Scope, mode: PlanMode): readonly Problem[] {
  if (mode === 'apply') return [];
  const because = `${readsNoSettings[mode]}, which reads no settings`;
  return keyFaults(scope, settingsKeys, { because, hint: 'select by address, table, schema, kind or action' });
}

/** Where nothing is planned there are no actions. */
export function checkPlanKeys(scope: Scope): readonly Problem[] {
  const hint = 'select by address, table, schema, kind, group, tag, owner, type or label';
  return keyFaults(scope, ['action'], { because: 'a command that plans nothing', hint });
}

function keyFaults(
  scope: Scope,
  keys: readonly SelectionAtom['key'][],
  { because, hint }: { readonly because: string; readonly hint: string },
): readonly Problem[] {
  return partsOf(scope).flatMap(([, part]) =>
    atomsOf(part.selection)
      .filter(({ key }) => keys.includes(key))
      .map((atom) =>
        problemAt(atom, part, { code: 'SELECT.KEY', message: `'${written(atom)}' is not known to ${because}`, hint }),
      ),
  );
}

/** Selectors that name what does not exist, and a selection that has nothing at all. */
export function checkScope(scope: Scope, desired: Desired, recorded: Recorded): readonly Problem[] {
  const resources = selectablesOf(desired, recorded);
  return partsOf(scope).flatMap(([flag, part]): readonly Problem[] => {
    const misses = selectionMisses(part.selection, resources);
    if (misses.length > 0) return misses.map((miss) => unknown(miss, part, desired));
    if (canSelect(part.selection, resources)) return [];
    return [
      {
        code: 'SELECT.NOTHING',
        // Without it everything would be done, or nothing: only the latter is surely not what was meant.
        severity: flag === '--select' ? 'error' : 'warning',
        message: `nothing matches ${flag} '${part.text}'`,
        hint: flag === '--select' ? 'see what there is: dpo plan' : 'nothing is left out',
      },
    ];
  });
}

/** Addresses to replace that the config does not ask for. */
export function checkReplace(replace: ReadonlySet<Address>, { resources }: Desired): readonly Problem[] {
  const known = resources.map(({ address }) => address);
  const wanted = new Set(known);
  return [...replace]
    .filter((address) => !wanted.has(address))
    .map((address) => ({
      code: 'PLAN.UNKNOWN_ADDRESS',
      severity: 'error',
      message: `the config asks for no '${address}', so that it cannot be replaced`,
      hint: suggestAddress(address, known) ?? `it asks for: ${listSome(known)}`,
    }));
}

function partsOf({ select, exclude }: Scope): readonly (readonly ['--select' | '--exclude', Part])[] {
  return [
    ...(select === undefined ? [] : [['--select', select] as const]),
    ...(exclude === undefined ? [] : [['--exclude', exclude] as const]),
  ];
}

/** Everything that an operation may be about, also what is skipped or could not be decided. */
function selectablesOf(desired: Desired, recorded: Recorded): readonly Selectable[] {
  const facts = new Map(desired.resources.map((resource) => [resource.address, resource.facts]));
  const others = [...recorded.resources.keys(), ...undecidedIn(desired)];
  return [...new Set([...facts.keys(), ...others])].map((address) => ({
    address,
    facts: facts.get(address) ?? factsOfAddress(address),
  }));
}

function undecidedIn({ skipped, undecided }: Desired): readonly Address[] {
  return [...skipped, ...undecided].map(({ address }) => address);
}

/** What is skipped or undecided has facts that nobody knows: then nothing is sure to be unknown. */
function unknown({ atom, known }: Miss, part: Part, desired: Desired): Problem {
  const unsure = settingsKeys.includes(atom.key) && undecidedIn(desired).length > 0;
  const near = nearest(atom.glob, known);
  const prefix = atom.key === undefined ? '' : `${atom.key}:`;
  const problem = problemAt(atom, part, {
    code: 'SELECT.UNKNOWN',
    message: `nothing matches '${written(atom)}'`,
    hint: near === undefined ? `known: ${listSome(known)}` : `did you mean '${prefix}${quoted(near)}'?`,
  });
  return unsure ? { ...problem, severity: 'warning' } : problem;
}

function problemAt(
  { place }: SelectionAtom,
  { text }: Part,
  problem: Pick<Problem, 'code' | 'message' | 'hint'>,
): Problem {
  return { severity: 'error', ...problem, place, snippet: { line: 1, text } };
}

function written({ key, glob }: SelectionAtom): string {
  return `${key === undefined ? '' : `${key}:`}${quoted(glob)}`;
}

function quoted(value: string): string {
  return /[\s&|!()'"]/u.test(value) ? `"${value}"` : value;
}
