import { valueAtPath, withValueAt } from '../diff/element-path.ts';
import { fieldRule } from '../diff/field-rule.ts';
import { diffSpec } from '../diff/diff-spec.ts';
import type { Drift } from '../plan-file.ts';
import { isForeign } from './birth.ts';
import type { Decision, DraftOp, Node } from './decision.ts';
import { blockedElsewhere, isBoundElsewhere } from './elsewhere.ts';
import { guardedPaths, guardOf } from './guard.ts';

/**
 * The fate of a recorded address in a refresh-only plan: what changed outside is taken into the state, what is gone is
 * forgotten. Nothing is written to the workspace, and what the config wants does not count. The next plan compares with
 * what is recorded then.
 */
export function decideRefresh(node: Node): Decision {
  const { recorded, live, kind, address } = node;
  if (live.status === 'unreadable') throw new TypeError('an unreadable object has no fate');
  if (recorded === undefined) return { verdict: 'invisible' };
  // What it left behind is still to be dropped by a destroy.
  if (live.status === 'absent' && recorded.status === 'purging') return { verdict: 'unchanged' };
  if (isBoundElsewhere(live)) return blockedElsewhere(address);
  if (live.status === 'absent') {
    const drift: Drift = { address, fate: 'recreated', changes: [] };
    return { verdict: 'op', op: draft(node, 'forget', ['it is gone: the state lets go of it']), drift };
  }
  if (live.id !== recorded.id || isForeign(node, recorded, live)) {
    return { verdict: 'op', op: draft(node, 'forget', ['another object stands there now: it is left alone']) };
  }
  const applied = kind.normalise(recorded.applied);
  const fields = kind.normalise(live.fields);
  const { drifted: differing, ignored } = diffSpec({
    rules: kind.rules,
    recorded: applied,
    desired: applied,
    live: fields,
    ...(recorded.unreturned === undefined ? {} : { unreturned: recorded.unreturned }),
    ignored: node.ignored,
    from: () => undefined,
  });
  // A value that the state keeps by reference is never taken into it.
  const drifted = differing.filter(({ path }) => !node.references.includes(path));
  if (drifted.length === 0) return { verdict: 'unchanged', ignored };
  const spec = drifted.reduce((taken, { path }) => {
    const { compare, spelt } = fieldRule(kind.rules, path);
    const value = valueAtPath(fields, path);
    return withValueAt(taken, path, value === undefined || compare(value) === undefined ? undefined : spelt(value));
  }, applied);
  const guard = guardOf(kind, live, guardedPaths(node, applied));
  const op: DraftOp = {
    ...draft(node, 'absorb', ['taken into the state as it is now']),
    reasons: ['drift'],
    spec,
    out: live.out,
    changes: drifted,
    ...(node.ignored.length === 0 ? {} : { ignored: node.ignored }),
    ...(guard === undefined ? {} : { guard }),
  };
  return { verdict: 'op', op, ignored, drift: { address, fate: 'kept', changes: drifted } };
}

function draft({ address, recorded }: Node, action: DraftOp['action'], notes: readonly string[]): DraftOp {
  const id = recorded === undefined ? {} : { id: recorded.id };
  return { address, action, reasons: ['missing'], changes: [], lost: [], notes, ...id };
}
