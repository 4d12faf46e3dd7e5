import { bornSpec, ownGrants } from '../diff/own-grants.ts';
import type { Node } from './decision.ts';

/**
 * A node with the grants that are ours to decide about. What is made anew gets all that is declared: who had access to what
 * was there before does not matter to it.
 */
export function withOwnGrants(node: Node): Node {
  const { kind, live, recorded, spec } = node;
  const born = spec === undefined ? undefined : bornSpec(kind, spec, recorded?.applied);
  if (live.status !== 'present') return { ...node, spec: born };
  const sides = ownGrants(kind, { desired: spec, recorded: recorded?.applied ?? {}, live: live.fields });
  const renewed = node.replaceAsked || (recorded !== undefined && recorded.id !== live.id);
  return {
    ...node,
    spec: renewed ? born : sides.desired,
    live: { ...live, fields: sides.live },
    recorded: recorded === undefined ? undefined : { ...recorded, applied: sides.recorded },
  };
}
