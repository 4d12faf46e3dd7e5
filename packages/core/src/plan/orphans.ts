import { addressOf, compareAddresses, kindOf, nameOf, type Address, type KindName } from '../address.ts';
import { ownerText } from '../desired.ts';
import type { GraphEdge } from '../graph.ts';
import { kinds } from '../kinds/index.ts';
import type { PresentObject } from '../live.ts';
import type { Op, Orphan } from '../plan-file.ts';
import type { Problem } from '../problem.ts';
import { decideUnwanted } from './decide-unwanted.ts';
import type { Decision, DraftOp } from './decision.ts';
import type { Edges } from './edges.ts';
import { schemaOf } from './filled-schemas.ts';
import type { PlanInput } from './plan-input.ts';

/**
 * What a search found and neither config nor state knows, by address. An object is known by its id as well: a table may
 * have another name by now.
 */
export function orphansIn(input: PlanInput): readonly PresentObject[] {
  const { desired, recorded, live, previous = new Map(), discovered } = input;
  const known = new Set<string>();
  const add = (kind: KindName, id: string): unknown => known.add(`${kind} ${id}`);
  for (const [address, { id }] of recorded.resources) add(kindOf(address), id);
  for (const [address, seen] of [...live, ...previous]) if (seen.status === 'present') add(kindOf(address), seen.id);
  // What cannot be read or decided is not there to compare with; its name is enough then.
  const named = new Set<Address>([
    ...desired.skipped.map(({ address }) => address),
    ...desired.undecided.map(({ address }) => address),
    ...[...live].flatMap(([address, { status }]) => (status === 'unreadable' ? [address] : [])),
  ]);
  const found = (discovered?.found ?? []).filter(
    ({ lookup: { address }, id, marker }) =>
      marker?.owner === ownerText(desired.owner) && !named.has(address) && !known.has(`${kindOf(address)} ${id}`),
  );
  const once = new Map(found.map((each) => [`${kindOf(each.lookup.address)} ${each.id}`, each]));
  return [...once.values()].toSorted((a, b) => compareAddresses(a.lookup.address, b.lookup.address));
}

/** The edges with those of orphans that write into a schema or are in it: it is not deleted before them, nor without them. */
export function withOrphans(edges: Edges, orphans: readonly PresentObject[], input: PlanInput): Edges {
  const schemas = new Map<string, Address>();
  for (const seen of [...input.live.values(), ...orphans]) {
    if (seen.status === 'present' && kindOf(seen.lookup.address) === 'schema')
      schemas.set(seen.id, seen.lookup.address);
  }
  const added = orphans.flatMap(({ lookup, fields }): readonly GraphEdge[] => {
    const { address } = lookup;
    if (kindOf(address) === 'view') return [{ from: address, to: addressOf('schema', schemaOf(nameOf(address))) }];
    const id = fields['output_schema_id'];
    const to = typeof id === 'string' ? schemas.get(id) : undefined;
    return to === undefined ? [] : [{ from: address, to }];
  });
  const dependents = new Map<Address, readonly Address[]>(edges.dependents);
  for (const { from, to } of added) dependents.set(to, [...(dependents.get(to) ?? []), from]);
  return { ...edges, dependents };
}

export interface OrphanDecision {
  readonly orphan: PresentObject;
  readonly decision: Extract<Decision, { verdict: 'op' }> | { readonly verdict: 'kept'; readonly because: string };
}

/** What is decided about the rest, as far as it decides about orphans. */
export interface Others {
  readonly complete: boolean;
  readonly drafts: ReadonlyMap<Address, DraftOp>;
}

/**
 * The fate of each orphan. Only what the caller asks for is deleted, and only if everything could be read and looked for,
 * the config wants anything at all (U141), and no other lineage made it (U041).
 */
export function decideOrphans(
  input: PlanInput,
  orphans: readonly PresentObject[],
  others: Others,
): readonly OrphanDecision[] {
  const general = keptInGeneral(input, others);
  const { orphans: fate } = input.options;
  const spares = fate?.fate === 'deleted' ? fate.spares : undefined;
  return orphans.map((orphan) => {
    const { address } = orphan.lookup;
    const because =
      general ??
      (spares?.holds(address) === true ? spares.because : undefined) ??
      (others.drafts.has(address)
        ? 'another operation has its name: plan again after it'
        : lineageReason(input, orphans, orphan));
    return { orphan, decision: because === undefined ? remove(input, orphan) : { verdict: 'kept', because } };
  });
}

