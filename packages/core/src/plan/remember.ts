import type { PlanMode } from '../plan-file.ts';
import type { Decisions } from '../recorded.ts';
import type { Decision, Node } from './decision.ts';
import { keptAsRecorded } from './protect.ts';

/**
 * What was counted for an object that stays as it is would be counted again by every plan, with another result one day: the
 * state takes it in by an operation that writes nothing else (ruling 40). What is no longer asked for goes with the next
 * operation that there is anyhow.
 */
export function remember(node: Node, decision: Decision, mode: PlanMode): Decision {
  if (decision.verdict !== 'unchanged' || node.recorded === undefined) return decision;
  const wanted = decisionsOf(node, mode)?.slices ?? {};
  const known = node.recorded.decisions?.slices ?? {};
  const fresh = Object.keys(wanted).filter((column) => known[column] !== wanted[column]);
  if (fresh.length === 0) return decision;
  const notes = [`counted once and kept: slices by ${fresh.toSorted().join(', ')}`];
  const ignored = decision.ignored === undefined ? {} : { ignored: decision.ignored };
  return { verdict: 'op', op: { ...keptAsRecorded(node), notes }, ...ignored };
}

/** Every operation after which the object is there keeps what was decided about it. */
export function withDecisions(node: Node, decision: Decision, mode: PlanMode): Decision {
  if (decision.verdict !== 'op' || decision.op.action === 'delete' || decision.op.action === 'forget') return decision;
  const decisions = decisionsOf(node, mode);
  return decisions === undefined ? decision : { ...decision, op: { ...decision.op, decisions } };
}

function decisionsOf({ desired, recorded }: Node, mode: PlanMode): Decisions | undefined {
  return mode === 'apply' && desired !== undefined ? desired.decisions : recorded?.decisions;
}
