import { nameOf } from '../address.ts';
import type { Lookup } from '../kinds/kind.ts';
import type { Observation } from '../live.ts';
import type { Guard } from '../plan-file.ts';
import type { RecordedResource } from '../recorded.ts';
import { isForeign } from './birth.ts';
import type { Decision, DraftOp, Node } from './decision.ts';
import { blockedElsewhere, isBoundElsewhere } from './elsewhere.ts';
import { guardedPaths, guardOf } from './guard.ts';
import { isPath } from './interrupted-creates.ts';
import { leftoverPart, restOfPurge } from './purge.ts';

/**
 * The fate of an address that the config does not want (or, in a destroy, does not want any more). Only what the state
 * knows, or what carries our marker in a destroy, is ever deleted.
 */
export function decideUnwanted(node: Node, mode: 'apply' | 'destroy'): Decision {
  const { recorded, live } = node;
  if (live.status === 'unreadable') throw new TypeError('an unreadable object has no fate');
  const marked = live.status === 'present' && live.marker?.owner === node.owner;
  if (recorded === undefined) {
    if (marked && (mode === 'destroy' || node.interrupted)) return remove(node, live, mode);
    if (!node.interrupted) return { verdict: 'invisible' };
    return forget(node, 'an interrupted run was creating it; nothing of ours is there', absentGuard(live));
  }
  if (isBoundElsewhere(live)) return blockedElsewhere(node.address);
  if (live.status === 'absent') return gone(node, recorded);
  // Our delete went through and our create may have too, without an answer: only the marker tells.
  if (recorded.status === 'replacing:deleted' && !marked)
    return forget(node, 'ours is gone; what is there now is left alone');
  if (live.id !== recorded.id) return forget(node, 'another object stands behind this name now: it is left alone');
  if (isForeign(node, recorded, live)) {
    return forget(node, 'somebody deleted ours and made another one: it is left alone');
  }
  return remove(node, live, mode);
}

type Present = Extract<Observation, { status: 'present' }>;

function gone(node: Node, recorded: RecordedResource): Decision {
  const rest = restOfPurge(node);
  if (rest !== undefined) return rest;
  const survives = recorded.status === 'purging' ? leftoverPart(node, recorded.out).survives : [];
  return { ...forget(node, 'it is already gone', { absent: true }), survives };
}

/** A schema is not deleted with what is in it: what this plan leaves in it decides that in the end (`filledSchemas`). */
function remove(node: Node, live: Present, mode: 'apply' | 'destroy'): Decision {
  const tables = live.out['tables'];
  const holds = node.kind.name === 'schema' && typeof tables === 'number' && tables > 0;
  const guard = guardOf(node.kind, live, guardedPaths(node, node.recorded?.applied));
  const { members, survives } = leftoverPart(node, live.out);
  const op: DraftOp = {
    address: node.address,
    action: 'delete',
    reasons: [mode === 'destroy' ? 'destroy' : 'removed'],
    id: live.id,
    ...(guard === undefined ? {} : { guard }),
    changes: [],
    notes: [
      ...(holds ? ['deleted when what dpo made in it is gone, unless anything else is in it'] : []),
      ...(node.recorded === undefined && node.interrupted ? ['an interrupted run created it'] : []),
    ],
    ...members,
  };
  return { verdict: 'op', op, survives };
}

/** The fate of a schema of ours that will still hold tables. */
export function letGoOfSchema(node: Pick<Node, 'address' | 'recorded' | 'interrupted'>): Decision {
  const note = `schema ${nameOf(node.address)} holds tables and stays`;
  if (node.recorded === undefined && !node.interrupted) return { verdict: 'invisible', survives: [note] };
  return { ...forget(node, `${note}; dpo lets go of it`), survives: [note] };
}

function absentGuard(live: Observation): Guard | undefined {
  return live.status === 'absent' ? { absent: true } : undefined;
}

/** `guard` is given where the state lets go because a read found nothing: it is read again before. */
function forget(
  node: Pick<Node, 'address' | 'recorded'> & Partial<Pick<Node, 'live'>>,
  note: string,
  guard?: Guard,
): Extract<Decision, { verdict: 'op' }> {
  const lookup = node.live?.lookup;
  const id = node.recorded?.id ?? (lookup === undefined ? undefined : idIn(lookup));
  const op: DraftOp = {
    address: node.address,
    action: 'forget',
    reasons: ['removed'],
    ...(id === undefined ? {} : { id }),
    ...(guard === undefined ? {} : { guard }),
    changes: [],
    lost: [],
    notes: [note],
  };
  return { verdict: 'op', op };
}

/** What it is looked for by, unless its address says that. */
function idIn(lookup: Lookup): string | undefined {
  if (lookup.by === 'id') return lookup.id;
  return isPath(lookup.name) ? lookup.name : undefined;
}
