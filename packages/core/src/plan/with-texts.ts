import type { Change } from '../plan-file.ts';
import { differingBranches } from '../views/differing-branches.ts';
import type { MetricColumns } from '../views/branch.ts';
import type { Decision, Node } from './decision.ts';

/**
 * A decision whose changed hashes have beside them the texts that they stand for, as far as those can be read: for people
 * only. What holds the value of a variable is not shown: the live text has the value itself.
 */
export function withTexts(node: Node, decision: Decision, metricColumns: MetricColumns | undefined): Decision {
  if (decision.verdict !== 'op' || node.kind.texts === undefined || node.references.length > 0) return decision;
  const live = node.live.status === 'present' ? node.live.texts : undefined;
  const desired =
    node.spec === undefined ? undefined : node.kind.texts(node.spec, metricColumns ?? ((): 'unknown' => 'unknown'));
  const told = (changes: readonly Change[]): readonly Change[] =>
    changes.map((change) => {
      const [before, after] = [live?.[change.path], desired?.[change.path]];
      const pair = differingBranches({
        ...(before === undefined ? {} : { live: before }),
        ...(after === undefined ? {} : { desired: after }),
      });
      return Object.keys(pair).length === 0 ? change : { ...change, texts: pair };
    });
  const { op, drift } = decision;
  return {
    ...decision,
    op: { ...op, changes: told(op.changes) },
    ...(drift === undefined ? {} : { drift: { ...drift, changes: told(drift.changes) } }),
  };
}
