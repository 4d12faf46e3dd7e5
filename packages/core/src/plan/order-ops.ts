import { compareAddresses, type Address } from '../address.ts';
import type { Edge } from '../kinds/kind.ts';
import { actions, type ChangeSeverity, type Op } from '../plan-file.ts';
import type { DraftOp } from './decision.ts';

/**
 * The ops in the order of risk, then of addresses, each with what it waits for: a write for the writes it rests on, a
 * delete for the deletes of what rests on it. `managed` are the addresses the state knows.
 */
export function orderOps(
  drafts: ReadonlyMap<Address, DraftOp>,
  edges: ReadonlyMap<Address, readonly Edge[]>,
  managed: ReadonlySet<Address>,
): readonly Op[] {
  const deletedDependents = new Map<Address, Address[]>();
  for (const [from, list] of edges) {
    if (drafts.get(from)?.action !== 'delete') continue;
    for (const { to } of list) {
      const known = deletedDependents.get(to);
      if (known === undefined) deletedDependents.set(to, [from]);
      else known.push(from);
    }
  }
  const needs = (op: DraftOp): Op['needs'] => {
    switch (op.action) {
      case 'forget':
      case 'absorb':
        return [];
      case 'delete':
        return (deletedDependents.get(op.address) ?? []).map((address) => ({ address, need: 'exists' }));
      case 'create':
      case 'adopt':
      case 'update':
      case 'replace':
        return (edges.get(op.address) ?? [])
          .filter((edge) => drafts.has(edge.to))
          .map((edge) => ({ address: edge.to, need: edge.need }));
    }
  };
  const rests = (op: DraftOp): readonly Address[] =>
    (edges.get(op.address) ?? []).map((edge) => edge.to).filter((to) => managed.has(to) || drafts.has(to));
  return [...drafts.values()]
    .map((op): Op => ({ ...op, severity: severityOf(op), needs: needs(op), depends_on: rests(op) }))
    .toSorted(
      (a, b) => actions.indexOf(a.action) - actions.indexOf(b.action) || compareAddresses(a.address, b.address),
    );
}

function severityOf(op: DraftOp): ChangeSeverity {
  switch (op.action) {
    case 'delete':
      return 'destructive';
    case 'replace':
      return op.reasons.includes('identity') || op.lost.length === 0 ? 'behaviour' : 'destructive';
    case 'update':
      return 'behaviour';
    case 'create':
    case 'adopt':
    case 'absorb':
    case 'forget':
      return 'safe';
  }
}
