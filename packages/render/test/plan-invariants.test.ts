import { describe, expect, test } from '@jest/globals';
import { actions, addressOf, nameOf, type Change, type Json, type Op, type Plan } from '@dpo/core';
import fc from 'fast-check';
import { renderPlan } from '../src/index.ts';
import { widthOf } from '../src/measure.ts';
import { op, plan } from './builders.ts';
import { linesOf, narrow } from './golden.ts';

const text = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('\x1b[2J', '\u202eabc', 'a\nb', '漢字'),
);
const value: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.array(text, { maxLength: 6 }),
  fc.constant(null),
);

const change: fc.Arbitrary<Change> = fc
  .record({
    path: text,
    recorded: value,
    desired: value,
    live: value,
    reason: fc.constantFrom('config', 'drift', 'config+drift'),
    tag: text,
  })
  .map(({ tag, reason, ...rest }): Change => ({ ...rest, reason: reason as Change['reason'], from: { tag } }));

const table = fc.stringMatching(/^[a-z]{1,3}\.[a-z]{1,3}\.[a-z]{1,6}$/);

const operation: fc.Arbitrary<Op> = fc
  .record({
    action: fc.constantFrom(...actions),
    reasons: fc.constantFrom<Op['reasons']>(['config'], ['drift'], ['config', 'drift'], ['missing']),
    name: table,
    changes: fc.array(change, { maxLength: 3 }),
    notes: fc.array(text, { maxLength: 2 }),
  })
  .map(({ action, name, changes, notes, reasons }) => op(action, name, { changes, notes, lost: notes, reasons }));

const anyPlan: fc.Arbitrary<Plan> = fc
  .record({
    ops: fc.uniqueArray(operation, { maxLength: 12, selector: (each) => each.address }),
    host: text,
    because: text,
  })
  .map(({ ops, host, because }) => {
    const drifted = ops.filter((each) => each.reasons[0] !== 'config');
    const drift = drifted.map(({ address, changes }) => ({ address, fate: 'reverted' as const, changes }));
    const base = plan({ ops, drift, blocked: [{ address: addressOf('monitor', 'x.y.z'), code: 'PLAN.X', because }] });
    return { ...base, target: { ...base.target, host } };
  });

function countShown(lines: readonly string[]): number {
  const heads = lines.flatMap((line) => [...line.matchAll(/^ {2}[-±~+›=○] monitor {4}(?:([\d,]+) × )?/g)]);
  return heads.reduce((sum, [, count = '1']) => sum + Number(count.replaceAll(',', '')), 0);
}

describe('every plan', () => {
  test('prints or counts each operation once', () => {
    const undrifted = anyPlan.map((each): Plan => ({ ...each, drift: [] }));
    fc.assert(
      fc.property(undrifted, (each) => expect(countShown(linesOf(renderPlan(each, narrow)))).toBe(each.ops.length)),
    );
  });

  test('names each operation in full, wherever its drift is told', () => {
    fc.assert(
      fc.property(anyPlan, (each) => {
        const text = renderPlan(each, { ...narrow, full: true });
        for (const { address } of each.ops) expect(text).toContain(nameOf(address));
        expect(countShown(linesOf(text))).toBeGreaterThanOrEqual(each.ops.length);
      }),
    );
  });

  test('holds no control, bidirectional or other hidden character from outside', () => {
    fc.assert(
      fc.property(anyPlan, fc.boolean(), (each, full) => {
        expect(renderPlan(each, { ...narrow, full })).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      }),
    );
  });

  test('renders the same text each time', () => {
    fc.assert(
      fc.property(anyPlan, (each) => expect(renderPlan(structuredClone(each), narrow)).toBe(renderPlan(each, narrow))),
    );
  });

  test('keeps its lines within the width when names and places are short', () => {
    const short = anyPlan.map((each) => ({ ...each, target: { ...each.target, host: 'h' } }));
    fc.assert(
      fc.property(short, fc.integer({ min: 60, max: 140 }), (each, width) => {
        for (const line of linesOf(renderPlan(each, { ...narrow, width })))
          expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
