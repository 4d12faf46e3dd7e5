import { compareAddresses, type Address } from './address.ts';

/** `from` waits for `to`. */
export interface GraphEdge {
  readonly from: Address;
  readonly to: Address;
}

export type Sorted =
  | { readonly status: 'sorted'; readonly order: readonly Address[] }
  | { readonly status: 'cycle'; readonly cycle: readonly Address[] };

/**
 * Dependencies first; among the free ones the smallest address first, so that equal input gives one order.
 * Edges to addresses outside `nodes` are ignored. Linear but for the sorting of each layer.
 */
export function sortGraph(nodes: readonly Address[], edges: readonly GraphEdge[]): Sorted {
  const waiting = new Map<Address, number>(nodes.map((node) => [node, 0]));
  const dependents = new Map<Address, Address[]>();
  for (const { from, to } of edges) {
    if (!waiting.has(from) || !waiting.has(to)) continue;
    waiting.set(from, (waiting.get(from) ?? 0) + 1);
    const known = dependents.get(to);
    if (known === undefined) dependents.set(to, [from]);
    else known.push(from);
  }
  const order: Address[] = [];
  let free = nodes.filter((node) => waiting.get(node) === 0).toSorted(compareAddresses);
  while (free.length > 0) {
    const next: Address[] = [];
    for (const node of free) {
      order.push(node);
      for (const dependent of dependents.get(node) ?? []) {
        const left = (waiting.get(dependent) ?? 0) - 1;
        waiting.set(dependent, left);
        if (left === 0) next.push(dependent);
      }
    }
    free = next.toSorted(compareAddresses);
  }
  if (order.length === nodes.length) return { status: 'sorted', order };
  return {
    status: 'cycle',
    cycle: findCycle(
      nodes.filter((node) => (waiting.get(node) ?? 0) > 0),
      edges,
    ),
  };
}

function findCycle(stuck: readonly Address[], edges: readonly GraphEdge[]): readonly Address[] {
  const among = new Set(stuck);
  const trail: Address[] = [];
  let node = stuck.toSorted(compareAddresses)[0];
  while (node !== undefined && !trail.includes(node)) {
    trail.push(node);
    const at = node;
    node = edges.find((edge) => edge.from === at && among.has(edge.to))?.to;
  }
  return node === undefined ? trail : [...trail.slice(trail.indexOf(node)), node];
}
