import { bornSpec } from '../diff/own-grants.ts';
import type { Observation } from '../live.ts';
import type { RecordedResource } from '../recorded.ts';
import type { Spec } from '../spec.ts';
import { bornElsewhere } from './birth.ts';
import { diffOf, driftOf, reasonsOf } from './comparison.ts';
import { decideCreate } from './decide-create.ts';
import type { Decision, DraftOp, Node } from './decision.ts';
import { draft, guardMember, type Present } from './drafts.ts';
import { isBoundElsewhere } from './elsewhere.ts';
import { guardedPaths, guardOf } from './guard.ts';

/**
 * The table behind the name is another one. The monitor of the former table is replaced if it still exists and is ours;
 * a stranger's is left alone. If it is gone with its table, nothing is lost.
 */
export function decideRenewal(node: Node, spec: Spec, recorded: RecordedResource): Decision {
  const previous: Observation = node.previous ?? { status: 'absent', lookup: node.live.lookup };
  if (previous.status === 'unreadable') {
    return { verdict: 'blocked', code: 'PLAN.UNREADABLE', because: previous.problem.message };
  }
  const foreign =
    previous.status === 'present' &&
    (isBoundElsewhere(previous) ||
      (previous.marker !== undefined && previous.marker.owner !== node.owner) ||
      bornElsewhere(node.kind, recorded, previous.fields));
  if (foreign) {
    const made = decideCreate(node, spec, 'identity');
    const note = "the former table's monitor is somebody else's by now: it is left alone";
    return made.verdict === 'op' ? { ...made, op: { ...made.op, notes: [...made.op.notes, note] } } : made;
  }
  const previousGuard = guardOf(node.kind, previous, guardedPaths(node, recorded.applied));
  const op: DraftOp = {
    ...draft(node, 'replace', ['identity']),
    id: recorded.id,
    guard: { absent: true },
    ...(previousGuard === undefined ? {} : { previous_guard: previousGuard }),
    spec,
    changes: identityChange(node, spec),
    lost: previous.status === 'present' ? node.kind.lost('replace', recorded) : [],
    notes: ['the table behind this name is another one: it was dropped and created again, or renamed'],
  };
  return { verdict: 'op', op };
}

/** A change that is not possible in place, another object behind the name, or `--replace`. */
export function decideReplace(node: Node, spec: Spec, live: Present): Decision {
  const diff = diffOf(node, spec, live);
  const identity = live.id !== node.recorded?.id;
  const drift = driftOf(node, diff);
  const op: DraftOp = {
    ...draft(node, 'replace', identity ? ['identity'] : node.replaceAsked ? ['requested'] : reasonsOf(diff)),
    id: node.recorded?.id ?? live.id,
    spec: bornSpec(node.kind, spec, node.recorded?.applied),
    changes: diff.changes,
    lost: node.kind.lost('replace', node.recorded),
    notes: [...(node.desired?.notes ?? []), ...(node.replaceAsked ? ['asked for with --replace'] : [])],
    ...guardMember(node, live, spec),
  };
  return { verdict: 'op', op, ...(drift === undefined ? {} : { drift }) };
}

/** Of a replace behind the same name only the identity is worth telling; the settings are those of the config. */
function identityChange({ kind, recorded }: Node, spec: Spec): DraftOp['changes'] {
  const path = kind.identity;
  if (path === undefined) return [];
  const label = kind.rules[path]?.label;
  const change = {
    path,
    recorded: recorded?.applied[path] ?? null,
    desired: spec[path] ?? null,
    reason: 'drift',
    forces: true,
  } as const;
  return [label === undefined ? change : { ...change, label }];
}
