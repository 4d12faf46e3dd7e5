import { compareAddresses } from '../address.ts';
import { ownerText } from '../desired.ts';
import { sortGraph } from '../graph.ts';
import type { Action, Drift, Op, Plan } from '../plan-file.ts';
import { edgesOf } from './edges.ts';
import { Fates } from './fates.ts';
import { interruptedCreates } from './interrupted-creates.ts';
import { narrow } from './narrow.ts';
import { orderOps } from './order-ops.ts';
import type { PlanInput } from './plan-input.ts';
import { requirementsOf } from './requirements.ts';
import { seal } from './seal.ts';

/**
 * Decides what is to be done: pure, synchronous, and deterministic (equal values in any order give equal bytes).
 * Nothing else in dpo chooses an action.
 */
export function plan(input: PlanInput): Plan {
  const { desired, recorded, options } = input;
  const wanted = new Map(desired.resources.map((resource) => [resource.address, resource]));
  const interrupted = interruptedCreates(recorded).map(({ address }) => address);
  const addresses = [...new Set([...wanted.keys(), ...recorded.resources.keys(), ...interrupted])].toSorted(
    compareAddresses,
  );
  const edges = edgesOf(input);
  const sorted = sortGraph(addresses, edges.all);
  if (sorted.status === 'cycle') throw new TypeError(`cycle between resources: ${sorted.cycle.join(' → ')}`);
  const fates = new Fates(input, wanted, edges);
  for (const address of sorted.order) fates.decide(address);
  fates.keepWhatIsNeeded();
  const { select, exclude } = options.scope ?? {};
  const facts = new Map(
    desired.resources.flatMap(({ address, facts: known }) => (known === undefined ? [] : [[address, known]])),
  );
  const all = orderOps(fates.drafts, edges, new Set(recorded.resources.keys()));
  const { ops, held, left } = narrow(all, options.scope ?? {}, facts);
  const partial = select !== undefined || exclude !== undefined;
  const problems = [...desired.problems, ...fates.problems()];
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
    },
    ops,
    drift: fates.drift,
    blocked: [...fates.blocked, ...held.map((op) => ({ ...op, code: 'PLAN.NOT_SELECTED' }))],
    skipped: desired.skipped.map(({ address, code, reason }) => ({ address, code, reason })),
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
