import type { SpecDiff } from '../diff/diff-spec.ts';
import { toldPaths } from '../diff/element-path.ts';
import type { Spec } from '../spec.ts';
import { bornElsewhere } from './birth.ts';
import { diffOf, driftOf, reasonsOf, standing } from './comparison.ts';
import { decideAdopt, lineageNote } from './decide-adopt.ts';
import { decideCreate } from './decide-create.ts';
import { decideRenewal, decideReplace } from './decide-replace.ts';
import type { Decision, DraftOp, Node } from './decision.ts';
import { draft, guardMember, refused, type Present } from './drafts.ts';
import { isBoundElsewhere } from './elsewhere.ts';

/** The fate of an address that the config wants. Unreadable ones never come here. */
export function decideDesired(node: Node, spec: Spec): Decision {
  const { recorded, live } = node;
  if (live.status === 'unreadable') throw new TypeError('an unreadable object has no fate');
  if (isBoundElsewhere(live)) {
    return refused(node, 'PLAN.OTHER_WORKSPACE', {
      message: `${node.address} was made in another workspace: from here it is neither changed, refreshed nor replaced`,
      hint: 'monitor the table from one workspace only: take it out of one of the two configs',
    });
  }
  if (recorded === undefined)
    return live.status === 'absent' ? decideCreate(node, spec, 'config') : unrecorded(node, spec, live);
  if (recorded.status === 'replacing:deleted') {
    return live.status === 'absent' ? decideCreate(node, spec, 'interrupted') : unrecorded(node, spec, live);
  }
  if (otherIdentity(node, spec)) {
    return live.status === 'absent' ? decideRenewal(node, spec, recorded) : unrecorded(node, spec, live);
  }
  if (live.status === 'absent')
    return decideCreate(node, spec, recorded.status === 'purging' ? 'interrupted' : 'missing');
  if (live.id !== recorded.id) return otherObject(node, spec, live);
  if (bornElsewhere(node.kind, recorded, live.fields)) return unrecorded(node, spec, live);
  return compare(node, spec, live);
}

function otherIdentity({ kind, recorded }: Node, spec: Spec): boolean {
  return kind.identity !== undefined && recorded?.applied[kind.identity] !== spec[kind.identity];
}

/** Present, and the state does not know it: adopt what carries our marker, use a schema, refuse the rest. */
function unrecorded(node: Node, spec: Spec, live: Present): Decision {
  if (live.marker?.owner === node.owner)
    return decideAdopt(node, spec, { live, notes: [lineageNote(node, live.marker)] });
  if (node.kind.existing === 'used') return { verdict: 'used' };
  if (node.kind.unmarked === true && node.interrupted) {
    return decideAdopt(node, spec, {
      live,
      notes: ['an earlier run was interrupted while it created this: it is taken for ours'],
    });
  }
  if (live.marker !== undefined) {
    return refused(node, 'PLAN.OWNED_ELSEWHERE', {
      message: `${node.address} exists and belongs to '${live.marker.owner}', not to '${node.owner}'`,
      hint: `remove it from this config, or take it over: dpo import ${node.address}`,
    });
  }
  if (node.desired?.adopt === true) {
    return decideAdopt(node, spec, {
      live,
      notes: ['it carries no marker of dpo: the state will be the only record that it is ours'],
    });
  }
  return refused(node, 'PLAN.FOREIGN', {
    message: `${node.address} exists and was not created by dpo`,
    hint: `take it over as it is with 'adopt: true' or: dpo import ${node.address}`,
  });
}

/** Another object behind the recorded name. Ours by its marker: adopt. A used kind: let go. Else a replace. */
function otherObject(node: Node, spec: Spec, live: Present): Decision {
  if (live.marker?.owner === node.owner)
    return decideAdopt(node, spec, { live, notes: [lineageNote(node, live.marker)] });
  if (node.kind.existing === 'used') {
    return {
      verdict: 'op',
      op: {
        ...draft(node, 'forget', ['identity']),
        notes: ['another schema stands behind this name: it is used, not managed'],
      },
    };
  }
  return decideReplace(node, spec, live);
}

/** A replace makes a new object, which is born as the config says now. */
function compare(node: Node, wanted: Spec, live: Present): Decision {
  const spec = standing(node, wanted, node.recorded?.applied ?? {});
  const diff = diffOf(node, wanted, live);
  const drift = driftOf(node, diff);
  if (node.replaceAsked || diff.changes.some((change) => change.forces === true))
    return decideReplace(node, wanted, live);
  const { ignored } = diff;
  if (diff.changes.length > 0) {
    const op = update(node, spec, { live, diff });
    return { verdict: 'op', op, ignored, ...(drift === undefined ? {} : { drift }) };
  }
  const spared = node.recorded?.status === 'purging';
  if (diff.absorbed.length === 0 && !spared && node.former === undefined) return { verdict: 'unchanged', ignored };
  const renamedOnly = diff.absorbed.length === 0 && !spared;
  const op: DraftOp = {
    ...draft(node, 'absorb', renamedOnly ? ['renamed'] : ['config']),
    id: live.id,
    spec,
    out: live.out,
    notes: [
      ...renameNote(node),
      ...(diff.absorbed.length === 0 ? [] : [`already so: ${toldPaths(diff.absorbed).join(', ')}`]),
      ...(spared ? ['an earlier destroy was interrupted before it deleted anything'] : []),
    ],
    ...guardMember(node, live, spec),
  };
  return { verdict: 'op', op, ignored, ...(drift === undefined ? {} : { drift }) };
}

function update(node: Node, spec: Spec, found: { readonly live: Present; readonly diff: SpecDiff }): DraftOp {
  const arrivals = arrivalsIn(node, spec, found.diff);
  if (arrivals !== undefined) return follow(node, spec, { ...found, arrivals });
  return {
    ...draft(node, 'update', reasonsOf(found.diff)),
    id: found.live.id,
    spec,
    mask: found.diff.changes.map((change) => change.path),
    changes: found.diff.changes,
    notes: [...renameNote(node), ...(node.desired?.notes ?? [])],
    ...guardMember(node, found.live, spec),
  };
}

/** What arrived, if a write would change nothing but what follows from it (W008). */
function arrivalsIn(
  { kind, recorded, former }: Node,
  spec: Spec,
  { changes }: SpecDiff,
): readonly string[] | undefined {
  if (former !== undefined || recorded === undefined) return undefined;
  if (changes.some(({ reason }) => reason !== 'config')) return undefined;
  const paths = changes.map(({ path }) => path);
  return kind.arrivals?.(paths, recorded.applied, spec);
}

function follow(
  node: Node,
  spec: Spec,
  { live, diff, arrivals }: { readonly live: Present; readonly diff: SpecDiff; readonly arrivals: readonly string[] },
): DraftOp {
  return {
    ...draft(node, 'update', ['inputs']),
    id: live.id,
    spec,
    mask: diff.changes.map((change) => change.path),
    changes: diff.changes.map((change) => ({ ...change, reason: 'inputs' })),
    notes: arrivals,
    ...guardMember(node, live, spec),
  };
}

function renameNote({ former }: Node): readonly string[] {
  return former === undefined ? [] : [`renamed from ${former}`];
}
