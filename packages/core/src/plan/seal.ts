import { kindOf } from '../address.ts';
import { fieldRule } from '../diff/field-rule.ts';
import { hashJson } from '../hash.ts';
import type { Json, JsonObject } from '../json.ts';
import { kinds } from '../kinds/index.ts';
import { planFormat, type Op, type Plan } from '../plan-file.ts';

/** A plan before its hashes. */
export type OpenPlan = Omit<Plan, 'format' | 'fingerprint' | 'digest'>;

/**
 * Adds fingerprint and digest. The fingerprint covers what is decided (mode, target, scope, the ops without `guard`,
 * `id`, `from`, `notes`, `out` and `decisions`), so that a later plan with the same decisions proves to be what was approved.
 * It does not cover what depends on the hour in which metrics arrive: `readiness`, and what kinds compose from them (W008).
 */
export function seal(plan: OpenPlan): Plan {
  const arrived = new Set(plan.readiness?.map(({ address }) => address));
  const decided = {
    format: planFormat,
    mode: plan.mode,
    owner: plan.owner,
    target: plan.target,
    scope: plan.scope,
    ops: plan.ops.map((op) => decisionOf({ ...op, needs: op.needs.filter(({ address }) => !arrived.has(address)) })),
  };
  const body = { format: planFormat, ...plan, fingerprint: hashJson(asJson(decided)) } as const;
  return { ...body, digest: digestOf(body) };
}

/** Digest of a document, without its own `digest` member. */
export function digestOf(document: Omit<Plan, 'digest'>): string {
  const { digest: _digest, ...body } = document as Plan;
  return hashJson(asJson(body));
}

/** What of an operation is decided: all but what a read found, what follows from that, and where a setting stands. */
export function decisionOf(op: Op): Json {
  const {
    guard: _guard,
    previous_guard: _previous,
    id: _id,
    from: _from,
    notes: _notes,
    out: _out,
    decisions: _decisions,
    spec,
    mask,
    changes,
    ...rest
  } = op;
  const { rules } = kinds[kindOf(op.address)];
  const isDecided = (path: string): boolean => !fieldRule(rules, path).composed;
  return asJson({
    ...rest,
    ...(spec === undefined
      ? {}
      : { spec: Object.fromEntries(Object.entries(spec).filter(([path]) => isDecided(path))) }),
    ...(mask === undefined ? {} : { mask: mask.filter(isDecided) }),
    changes: changes
      .filter(({ path, reason }) => isDecided(path) || reason !== 'config')
      .map(({ from: _place, texts: _texts, ...change }) => change),
  });
}

/** Documents hold JSON values only; their interfaces lack the index signature that `Json` asks for. */
export function asJson(value: object): JsonObject {
  return value as JsonObject;
}
