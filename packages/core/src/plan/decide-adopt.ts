import type { Marker } from '../live.ts';
import type { Spec } from '../spec.ts';
import { diffOf, standing } from './comparison.ts';
import type { Decision, DraftOp, Node } from './decision.ts';
import { draft, guardMember, refused, type Present } from './drafts.ts';

/** Takes an object over that the state does not know, and changes what the config wants otherwise. */
export function decideAdopt(
  node: Node,
  wanted: Spec,
  found: { readonly live: Present; readonly notes: readonly string[] },
): Decision {
  const spec = standing(node, wanted, found.live.fields);
  const diff = diffOf({ ...node, recorded: undefined }, wanted, found.live);
  const forcing = diff.changes.filter((change) => change.forces === true);
  if (forcing.length > 0) {
    return refused(node, 'PLAN.ADOPT_DIFFERS', {
      message: `${node.address} cannot be adopted: ${forcing.map((change) => change.label ?? change.path).join(', ')} cannot be changed in place`,
      hint: 'make the config say what the live object says, adopt, then change it',
    });
  }
  const op: DraftOp = {
    ...draft(node, 'adopt', ['marker']),
    id: found.live.id,
    spec,
    out: found.live.out,
    ...(diff.changes.length === 0 ? {} : { mask: diff.changes.map((change) => change.path) }),
    changes: diff.changes,
    notes: found.notes,
    ...guardMember(node, found.live, spec),
  };
  return { verdict: 'op', op, ignored: diff.ignored };
}

/** Whose the object is, as far as its marker tells. */
export function lineageNote({ lineage }: Node, marker: Marker): string {
  if (marker.lineage === undefined) return 'it carries our marker: owner matches, lineage unknown';
  if (marker.lineage === lineage) return 'it carries our marker: an earlier run was interrupted before it was recorded';
  return 'it carries our marker with another lineage: the state was lost, or two configs use one project name';
}
