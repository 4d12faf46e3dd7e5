import { describe, expect, test } from '@jest/globals';
import type { Address, EdgeStrength, Limit, Op, Outcome } from '@dpo/core';
import { createLimit } from '../src/concurrency.ts';
import { schedule, type Cause } from '../src/scheduler.ts';
import { needing, opOf } from './doubles.ts';
import { settled } from './fake-clock.ts';

const a: Address = 'schema:a';
const b: Address = 'schema:b';
const c: Address = 'schema:c';
const d: Address = 'schema:d';

function done({ address, action }: Op): Outcome {
  return { address, action, status: 'done' };
}

function failed({ address, action }: Op): Outcome {
  return { address, action, status: 'failed', problem: { code: 'X', severity: 'error', message: 'm' } };
}

function skip({ address, action }: Op, cause: Cause): Outcome {
  return { address, action, status: 'skipped', ...cause };
}

const always = async (): Promise<undefined> => undefined;

interface Story {
  readonly ops: readonly Op[];
  readonly limit?: Limit;
  readonly stopped?: () => string | undefined;
  readonly run?: (op: Op) => Promise<Outcome>;
  readonly ready?: (address: Address) => Promise<string | undefined>;
}

/** The outcomes as `address status [because]`, and the addresses in the order of their starts. */
async function tell({ ops, limit = createLimit(1), stopped = () => undefined, run, ready = always }: Story): Promise<{
  readonly outcomes: readonly string[];
  readonly started: readonly Address[];
}> {
  const started: Address[] = [];
  const outcomes = await schedule({
    ops,
    limit,
    stopped,
    skip,
    ready,
    run: async (op) => {
      started.push(op.address);
      return run === undefined ? done(op) : run(op);
    },
  });
  return { started, outcomes: outcomes.map(lineOf) };
}

function lineOf(outcome: Outcome): string {
  if (outcome.status !== 'skipped') return `${outcome.address} ${outcome.status}`;
  return `${outcome.address} ${outcome.halted === true ? 'halted' : 'skipped'}: ${outcome.because}`;
}

function create(address: Address, ...needs: readonly Address[]): Op {
  return opOf('create', address, needing(...needs));
}

