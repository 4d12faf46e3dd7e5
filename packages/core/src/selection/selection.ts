import type { Facts } from '../desired.ts';
import type { Action } from '../plan-file.ts';
import type { Place } from '../problem.ts';

/** What an atom can ask for. `label` and `tag` compare `key=value`, or the key alone. */
export const selectionKeys = ['table', 'schema', 'group', 'tag', 'owner', 'type', 'kind', 'action', 'label'] as const;
export type SelectionKey = (typeof selectionKeys)[number];

/** A selection as a tree. A glob is matched against the whole value, without regard to case. */
export type Selection =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Selection[] }
  | { readonly kind: 'not'; readonly of: Selection }
  /** Without a key: the address, or the table it is about. */
  | {
      readonly kind: 'atom';
      readonly key?: SelectionKey;
      readonly glob: string;
      /** Where it was written, for faults that only show later. */
      readonly place: Place;
    };

/** What a selection is asked about: one operation of a plan. */
export interface SelectionSubject {
  readonly address: string;
  readonly action: Action;
  readonly facts: Facts;
}
