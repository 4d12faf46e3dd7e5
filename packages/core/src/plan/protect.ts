import type { Change, PlanMode, Reason } from '../plan-file.ts';
import type { Place, Problem } from '../problem.ts';
import type { Decision, DraftOp, Node } from './decision.ts';

const key = 'prevent_destroy';

/**
 * Holds a decision to `prevent_destroy`. The state keeps a protection until the config says `false`, so that it outlives
 * the line and the table in the config; to lift it is an apply of its own.
 *
 * | recorded | config | decision | result |
 * |---|---|---|---|
 * | protected | true or nothing | delete, or replace that loses something | refused |
 * | not | true | the same | refused |
 * | protected | false | replace that loses something | only lifted; the next plan replaces |
 * | protected | any | delete (a destroy) | refused |
 * | any | another value than recorded | unchanged | absorb |
 * | any | any | other writes | carried out; the state takes the config's value, else keeps its own |
 */
export function protect(node: Node, decision: Decision, mode: PlanMode): Decision {
  const recorded = node.recorded?.preventDestroy === true;
  const declared = mode === 'refresh-only' ? undefined : node.desired?.preventDestroy;
  const after = declared?.value ?? recorded;
  const changes: readonly Change[] = after === recorded ? [] : [changeTo(after, recorded, declared?.place)];
  if (decision.verdict === 'unchanged' && changes.length > 0) {
    const op = stateOnly(node, { changes, after });
    return { verdict: 'op', op, ...(decision.ignored === undefined ? {} : { ignored: decision.ignored }) };
  }
  if (decision.verdict !== 'op') return decision;
  const { op } = decision;
  if (destroys(op) && (recorded || after)) {
    if (op.action === 'replace' && !after) {
      const notes = [`${key} is lifted first: the next plan replaces it`];
      return { verdict: 'op', op: { ...stateOnly(node, { changes, after }), notes } };
    }
    return { verdict: 'refused', problem: refusal(node, op, mode), action: op.action };
  }
  if (op.action === 'delete' || op.action === 'forget') return decision;
  return { ...decision, op: withProtection(op, { changes, after }) };
}

interface Protection {
  readonly changes: readonly Change[];
  readonly after: boolean;
}

function destroys(op: DraftOp): boolean {
  return op.action === 'delete' || (op.action === 'replace' && op.lost.length > 0);
}

function changeTo(after: boolean, recorded: boolean, from: Place | undefined): Change {
  const change = { path: key, label: key, recorded, desired: after, reason: 'config' } as const;
  return from === undefined ? change : { ...change, from };
}

/** The object is not written, so only an operation that has no other reason is told by this one. */
function withProtection(op: DraftOp, { changes, after }: Protection): DraftOp {
  const toldApart = changes.length > 0 && (op.action === 'update' || op.action === 'absorb');
  const reasons: readonly Reason[] = toldApart
    ? [...new Set([...op.reasons, 'config' as const])].toSorted()
    : op.reasons;
  return {
    ...op,
    reasons,
    changes: [...op.changes, ...changes],
    ...(after ? { prevent_destroy: true } : {}),
  };
}

/** The state as it is, but for the protection. It says nothing about the live object, so nothing of that is guarded. */
function stateOnly(node: Node, protection: Protection): DraftOp {
  return withProtection(keptAsRecorded(node), protection);
}

/** An operation that only writes the state, which keeps the object as it has it. */
export function keptAsRecorded(node: Node): DraftOp {
  const { address, former, recorded, desired, ignored } = node;
  if (recorded === undefined) throw new TypeError(`nothing is recorded of ${address}`);
  return {
    address,
    action: 'absorb',
    ...(former === undefined ? {} : { renamed_from: former }),
    reasons: ['config'],
    id: recorded.id,
    spec: recorded.applied,
    out: recorded.out,
    ...(ignored.length === 0 ? {} : { ignored }),
    changes: [],
    lost: [],
    notes: [],
    ...(desired === undefined ? {} : { from: desired.place }),
  };
}

function refusal({ address, desired }: Node, op: DraftOp, mode: PlanMode): Problem {
  const place = desired?.preventDestroy?.place ?? desired?.place;
  const forcing = op.changes.filter(({ forces }) => forces === true).map(({ label, path }) => label ?? path);
  const why = forcing.length === 0 ? '' : ` for another ${forcing.join(', ')}`;
  return {
    code: 'PLAN.PROTECTED',
    severity: 'error',
    address,
    message: `${address} is protected by ${key}, and this plan would ${op.action} it${why}`,
    hint: remedy(op, { mode, declared: desired !== undefined }),
    ...(place === undefined ? {} : { place }),
  };
}

function remedy({ action, address }: DraftOp, about: { readonly mode: PlanMode; readonly declared: boolean }): string {
  if (action === 'replace') return `set '${key}: false' for it and apply; the plan after that replaces it`;
  if (about.mode === 'destroy' && about.declared) return `set '${key}: false' for it, apply, then destroy`;
  const then = about.mode === 'destroy' ? 'destroy' : 'remove it';
  return `declare its table with '${key}: false', apply, then ${then}; or let go of it: dpo state rm ${address}`;
}
