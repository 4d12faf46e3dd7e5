import type { Observation } from '../live.ts';
import type { Reason } from '../plan-file.ts';
import type { Place } from '../problem.ts';
import type { Spec } from '../spec.ts';
import type { Decision, DraftOp, Node } from './decision.ts';
import { guardedPaths, guardOf } from './guard.ts';

export type Present = Extract<Observation, { status: 'present' }>;

/** An operation without what is particular to its action. */
export function draft(node: Node, action: DraftOp['action'], reasons: readonly Reason[]): DraftOp {
  const place = node.desired?.place;
  return {
    address: node.address,
    action,
    ...(node.former === undefined ? {} : { renamed_from: node.former }),
    reasons,
    changes: [],
    lost: [],
    notes: [],
    ...(node.ignored.length === 0 ? {} : { ignored: node.ignored }),
    ...(place === undefined ? {} : { from: place }),
  };
}

/** What was seen of a live object, as the operation's guard. */
export function guardMember(node: Node, live: Present, spec: Spec): Pick<DraftOp, 'guard'> {
  const guard = guardOf(node.kind, live, guardedPaths(node, spec, node.recorded?.applied));
  return guard === undefined ? {} : { guard };
}

/** The config asks for what dpo does not do; of what was only found by it that stops nothing else. */
export function refused(node: Node, code: string, text: { readonly message: string; readonly hint: string }): Decision {
  if (node.desired?.lenient === true) return { verdict: 'blocked', code, because: `${text.message}; ${text.hint}` };
  const place = node.desired?.place;
  const problem = {
    code,
    severity: 'error' as const,
    address: node.address,
    ...text,
    ...(place === undefined ? {} : { place }),
  };
  return { verdict: 'refused', problem };
}

/** An element of a list is below its list. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.'), path.lastIndexOf('[')));
}

/** Place of a spec path: its own, else that of the nearest parent, else of the resource. */
export function originOf({ desired }: Node): (path: string) => Place | undefined {
  return (path) => originIn(desired?.origins ?? {}, path) ?? desired?.place;
}

/** Place of a spec path or of its nearest parent. */
export function originIn(origins: Readonly<Record<string, Place>>, path: string): Place | undefined {
  for (let at = path; at !== ''; at = parentOf(at)) {
    const place = origins[at];
    if (place !== undefined) return place;
  }
  return undefined;
}
