import type { Observation } from '../live.ts';
import type { Guard } from '../plan-file.ts';
import { isForeign } from './birth.ts';
import type { Decision, DraftOp, Node } from './decision.ts';
import { guardedPaths, guardOf } from './guard.ts';

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
  if (live.status === 'absent') return forget(node, 'it is already gone', { absent: true });
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

function remove(node: Node, live: Present, mode: 'apply' | 'destroy'): Decision {
  const tables = live.out['tables'];
  if (node.kind.name === 'schema' && typeof tables === 'number' && tables > 0) {
    const note = `schema ${live.lookup.by === 'name' ? live.lookup.name : live.id} holds tables and stays`;
    if (node.recorded === undefined && !node.interrupted) return { verdict: 'invisible', survives: [note] };
    return { ...forget(node, `${note}; dpo lets go of it`), survives: [note] };
  }
  const guard = guardOf(node.kind, live, guardedPaths(node.kind, node.recorded?.applied));
  const lost = node.kind.lost('delete', node.recorded);
  const op: DraftOp = {
    address: node.address,
    action: 'delete',
    reasons: [mode === 'destroy' ? 'destroy' : 'removed'],
    id: live.id,
    ...(guard === undefined ? {} : { guard }),
    changes: [],
    lost,
    notes: node.recorded === undefined && node.interrupted ? ['an interrupted run created it'] : [],
  };
  return { verdict: 'op', op, survives: survivors(live) };
}

/** Deleting a monitor keeps its metric tables (https://docs.databricks.com: delete a profile). */
function survivors(live: Present): readonly string[] {
  return ['profile_metrics_table_name', 'drift_metrics_table_name']
    .map((key) => live.out[key])
    .filter((name): name is string => typeof name === 'string')
    .map((name) => `metric table ${name}`);
}

function absentGuard(live: Observation): Guard | undefined {
  return live.status === 'absent' ? { absent: true } : undefined;
}

/** `guard` is given where the state lets go because a read found nothing: it is read again before. */
function forget(node: Node, note: string, guard?: Guard): Extract<Decision, { verdict: 'op' }> {
  const { lookup } = node.live;
  const id = node.recorded?.id ?? (lookup.by === 'id' ? lookup.id : undefined);
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
