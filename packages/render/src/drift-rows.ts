import { kindOf, type Address, type Drift, type Op } from '@dpo/core';
import { headRow, nameRows } from './block.ts';
import { changeRows } from './change-rows.ts';
import type { Frame } from './frame.ts';
import { span } from './line.ts';
import { changesKey, groupBy, opKey, type Group } from './op-groups.ts';
import { actionTones, changeLines, opBody } from './op-rows.ts';
import type { Row } from './rows.ts';

/** An outside change and, when that is the only reason for an operation, the operation. */
export interface DriftItem {
  readonly drift: Drift;
  readonly op?: Op;
}

export interface DriftParts {
  readonly items: readonly DriftItem[];
  /** Outside changes to resources whose operation has other reasons too: their block shows them. */
  readonly elsewhere: readonly Drift[];
  /** Operations that are not told in the drift section. */
  readonly ops: readonly Op[];
}

const fates: Readonly<Record<Drift['fate'], string>> = {
  reverted: 'will be set back',
  recreated: 'deleted outside dpo; will be created again',
  kept: 'stays as it is now',
};

const fateActions = { reverted: 'update', recreated: 'create', kept: 'absorb' } as const;

/** Tells each operation once: what only sets an outside change back belongs to drift, all else to its action. */
export function splitDrift(ops: readonly Op[], drift: readonly Drift[]): DriftParts {
  const byAddress = new Map<Address, Op>(ops.map((op) => [op.address, op]));
  const items: DriftItem[] = [];
  const elsewhere: Drift[] = [];
  const told = new Set<Address>();
  for (const entry of drift) {
    const op = byAddress.get(entry.address);
    if (op !== undefined && onlyDrift(op)) {
      items.push({ drift: entry, op });
      told.add(op.address);
    } else if (op !== undefined && showsDrift(op)) elsewhere.push(entry);
    else items.push({ drift: entry });
  }
  return { items, elsewhere, ops: ops.filter((op) => !told.has(op.address)) };
}

export function driftRows(items: readonly DriftItem[], frame: Frame): readonly Row[] {
  const full = frame.style.full === true;
  return groupBy(items, (item) => keyOf(item, full)).flatMap((group) => groupRows(group, frame));
}

function groupRows({ first, items }: Group<DriftItem>, frame: Frame): readonly Row[] {
  const { fate, address } = first.drift;
  const action = first.op?.action ?? fateActions[fate];
  const addresses = items.map((item) => item.drift.address);
  const drifts = items.map((item) => item.drift);
  const ops = items.flatMap((item) => item.op ?? []);
  const lines = changeLines({ first: first.drift, items: drifts }, frame);
  const changes = fate === 'kept' ? lines.map((line) => ({ ...line, kept: true as const })) : lines;
  return [
    headRow(
      {
        mark: frame.marks.actions[action],
        tone: actionTones[action],
        kind: kindOf(address),
        addresses,
        right: [[span(fates[fate], 'warn')]],
      },
      frame,
    ),
    ...nameRows(addresses, 0, frame),
    ...changeRows(changes, frame),
    ...(first.op === undefined ? [] : opBody({ first: withoutChanges(first.op), items: ops }, frame)),
  ];
}

function keyOf({ drift, op }: DriftItem, full: boolean): string {
  return JSON.stringify([
    kindOf(drift.address),
    drift.fate,
    changesKey(drift, full),
    op === undefined ? null : opKey(op, full),
  ]);
}

/** The drift entry shows the same leaves. */
function withoutChanges(op: Op): Op {
  return { ...op, changes: [] };
}

/** A state-only operation writes nothing, so the outside change is all there is to tell. */
function onlyDrift(op: Op): boolean {
  if (op.action === 'absorb') return op.changes.every((change) => change.reason === 'drift');
  const possible = op.action === 'update' || op.action === 'create';
  return possible && op.reasons.length > 0 && op.reasons.every((reason) => reason === 'drift' || reason === 'missing');
}

function showsDrift(op: Op): boolean {
  return op.changes.some((change) => change.reason !== 'config');
}
