import type { Address } from '../address.ts';
import type { Op } from '../plan-file.ts';

/** An operation for which nobody asked: metrics arrived, and what is made from them follows (W008). */
export function isReadiness({ reasons }: Pick<Op, 'reasons'>): boolean {
  return reasons.length === 1 && reasons[0] === 'inputs';
}

export interface ByReadiness {
  readonly ops: readonly Op[];
  readonly readiness: readonly Op[];
}

export function splitReadiness(all: readonly Op[]): ByReadiness {
  return { ops: all.filter((op) => !isReadiness(op)), readiness: all.filter(isReadiness) };
}

/**
 * What metrics that arrived ask for, beside a part of the other operations: what it rests on exists already, so that it waits
 * only for those that run too.
 */
export function readinessBeside({ ops, readiness }: ByReadiness, chosen: readonly Op[]): readonly Op[] {
  const kept = new Set([...chosen, ...readiness].map(({ address }) => address));
  const left = new Set<Address>(ops.map(({ address }) => address).filter((address) => !kept.has(address)));
  return readiness.map((op) => ({ ...op, needs: op.needs.filter(({ address }) => !left.has(address)) }));
}
