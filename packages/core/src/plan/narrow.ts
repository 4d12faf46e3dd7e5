import type { Address } from '../address.ts';
import type { Facts } from '../desired.ts';
import type { Action, Op } from '../plan-file.ts';
import { factsOfAddress, selects } from '../selection/selects.ts';
import type { Selection, SelectionSubject } from '../selection/selection.ts';

/** What a run is limited to. Both are shown in the plan as they were written. */
export interface Scope {
  readonly select?: { readonly text: string; readonly selection: Selection };
  readonly exclude?: { readonly text: string; readonly selection: Selection };
}

export interface Narrowed {
  readonly ops: readonly Op[];
  /** Selected operations that cannot run without one that is left out. */
  readonly held: readonly { readonly address: Address; readonly because: string }[];
  /** How many operations are left out. */
  readonly left: number;
}

/** Which operations are asked for, and which must not run even where one that is asked for needs them. */
export interface Choice {
  readonly wanted: (op: Op) => boolean;
  readonly excluded: (op: Op) => boolean;
  /** What an operation that is left out is not: `selected`. */
  readonly word: string;
}

/** What is selected by: the config's facts about a resource, or what its address says. */
export function subjectOf(address: Address, action: Action, facts: ReadonlyMap<Address, Facts>): SelectionSubject {
  return { address, action, facts: facts.get(address) ?? factsOfAddress(address) };
}

/** Whether a scope asks for an operation itself; what comes along with another is not meant. */
export function isInScope(scope: Scope, subject: SelectionSubject): boolean {
  const selected = scope.select === undefined || selects(scope.select.selection, subject);
  return selected && !isExcluded(scope, subject);
}

function isExcluded({ exclude }: Scope, subject: SelectionSubject): boolean {
  return exclude !== undefined && selects(exclude.selection, subject);
}

/** The operations of a scope. */
export function narrow(ops: readonly Op[], scope: Scope, facts: ReadonlyMap<Address, Facts>): Narrowed {
  const subject = ({ address, action }: Op): SelectionSubject => subjectOf(address, action, facts);
  return narrowTo(ops, {
    wanted: (op) => isInScope(scope, subject(op)),
    excluded: (op) => isExcluded(scope, subject(op)),
    word: 'selected',
  });
}

/**
 * The operations of a choice. What a write needs comes along with it, unless it is excluded: then the write is held. A
 * delete brings nothing along: it is held when something that is left out still rests on what it deletes.
 */
export function narrowTo(ops: readonly Op[], { wanted: isWanted, excluded, word }: Choice): Narrowed {
  const all = new Map(ops.map((op) => [op.address, op]));
  const wanted = ops.filter((op) => isWanted(op) && !excluded(op));
  const taken = new Map<Address, Op>();
  const held = new Map<Address, string>();

  /** Undefined when the operation runs, else why it cannot. */
  const take = (op: Op): string | undefined => {
    if (taken.has(op.address)) return undefined;
    const known = held.get(op.address);
    if (known !== undefined) return known;
    for (const { address, need } of op.needs) {
      const needed = all.get(address);
      if (needed === undefined || need === 'order') continue;
      const isChosen = op.action === 'delete' ? wanted.includes(needed) : !excluded(needed);
      const because = isChosen ? take(needed) : `needs ${needed.action} ${address}, which is not ${word}`;
      if (because === undefined) continue;
      held.set(op.address, because);
      return because;
    }
    taken.set(op.address, op);
    return undefined;
  };
  for (const op of wanted) take(op);
  const kept = ops.filter((op) => taken.has(op.address));
  const chosen = new Set(wanted.map((op) => op.address));
  return {
    ops: kept,
    held: [...held].filter(([address]) => chosen.has(address)).map(([address, because]) => ({ address, because })),
    left: ops.length - kept.length,
  };
}
