import { compareAddresses, kindOf, type Address, type KindName } from '../address.ts';
import type { Desired, DesiredResource } from '../desired.ts';
import { kinds } from '../kinds/index.ts';
import type { EdgeStrength } from '../kinds/kind.ts';

/** `needed`: not selected itself, something that is needs it. */
export interface GraphNode {
  readonly address: Address;
  readonly kind: KindName;
  readonly group?: string;
  readonly needed?: true;
}

/** `from` needs `to`: to be there, to be ready, or to be done first. */
export interface GraphLink {
  readonly from: Address;
  readonly to: Address;
  readonly need: EdgeStrength;
}

/** What the config asks for and what rests on what; sorted, so that equal input gives equal documents. */
export interface ResourceGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphLink[];
}

/** The selected resources with all that they need, directly or not. */
export function resourceGraph(
  { resources }: Pick<Desired, 'resources'>,
  isSelected: (resource: DesiredResource) => boolean,
): ResourceGraph {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const selected = new Set(resources.filter((resource) => isSelected(resource)).map(({ address }) => address));
  const taken = new Set(selected);
  const edges: GraphLink[] = [];
  for (const from of taken) {
    const resource = byAddress.get(from);
    if (resource === undefined) continue;
    for (const { to, need } of kinds[kindOf(from)].edges(resource.spec)) {
      edges.push({ from, to, need });
      taken.add(to);
    }
  }
  return {
    nodes: [...taken].toSorted(compareAddresses).map((address) => {
      const group = byAddress.get(address)?.facts?.group;
      return {
        address,
        kind: kindOf(address),
        ...(group === undefined ? {} : { group }),
        ...(selected.has(address) ? {} : { needed: true as const }),
      };
    }),
    edges: edges.toSorted((a, b) => compareAddresses(a.from, b.from) || compareAddresses(a.to, b.to)),
  };
}
