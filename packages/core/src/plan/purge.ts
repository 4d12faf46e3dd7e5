import type { JsonObject } from '../json.ts';
import { leftoverOutputs, leftoversIn, leftoverText } from '../leftover.ts';
import type { Decision, DraftOp, Node } from './decision.ts';

type OpDecision = Extract<Decision, { verdict: 'op' }>;

/**
 * What a delete says about the leftovers of its object: with `--purge-metrics` it drops them, else they survive. `out` are the
 * outputs as they were read last; nothing but what they name is ever dropped.
 */
export function leftoverPart(
  node: Node,
  out: JsonObject,
): { readonly members: Pick<DraftOp, 'lost' | 'purge' | 'out'>; readonly survives: readonly string[] } {
  // A dashboard of ours has the output of that name too, which is itself.
  const leftovers = node.kind.name === 'monitor' ? leftoversIn(out) : [];
  if (node.purgeMetrics && leftovers.length > 0) {
    const lost = ['its metric tables and generated dashboard are dropped with it: all that was measured is lost'];
    return { members: { lost, purge: leftovers, out: leftoverOutputs(out) }, survives: [] };
  }
  const survives = leftovers.map((leftover) => leftoverText(leftover, node.address));
  return { members: { lost: node.kind.lost('delete', node.recorded) }, survives };
}

/**
 * Of an object that a destroy has deleted before it was interrupted: the rest of that delete. Undefined if nothing is to be
 * dropped by this run; then the state lets go of it, and the leftovers are said to survive.
 */
export function restOfPurge(node: Node): OpDecision | undefined {
  const { recorded, address } = node;
  if (recorded?.status !== 'purging') return undefined;
  const { members, survives } = leftoverPart(node, recorded.out);
  if (members.purge === undefined) return undefined;
  const op: DraftOp = {
    address,
    action: 'delete',
    reasons: ['destroy', 'interrupted'],
    id: recorded.id,
    guard: { absent: true },
    changes: [],
    notes: ['an earlier destroy deleted the monitor and had not dropped these yet'],
    ...members,
  };
  return { verdict: 'op', op, survives };
}
