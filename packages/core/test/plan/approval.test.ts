import { describe, expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import { approvalOf, approvalText, readApproval, type Approval } from '../../src/plan/approval.ts';
import type { Plan } from '../../src/plan-file.ts';
import {
  liveMonitor,
  liveSchema,
  monitor,
  ours,
  planOf,
  recordedMonitor,
  recordedSchema,
  schema,
  storyOf,
  wantedMonitor,
  wantedSchema,
  type World,
} from './world.ts';

const other: Address = 'monitor:prod.ml.orders';
const both: World = { desired: [wantedSchema(), wantedMonitor()] };
const three: World = { desired: [wantedSchema(), wantedMonitor(), wantedMonitor({ object_id: 'table-2' }, other)] };
const managed: World = {
  desired: [wantedSchema(), wantedMonitor({ slicing_exprs: ['region'] })],
  recorded: { [schema]: recordedSchema(), [monitor]: recordedMonitor() },
  live: { [schema]: liveSchema(ours), [monitor]: liveMonitor() },
};

/** The approval as it travels: as text. */
function approvalBy(world: World): Approval {
  return read(approvalText(planOf(world)));
}

function read(text: string): Approval {
  const approval = readApproval(text);
  if (approval === undefined) throw new Error(`'${text}' is no approval`);
  return approval;
}

function deferredIn(plan: Plan): readonly string[] {
  return (plan.deferred ?? []).map(({ address, action, why }) => `${action} ${address} ${why}`);
}

describe('W007 a plan narrowed to an approval', () => {
  test('is the same plan, byte for byte, when nothing changed', () => {
    const whole = planOf(both);
    for (const text of [whole.fingerprint, whole.fingerprint.slice(0, 16), `fp:${whole.fingerprint}`]) {
      expect(planOf({ ...both, approval: read(text) })).toEqual(whole);
    }
    expect(planOf({ ...both, approval: approvalBy(both) })).toEqual(whole);
  });

  test('holds what was approved and lists what is new', () => {
    const plan = planOf({ ...three, approval: approvalBy(both) });
    expect(storyOf(plan)).toEqual([`create ${schema} (config)`, `create ${monitor} (config)`]);
    expect(deferredIn(plan)).toEqual([`create ${other} new`]);
    expect(plan).toMatchObject({ applyable: true, summary: { create: 2 } });
  });

  test('does not run again what has been done meanwhile', () => {
    const done: World = { ...three, recorded: managed.recorded ?? {}, live: managed.live ?? {} };
    const plan = planOf({ ...done, approval: approvalBy(both) });
    expect(plan.ops).toEqual([]);
    expect(deferredIn(plan)).toEqual([`create ${other} new`]);
  });

  test.each<[string, World]>([
    [
      'the config asks for something else',
      { ...managed, desired: [wantedSchema(), wantedMonitor({ slicing_exprs: ['a'] })] },
    ],
    [
      'the live object was changed outside in what is to be changed',
      { ...managed, live: { ...managed.live, [monitor]: liveMonitor({ slicing_exprs: ['b'] }) } },
    ],
    ['the update became a replace', { ...managed, replace: new Set([monitor]) }],
  ])('leaves out what is no longer what was approved: %s', (_name, world) => {
    const plan = planOf({ ...world, approval: approvalBy(managed) });
    expect(plan.ops).toEqual([]);
    expect(deferredIn(plan)).toEqual([expect.stringMatching(/^\w+ monitor:prod\.ml\.churn changed$/u)]);
  });

  test('holds back what needs something that was not approved', () => {
    const { place = '', ops = new Map<string, string>() } = approvalBy(both);
    // The schema's operation is the first.
    const plan = planOf({ ...both, approval: { fingerprint: '0'.repeat(16), place, ops: new Map([...ops].slice(1)) } });
    expect(plan.ops).toEqual([]);
    expect(deferredIn(plan)).toEqual([`create ${schema} new`, `create ${monitor} held`]);
    expect(plan.deferred?.[1]?.because).toBe(`needs create ${schema}, which is not approved`);
  });

  test('asks for consent only for what it holds', () => {
    const tables = [1, 2, 3, 4].map((index): Address => `monitor:prod.ml.t${String(index)}`);
    const recorded = Object.fromEntries(tables.map((address) => [address, recordedMonitor()]));
    const live = Object.fromEntries(tables.map((address) => [address, liveMonitor()]));
    const one: World = { ...managed, recorded: { ...managed.recorded }, live: { ...managed.live } };
    const many: World = {
      ...managed,
      recorded: { ...managed.recorded, ...recorded },
      live: { ...managed.live, ...live },
    };
    expect(planOf(many).requires).toHaveLength(1);
    expect(planOf({ ...many, approval: approvalBy(one) })).toMatchObject({ requires: [], applyable: true });
  });

  test.each<[string, World, Approval]>([
    ['a fingerprint of another plan', both, { fingerprint: '0'.repeat(64) }],
    ['an approval of another owner', both, approvalOf({ ...planOf(three), owner: 'dpo/other' })],
    ['an approval of a destroy', three, approvalOf({ ...planOf(both), mode: 'destroy' })],
  ])('cannot tell what %s covers, and may not be applied', (_name, world, approval) => {
    const plan = planOf({ ...world, approval });
    expect(plan).toMatchObject({ errored: true, applyable: false });
    expect(plan.problems.map(({ code }) => code)).toContain('PLAN.CHANGED');
  });
});

describe('the text of an approval', () => {
  test('is one word that names every operation', () => {
    const text = approvalText(planOf(both));
    expect(text).toMatch(/^fp:[0-9a-f]{64}\.[0-9a-f]{16}\.[0-9a-f]{56}$/u);
    expect(read(text)).toEqual(approvalOf(planOf(both)));
  });

  test('of a plan without operations approves none', () => {
    const plan = planOf({ ...three, approval: approvalBy({}) });
    expect([plan.ops, plan.deferred?.length]).toEqual([[], 3]);
  });

  test.each([
    '',
    'fp:',
    'fp:7f3a',
    'fp:7f3a-91c2-0b5e-44dg',
    'plan.json',
    `${'a'.repeat(64)}.b.c`,
    `${'a'.repeat(65)}`,
  ])('%p is none', (text) => {
    expect(readApproval(text)).toBeUndefined();
  });
});
