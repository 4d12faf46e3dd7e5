import { leaves } from '../diff/leaves.ts';
import { equalJson } from '../json.ts';
import type { Change } from '../plan-file.ts';
import { textsIn } from '../reference/reference-leaves.ts';
import { namesIn } from '../reference/template.ts';
import type { Spec } from '../spec.ts';
import type { Decision, DraftOp, Node } from './decision.ts';

/**
 * An operation with the paths of its spec that are templates: those that it took from a template of the config, or of the
 * state, as they are.
 */
export function withReferences(node: Node, decision: Decision): Decision {
  if (decision.verdict !== 'op' || decision.op.spec === undefined) return decision;
  const references = templatesIn(node, decision.op.spec);
  if (references.length === 0) return decision;
  const told = decision.op.changes.flatMap((change) => noteOf(change, references));
  return { ...decision, op: { ...decision.op, references, notes: [...decision.op.notes, ...told] } };
}

function templatesIn({ kind, desired, spec, recorded }: Node, kept: Spec): readonly string[] {
  const found = leaves(kept, kind.rules);
  const same = (from: Spec, paths: readonly string[] = []): readonly string[] => {
    const values = leaves(kind.normalise(from), kind.rules);
    return paths.filter((path) => found.has(path) && equalJson(found.get(path), values.get(path)));
  };
  return [
    ...new Set([...same(spec ?? {}, desired?.references), ...same(recorded?.applied ?? {}, recorded?.references)]),
  ].toSorted();
}

/** Nobody can tell which of the two was changed: what the variable held before is not kept. */
function noteOf(
  { path, label = path, desired, live, reason }: Change,
  references: DraftOp['references'],
): readonly string[] {
  if (desired === undefined || live === undefined || reason === 'config' || references?.includes(path) !== true)
    return [];
  const names = [...new Set(textsIn(desired).flatMap(namesIn))].map((name) => `\${env:${name}}`);
  return [
    `${label} does not hold what ${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} now: either a variable or the object was changed`,
  ];
}