describe('schedule', () => {
  test('one at a time, equals start in the order given and dependents once what they need is done', async () => {
    const ops = [create(a), create(b, d), create(c), create(d)];
    expect((await tell({ ops })).started).toEqual([a, c, d, b]);
  });

  test('nothing to do ends at once', async () => {
    expect(await tell({ ops: [] })).toEqual({ started: [], outcomes: [] });
  });

  test('outcomes come in the order of the operations, whoever ends first', async () => {
    const wait: Record<string, number> = { [a]: 3, [b]: 1, [c]: 2 };
    const run = async (op: Op): Promise<Outcome> => {
      for (let turns = wait[op.address] ?? 0; turns > 0; turns -= 1) await settled();
      return done(op);
    };
    const { outcomes } = await tell({ ops: [create(a), create(b), create(c)], limit: createLimit(3), run });
    expect(outcomes).toEqual([`${a} done`, `${b} done`, `${c} done`]);
  });

  test('never more at once than the limit lets in', async () => {
    let running = 0;
    let most = 0;
    const run = async (op: Op): Promise<Outcome> => {
      running += 1;
      most = Math.max(most, running);
      await settled();
      running -= 1;
      return done(op);
    };
    const ops = Array.from({ length: 20 }, (_, index) => create(`schema:${String(index)}`));
    await tell({ ops, limit: createLimit(4), run });
    expect(most).toBe(4);
  });

  test('a failure skips what rests on it, directly or not, with the name of what failed, and nothing else', async () => {
    const run = async (op: Op): Promise<Outcome> => (op.address === a ? failed(op) : done(op));
    const ops = [create(a), create(b, a), create(c, b), create(d)];
    expect(await tell({ ops, run })).toEqual({
      started: [a, d],
      outcomes: [`${a} failed`, `${b} skipped: needs ${a}`, `${c} skipped: needs ${a}`, `${d} done`],
    });
  });

  test('what needs two things, one of which fails, is skipped once and never started', async () => {
    const skips: string[] = [];
    const ops = [create(a), create(b), create(c, a, b), create(d, c, a)];
    await schedule({
      ops,
      limit: createLimit(2),
      stopped: () => undefined,
      ready: always,
      run: async (op) => (op.address === a ? failed(op) : done(op)),
      skip: (op, cause) => {
        skips.push(`${op.address} ${cause.because}`);
        return skip(op, cause);
      },
    });
    expect(skips).toEqual([`${c} needs ${a}`, `${d} needs ${a}`]);
  });

  test.each<{ readonly need: EdgeStrength; readonly last: string }>([
    { need: 'exists', last: `${b} skipped: needs ${a}` },
    { need: 'ready', last: `${b} skipped: needs ${a}` },
    { need: 'order', last: `${b} done` },
  ])('a need of strength $need on what fails', async ({ need, last }) => {
    const run = async (op: Op): Promise<Outcome> => (op.address === a ? failed(op) : done(op));
    const ops = [create(a), opOf('create', b, { needs: [{ address: a, need }] })];
    expect((await tell({ ops, run })).outcomes).toEqual([`${a} failed`, last]);
  });

  test('a ready need is met by readiness, an exists need by the end: what needs less does not wait', async () => {
    const told: string[] = [];
    const state: { ready?: () => void } = {};
    const run = async (op: Op): Promise<Outcome> => {
      told.push(op.address);
      return done(op);
    };
    const ready = async (address: Address): Promise<undefined> => {
      told.push(`wait ${address}`);
      await new Promise<void>((resolve) => (state.ready = resolve));
      return undefined;
    };
    const ops = [create(a), opOf('create', b, { needs: [{ address: a, need: 'ready' }] }), create(c, a), create(d, b)];
    const telling = tell({ ops, run, ready });
    await settled();
    expect(told).toEqual([a, `wait ${a}`, c]);
    state.ready?.();
    expect((await telling).outcomes).toEqual([`${a} done`, `${b} done`, `${c} done`, `${d} done`]);
    expect(told).toEqual([a, `wait ${a}`, c, b, d]);
  });

  test('what never gets ready skips all that needs it so, directly or not, with its cause', async () => {
    const on = (need: EdgeStrength) => ({ needs: [{ address: a, need }] });
    const ops = [
      create(a),
      opOf('create', b, on('ready')),
      create(c, b),
      opOf('create', d, { needs: [{ address: b, need: 'order' }] }),
    ];
    const { outcomes, started } = await tell({ ops, ready: async (address) => `needs ${address}, which failed` });
    expect(started).toEqual([a, d]);
    expect(outcomes).toEqual([
      `${a} done`,
      `${b} skipped: needs ${a}, which failed`,
      `${c} skipped: needs ${a}, which failed`,
      `${d} done`,
    ]);
  });

  test('an object without an operation is waited for as well, once for all that need it', async () => {
    const asked: Address[] = [];
    const ready = async (address: Address): Promise<undefined> => {
      asked.push(address);
      await settled();
      return undefined;
    };
    const needs = [{ address: d, need: 'ready' }] as const;
    const ops = [opOf('create', a, { needs }), opOf('create', b, { needs }), create(c, a)];
    const { outcomes } = await tell({ ops, ready });
    expect(asked).toEqual([d]);
    expect(outcomes).toEqual([`${a} done`, `${b} done`, `${c} done`]);
  });

  test('what failed is not waited for', async () => {
    const asked: Address[] = [];
    const ready = async (address: Address): Promise<undefined> => void asked.push(address);
    const ops = [create(a), opOf('create', b, { needs: [{ address: a, need: 'ready' }] })];
    await tell({ ops, run: async (op) => failed(op), ready });
    expect(asked).toEqual([]);
  });

  test('deletes wait for the deletes of what rests on them', async () => {
    const ops = [opOf('delete', a, needing(b, c)), opOf('delete', b, needing(c)), opOf('delete', c)];
    expect((await tell({ ops, limit: createLimit(3) })).started).toEqual([c, b, a]);
  });

  test('once it is stopped nothing new starts, what runs ends, and what rests on it says why', async () => {
    let because: string | undefined;
    const run = async (op: Op): Promise<Outcome> => {
      because = 'stopped by somebody';
      await settled();
      return done(op);
    };
    const ops = [create(a), create(b, a), create(c), create(d, c)];
    expect(await tell({ ops, run, stopped: () => because })).toEqual({
      started: [a],
      outcomes: [
        `${a} done`,
        `${b} halted: stopped by somebody`,
        `${c} halted: stopped by somebody`,
        `${d} halted: stopped by somebody`,
      ],
    });
  });

  test('no operation is lost: what needs something that is not there is skipped', async () => {
    expect(await tell({ ops: [create(a), create(b, d)] })).toEqual({
      started: [a],
      outcomes: [`${a} done`, `${b} skipped: what it needs never ended`],
    });
    expect((await tell({ ops: [create(b, b)] })).outcomes).toEqual([`${b} skipped: what it needs never ended`]);
  });

  test('a need that is named twice counts as one', async () => {
    expect((await tell({ ops: [create(a), create(b, a, a)] })).outcomes).toEqual([`${a} done`, `${b} done`]);
  });

  test('10,000 operations are looked at once each: the needs are read a fixed number of times', async () => {
    let reads = 0;
    let asked = 0;
    const counted = (op: Op): Op =>
      Object.defineProperty({ ...op }, 'needs', {
        get: () => {
          reads += 1;
          return op.needs;
        },
      });
    const hub: Address = 'schema:hub';
    const leaves = Array.from({ length: 10_000 }, (_, index) => create(`monitor:${String(index)}`, hub));
    const { outcomes, started } = await tell({
      ops: [create(hub), ...leaves].map(counted),
      limit: createLimit(10),
      stopped: () => {
        asked += 1;
        return undefined;
      },
    });
    expect(outcomes.every((line) => line.endsWith(' done'))).toBe(true);
    expect([started.length, asked]).toEqual([10_001, 10_001]);
    expect(reads).toBeLessThanOrEqual(3 * 10_001);
  });

  test('a chain of 10,000 whose first fails is skipped to its end, without running out of stack', async () => {
    const name = (index: number): Address => `schema:${String(index)}`;
    const ops = Array.from({ length: 10_000 }, (_, index) =>
      index === 0 ? create(name(0)) : create(name(index), name(index - 1)),
    );
    const { outcomes } = await tell({ ops, run: async (op) => failed(op) });
    expect(new Set(outcomes.slice(1).map((line) => line.slice(line.indexOf(' '))))).toEqual(
      new Set([` skipped: needs ${name(0)}`]),
    );
    expect(outcomes).toHaveLength(10_000);
  });
});