function keptInGeneral({ options, desired, discovered }: PlanInput, { complete }: Others): string | undefined {
  const { orphans = { fate: 'kept', because: 'nobody asked for its deletion' } } = options;
  if (orphans.fate === 'kept') return orphans.because;
  if (options.mode === 'apply' && desired.resources.length === 0) return 'the config monitors no table';
  if (!complete || (discovered?.failed.length ?? 0) > 0) return 'not everything could be read';
  return undefined;
}

/**
 * A monitor has no room for a lineage: it has that of the schema it writes to, unless that schema is one of this plan. A
 * destroy without a state is what people are left with when the state that knew the lineage is lost.
 */
function lineageReason(
  { recorded, options }: PlanInput,
  orphans: readonly PresentObject[],
  orphan: PresentObject,
): string | undefined {
  if (options.mode === 'destroy' && recorded.lineage === undefined) return undefined;
  const home = orphans.find(
    ({ id, lookup }) => kindOf(lookup.address) === 'schema' && id === orphan.fields['output_schema_id'],
  );
  const lineage = orphan.marker?.lineage ?? home?.marker?.lineage;
  if (lineage === undefined || lineage === recorded.lineage) return undefined;
  return `another state made it (lineage ${lineage}): it was lost, or two configs use one project name`;
}

function remove({ desired, recorded, options }: PlanInput, orphan: PresentObject): OrphanDecision['decision'] {
  const { address } = orphan.lookup;
  const node = {
    address,
    kind: kinds[kindOf(address)],
    desired: undefined,
    spec: undefined,
    recorded: undefined,
    live: orphan,
    previous: undefined,
    former: undefined,
    interrupted: false,
    replaceAsked: false,
    ignored: [],
    references: [],
    held: [],
    purgeMetrics: options.purgeMetrics === true && options.mode === 'destroy',
    owner: ownerText(desired.owner),
    lineage: recorded.lineage,
  };
  const decision = decideUnwanted(node, 'destroy');
  if (decision.verdict !== 'op') throw new TypeError(`${address} is present and marked, and has no operation`);
  return { ...decision, op: { ...decision.op, reasons: ['orphan'] } };
}

/** As the plan document tells them: what no operation of the plan deletes after all is kept, `filled` for what it holds. */
export function toldOrphans(
  decisions: readonly OrphanDecision[],
  { ops, filled }: { readonly ops: readonly Op[]; readonly filled: ReadonlySet<Address> },
): readonly Orphan[] {
  return decisions.map(({ orphan: { lookup, id }, decision }): Orphan => {
    const { address } = lookup;
    if (decision.verdict === 'kept') return { address, id, fate: 'kept', because: decision.because };
    const isDeleted = ops.some((op) => op.address === address && op.action === 'delete');
    return isDeleted
      ? { address, id, fate: 'deleted' }
      : {
          address,
          id,
          fate: 'kept',
          because: filled.has(address) ? 'it holds tables and stays' : 'left out of this plan',
        };
  });
}

/** Said where something could not be looked at: what only a search finds may be missing, and none of it is deleted. */
export function discoveryProblems({ options, recorded, discovered }: PlanInput): readonly Problem[] {
  const [first, ...others] = discovered?.failed ?? [];
  if (first === undefined) return [];
  const asked = options.orphans?.fate === 'deleted';
  // Without a state the search is all that a destroy goes by.
  const blind = options.mode === 'destroy' && recorded.lineage === undefined;
  const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
  return [
    {
      code: 'PLAN.INCOMPLETE',
      severity: blind ? 'error' : asked ? 'warning' : 'note',
      message: `not everywhere could be looked for what carries our marker, so that nothing is deleted that the state does not know: ${first.message}${more}`,
      hint: blind
        ? 'destroy as an identity that can read it, or apply first: that takes what the config names into a new state'
        : (first.hint ?? 'plan again as an identity that can read it'),
    },
  ];
}
