import { compareAddresses, type Address } from '../address.ts';
import { ownerText } from '../desired.ts';
import { sortGraph } from '../graph.ts';
import type { Action, Deferred, Drift, Op, Plan } from '../plan-file.ts';
import type { Problem } from '../problem.ts';
import { coverOf } from './cover.ts';
import { edgesOf } from './edges.ts';
import { Fates } from './fates.ts';
import { isInScope, narrow } from './narrow.ts';
import { orderOps } from './order-ops.ts';
import type { PlanInput } from './plan-input.ts';
import { renamesOf } from './renames.ts';
import { requirementsOf } from './requirements.ts';
import { seal } from './seal.ts';
import { factsOfAddress } from '../selection/selects.ts';

/**
 * Decides what is to be done: pure, synchronous, and deterministic (equal values in any order give equal bytes).
 * Nothing else in dpo chooses an action.
 */
export function plan(given: PlanInput): Plan {
  const { desired, options } = given;
  const { recorded, former, problems } = renamesOf(desired, given.recorded, options.mode);
  const input: PlanInput = {
    ...given,
    recorded,
    desired: { ...desired, problems: [...desired.problems, ...problems] },
  };
  const wanted = new Map(desired.resources.map((resource) => [resource.address, resource]));
  const addresses = [...new Set([...wanted.keys(), ...recorded.resources.keys()])].toSorted(compareAddresses);
  const edges = edgesOf(input);
  const sorted = sortGraph(addresses, edges.all);
  if (sorted.status === 'cycle') throw new TypeError(`cycle between resources: ${sorted.cycle.join(' → ')}`);
  const fates = new Fates(input, wanted, { edges, former });
  for (const address of sorted.order) fates.decide(address);
  fates.keepWhatIsNeeded();
  fates.keepFilledSchemas();
  const facts = new Map(
    desired.resources.flatMap(({ address, facts: known }) => (known === undefined ? [] : [[address, known]])),
  );
  const all = orderOps(fates.drafts, edges, new Set(recorded.resources.keys()));
  const { ops, held, left } = narrow(all, options.scope ?? {}, facts);
  const isLeft = (address: Address, action: Action): boolean =>
    !isInScope(options.scope ?? {}, { address, action, facts: facts.get(address) ?? factsOfAddress(address) });
  const blocked = held.map((op) => ({ ...op, code: 'PLAN.NOT_SELECTED' }));
  const whole = document(input, fates, { ops, blocked, left, isLeft });
  const cover = options.approval === undefined ? undefined : coverOf(whole, options.approval);
  if (cover === undefined || cover.covers === 'all') return whole;
  if (cover.covers === 'some') {
    return document(input, fates, { ops: cover.ops, blocked, left, isLeft, deferred: cover.deferred });
  }
  return document(input, fates, { ops, blocked, left, isLeft, problems: [cover.problem] });
}

interface Chosen {
  /** Whether an operation lies outside of the selection. */
  readonly isLeft: (address: Address, action: Action) => boolean;
  readonly ops: readonly Op[];
  readonly blocked: Plan['blocked'];
  readonly left: number;
  readonly deferred?: readonly Deferred[];
  readonly problems?: readonly Problem[];
}

function document({ desired, recorded, options }: PlanInput, fates: Fates, chosen: Chosen): Plan {
  const { ops, left, deferred, isLeft } = chosen;
  const { scope: { select, exclude } = {}, refresh = 'full' } = options;
  const partial = select !== undefined || exclude !== undefined;
  const problems = [...desired.problems, ...fates.problems(isLeft), ...(chosen.problems ?? [])];
  const errored = problems.some((problem) => problem.severity === 'error');
  const requires = requirementsOf({ mode: options.mode, ops, managed: recorded.resources.size }, options.consent);
  const { host, name, workspaceId, metastoreId } = desired.target;
  return seal({
    dpo: options.version,
    mode: options.mode,
    owner: ownerText(desired.owner),
    target: { name, host, workspace_id: workspaceId, metastore_id: metastoreId },
    base: { lineage: recorded.lineage ?? null, serial: recorded.serial },
    scope: {
      partial,
      complete: fates.complete,
      ...(select === undefined ? {} : { select: select.text }),
      ...(exclude === undefined ? {} : { exclude: exclude.text }),
      ...(partial ? { left } : {}),
      ...(refresh === 'full' ? {} : { refresh, unread: options.unread ?? 0 }),
    },
    ops,
    drift: fates.drift,
    blocked: [...fates.blocked, ...chosen.blocked],
    skipped: desired.skipped.map(({ address, code, reason }) => ({ address, code, reason })),
    ...(deferred === undefined ? {} : { deferred }),
    ...fates.ignored.member(),
    used: fates.used,
    names: fates.names,
    survives: fates.survivors(),
    problems,
    unchanged: fates.unchanged,
    summary: summaryOf(ops, fates.drift),
    requires,
    applyable: !errored && requires.length === 0,
    errored,
  });
}

function summaryOf(ops: readonly Op[], drift: readonly Drift[]): Plan['summary'] {
  const counts: Record<Action, number> = {
    replace: 0,
    delete: 0,
    update: 0,
    create: 0,
    adopt: 0,
    absorb: 0,
    forget: 0,
  };
  for (const op of ops) counts[op.action] += 1;
  return { ...counts, drift: drift.length };
}
