import { compareAddresses, type Address } from '../address.ts';
import { actions, type ChangeSeverity, type Op } from '../plan-file.ts';
import type { DraftOp } from './decision.ts';
import type { Edges } from './edges.ts';
import { isReadiness } from './readiness.ts';

/**
 * The ops in the order of risk, then of addresses, each with what it waits for: a write for the writes it rests on, a
 * delete for everything that happens to what rests on it, be it a delete or a change that lets go of it. What is to be
 * ready is waited for without an operation too: it may have been made a moment ago. `managed` are the addresses the state
 * knows.
 */
export function orderOps(
  drafts: ReadonlyMap<Address, DraftOp>,
  edges: Edges,
  managed: ReadonlySet<Address>,
): readonly Op[] {
  const needs = (op: DraftOp): Op['needs'] => {
    switch (op.action) {
      case 'forget':
      case 'absorb':
        return [];
      case 'delete':
        return (edges.dependents.get(op.address) ?? [])
          .filter((address) => writes(drafts.get(address)))
          .map((address) => ({ address, need: 'exists' }));
      case 'create':
      case 'adopt':
      case 'update':
      case 'replace':
        return (edges.wanted.get(op.address) ?? [])
          .filter(({ to, need }) => drafts.has(to) || (need === 'ready' && managed.has(to)))
          .map((edge) => ({ address: edge.to, need: edge.need }));
    }
  };
  const rests = (op: DraftOp): readonly Address[] =>
    (edges.wanted.get(op.address) ?? []).map((edge) => edge.to).filter((to) => managed.has(to) || drafts.has(to));
  return [...drafts.values()]
    .map((op): Op => ({ ...op, severity: severityOf(op), needs: needs(op), depends_on: rests(op) }))
    .toSorted(
      (a, b) => actions.indexOf(a.action) - actions.indexOf(b.action) || compareAddresses(a.address, b.address),
    );
}

function writes(op: DraftOp | undefined): boolean {
  return op !== undefined && op.action !== 'forget' && op.action !== 'absorb';
}

function severityOf(op: DraftOp): ChangeSeverity {
  switch (op.action) {
    case 'delete':
      return 'destructive';
    case 'replace':
      return op.lost.length === 0 ? 'behaviour' : 'destructive';
    case 'update':
      return isReadiness(op) ? 'safe' : 'behaviour';
    case 'create':
    case 'adopt':
    case 'absorb':
    case 'forget':
      return 'safe';
  }
}
