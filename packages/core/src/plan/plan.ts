import { compareAddresses, type Address } from '../address.ts';
import { ownerText } from '../desired.ts';
import { sortGraph } from '../graph.ts';
import type { Action, Deferred, Drift, Op, Plan } from '../plan-file.ts';
import type { Problem } from '../problem.ts';
import { coverOf } from './cover.ts';
import { edgesOf } from './edges.ts';
import { Fates } from './fates.ts';
import { interruptedCreates } from './interrupted-creates.ts';
import { isInScope, narrow, subjectOf } from './narrow.ts';
import {
  decideOrphans,
  discoveryProblems,
  orphansIn,
  toldOrphans,
  withOrphans,
  type OrphanDecision,
} from './orphans.ts';
import { orderOps } from './order-ops.ts';
import type { PlanInput } from './plan-input.ts';
import { renamesOf } from './renames.ts';
import { readinessBeside, splitReadiness, type ByReadiness } from './readiness.ts';
import { requirementsOf } from './requirements.ts';
import { seal } from './seal.ts';

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
  const interrupted = interruptedCreates(recorded).map(({ address }) => address);
  const addresses = [...new Set([...wanted.keys(), ...recorded.resources.keys(), ...interrupted])].toSorted(
    compareAddresses,
  );
  const orphans = orphansIn(input);
  const edges = withOrphans(edgesOf(input), orphans, input);
  const sorted = sortGraph(addresses, edges.all);
  if (sorted.status === 'cycle') throw new TypeError(`cycle between resources: ${sorted.cycle.join(' → ')}`);
  const fates = new Fates(input, wanted, { edges, former });
  for (const address of sorted.order) fates.decide(address);
  const decided = decideOrphans(input, orphans, fates);
  for (const { decision } of decided) if (decision.verdict === 'op') fates.add(decision);
  fates.keepWhatIsNeeded();
  fates.keepFilledSchemas(new Map([...input.live, ...orphans.map((seen) => [seen.lookup.address, seen] as const)]));
  const facts = new Map(
    desired.resources.flatMap(({ address, facts: known }) => (known === undefined ? [] : [[address, known]])),
  );
  const all = orderOps(fates.drafts, edges, new Set(recorded.resources.keys()));
  const narrowed = narrow(all, options.scope ?? {}, facts);
  const parts = splitReadiness(narrowed.ops);
  const { held, left } = narrowed;
  const isLeft = (address: Address, action: Action): boolean =>
    !isInScope(options.scope ?? {}, subjectOf(address, action, facts));
  const blocked = held.map((op) => ({ ...op, code: 'PLAN.NOT_SELECTED' }));
  const inside = new Set([...narrowed.ops, ...held].map(({ address }) => address));
  const drift = fates.drift.filter(({ address }) => inside.has(address));
  const decisions = { input, fates, drift, orphans: decided, blocked, left, isLeft };
  if (options.readinessOnly === true) {
    const readiness = readinessBeside(parts, []);
    return document({ ...decisions, drift: [], blocked: [], left: left + parts.ops.length }, { ops: [], readiness });
  }
  const whole = document(decisions, parts);
  const cover = options.approval === undefined ? undefined : coverOf(whole, options.approval);
  if (cover === undefined || cover.covers === 'all') return whole;
  if (cover.covers === 'some') {
    const readiness = readinessBeside(parts, cover.ops);
    return document(decisions, { ops: cover.ops, readiness, deferred: cover.deferred });
  }
  return document(decisions, { ...parts, problems: [cover.problem] });
}

/** Everything that is decided, whatever of it an approval covers. */
interface Decisions {
  readonly input: PlanInput;
  readonly fates: Fates;
  /** That of the selection. */
  readonly drift: readonly Drift[];
  readonly orphans: readonly OrphanDecision[];
  readonly blocked: Plan['blocked'];
  /** How many operations lie outside of the selection, and whether one does. */
  readonly left: number;
  readonly isLeft: (address: Address, action: Action) => boolean;
}

interface Chosen extends ByReadiness {
  readonly deferred?: readonly Deferred[];
  readonly problems?: readonly Problem[];
}

function document(decisions: Decisions, { ops, readiness, deferred, problems: more = [] }: Chosen): Plan {
  const { input, fates, drift, left } = decisions;
  const { desired, recorded, options } = input;
  const { scope: { select, exclude } = {}, refresh = 'full', readinessOnly = false } = options;
  const partial = select !== undefined || exclude !== undefined || readinessOnly;
  const problems = [...desired.problems, ...fates.problems(decisions.isLeft), ...discoveryProblems(input), ...more];
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
      ...(readinessOnly ? { readiness: true } : {}),
      ...(refresh === 'full' ? {} : { refresh, unread: options.unread ?? 0 }),
    },
    ...(options.snapshot === undefined ? {} : { catalog: options.snapshot }),
    ops,
    ...(readiness.length === 0 ? {} : { readiness }),
    drift,
    blocked: [...fates.blocked, ...decisions.blocked],
    skipped: desired.skipped.map(({ address, code, reason }) => ({ address, code, reason })),
    ...(deferred === undefined ? {} : { deferred }),
    ...fates.ignored.member(),
    orphans: toldOrphans(decisions.orphans, { ops, filled: fates.filled }),
    used: fates.used,
    names: fates.names,
    survives: fates.survivors(ops),
    problems,
    unchanged: fates.unchanged,
    summary: summaryOf(ops, drift),
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
