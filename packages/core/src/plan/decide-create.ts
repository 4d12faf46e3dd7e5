import { diffSpec } from '../diff/diff-spec.ts';
import type { Reason } from '../plan-file.ts';
import type { Spec } from '../spec.ts';
import type { Decision, DraftOp, Node } from './decision.ts';
import { draft, originOf } from './drafts.ts';

/** Nothing is there. `missing`: the state knows it, so that somebody deleted it, which is drift. */
export function decideCreate(node: Node, spec: Spec, reason: Reason): Decision {
  const notes = [...(node.desired?.notes ?? []), ...(reason === 'interrupted' ? [interruption(node)] : [])];
  const op: DraftOp = {
    ...draft(node, 'create', [reason]),
    guard: { absent: true },
    spec,
    changes: newChanges(node, spec),
    notes,
  };
  if (reason !== 'missing') return { verdict: 'op', op };
  return { verdict: 'op', op, drift: { address: node.address, fate: 'recreated', changes: [] } };
}

function interruption({ recorded }: Node): string {
  return recorded?.status === 'purging'
    ? 'an earlier destroy was interrupted after its delete; the metric tables that it had not dropped are used again'
    : 'an earlier replace was interrupted after its delete';
}

/** Every declared leaf as a change from nothing, so that a create is shown like an update. */
function newChanges(node: Node, spec: Spec): DraftOp['changes'] {
  const input = { rules: node.kind.rules, recorded: {}, desired: spec, live: {}, from: originOf(node) };
  return diffSpec(input).changes;
}
