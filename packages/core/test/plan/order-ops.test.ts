import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import type { EdgeStrength } from '../../src/kinds/kind.ts';
import type { DraftOp } from '../../src/plan/decision.ts';
import { orderOps } from '../../src/plan/order-ops.ts';
import { monitor, schema } from './world.ts';

const draft = (address: Address): DraftOp => ({
  address,
  action: 'create',
  reasons: ['config'],
  changes: [],
  lost: [],
  notes: [],
});

function needsOf(need: EdgeStrength, managed: readonly Address[], drafts: readonly Address[]): readonly string[] {
  const edges = { wanted: new Map([[schema, [{ to: monitor, need }]]]), dependents: new Map(), all: [] };
  const ops = orderOps(new Map(drafts.map((address) => [address, draft(address)])), edges, new Set(managed));
  const needs = ops.find((op) => op.address === schema)?.needs ?? [];
  return needs.map((each) => `${each.need} ${each.address}`);
}

describe('what an operation waits for', () => {
  test.each<[EdgeStrength, readonly Address[], readonly Address[], readonly string[]]>([
    ['exists', [monitor], [schema], []],
    ['order', [monitor], [schema], []],
    ['ready', [monitor], [schema], [`ready ${monitor}`]],
    ['ready', [], [schema], []],
    ['exists', [], [schema, monitor], [`exists ${monitor}`]],
    ['ready', [], [schema, monitor], [`ready ${monitor}`]],
  ])('a %s edge, with %j managed and operations on %j: %j', (...[need, managed, drafts, needs]) => {
    expect(needsOf(need, managed, drafts)).toEqual(needs);
  });
});
