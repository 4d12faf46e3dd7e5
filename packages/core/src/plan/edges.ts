import { kindOf, type Address } from '../address.ts';
import type { GraphEdge } from '../graph.ts';
import { kinds } from '../kinds/index.ts';
import type { Edge } from '../kinds/kind.ts';
import type { PlanInput } from './plan-input.ts';

/** What rests on what: as the config wants it, and as it is. The two differ while an edge is being moved or removed. */
export interface Edges {
  /** What a wanted address rests on; empty in a destroy. */
  readonly wanted: ReadonlyMap<Address, readonly Edge[]>;
  /** Who rests on an address as things are: from the state, and in a destroy also from what the config names. */
  readonly dependents: ReadonlyMap<Address, readonly Address[]>;
  /** Both together, for the order of decisions. */
  readonly all: readonly GraphEdge[];
}

export function edgesOf({ desired, recorded, options }: PlanInput): Edges {
  const named = new Map(
    desired.resources.map(({ address, spec }): [Address, readonly Edge[]] => [
      address,
      kinds[kindOf(address)].edges(spec),
    ]),
  );
  const destroying = options.mode === 'destroy';
  const existing: GraphEdge[] = [...recorded.resources].flatMap(([from, entry]) =>
    entry.needs.map((to) => ({ from, to })),
  );
  const byName: GraphEdge[] = [...named].flatMap(([from, edges]) => edges.map(({ to }) => ({ from, to })));
  const dependents = new Map<Address, Address[]>();
  for (const { from, to } of destroying ? [...existing, ...byName] : existing) {
    const known = dependents.get(to);
    if (known === undefined) dependents.set(to, [from]);
    else if (!known.includes(from)) known.push(from);
  }
  return { wanted: destroying ? new Map() : named, dependents, all: unique([...existing, ...byName]) };
}

function unique(edges: readonly GraphEdge[]): readonly GraphEdge[] {
  return [...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values()];
}
