import { kindNames, kindOf, nameOf, type Address } from '../address.ts';
import type { Facts } from '../desired.ts';
import { actions } from '../plan-file.ts';
import { matchesGlob } from './glob.ts';
import { selects } from './selects.ts';
import type { Selection, SelectionKey } from './selection.ts';

/** A resource that a selection may mean. `facts` are those of the config, or what the address says by itself. */
export interface Selectable {
  readonly address: Address;
  readonly facts: Facts;
}

export type SelectionAtom = Extract<Selection, { readonly kind: 'atom' }>;

/** A selector that nothing has; `known` is what it could have meant, in the words that it would be written with. */
export interface Miss {
  readonly atom: SelectionAtom;
  readonly known: readonly string[];
}

/** Keys whose values are fixed, whether anything has them or not. */
const vocabulary: Readonly<Partial<Record<SelectionKey, readonly string[]>>> = {
  action: actions,
  kind: kindNames,
  type: ['INFERENCE', 'SNAPSHOT', 'TIMESERIES'],
};

/** Selectors that name something which does not exist. A glob that matches nothing is no such: it may match tomorrow. */
export function selectionMisses(selection: Selection, resources: readonly Selectable[]): readonly Miss[] {
  return atomsOf(selection).flatMap((atom): readonly Miss[] => {
    const fixed = atom.key === undefined ? undefined : vocabulary[atom.key];
    if (fixed !== undefined) {
      return fixed.some((value) => matchesGlob(atom.glob, value)) ? [] : [{ atom, known: fixed }];
    }
    if (/[*?]/u.test(atom.glob) || canSelect(atom, resources)) return [];
    return [{ atom, known: [...new Set(resources.flatMap((resource) => valuesFor(atom.key, resource)))] }];
  });
}

/** Whether a selection has any of these resources, whatever there is to be done with it. */
export function canSelect(selection: Selection, resources: readonly Selectable[]): boolean {
  return resources.some(({ address, facts }) =>
    actions.some((action) => selects(selection, { address, action, facts })),
  );
}

export function atomsOf(selection: Selection): readonly SelectionAtom[] {
  switch (selection.kind) {
    case 'all':
    case 'any':
      return selection.of.flatMap(atomsOf);
    case 'not':
      return atomsOf(selection.of);
    case 'atom':
      return [selection];
  }
}

function valuesFor(key: SelectionKey | undefined, { address, facts }: Selectable): readonly string[] {
  switch (key) {
    case undefined:
      return kindOf(address) === 'schema' ? [address] : [address, nameOf(address)];
    case 'table':
    case 'schema':
    case 'group':
    case 'owner':
    case 'type':
      return facts[key] === undefined ? [] : [facts[key]];
    case 'tag':
      return pairs(facts.tags);
    case 'label':
      return pairs(facts.labels);
    case 'kind':
    case 'action':
      return [];
  }
}

function pairs(values: Facts['tags'] = {}): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => [key, `${key}=${value}`]);
}
