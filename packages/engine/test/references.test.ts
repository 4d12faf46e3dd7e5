import { guardedPaths, guardOf, kinds, type Op, type Spec } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { createBench } from './bench.ts';
import { entryOf, monitor, onRecorded, opOf, planOf, presentAs, recordedOf } from './doubles.ts';

const path = 'schedule.quartz_cron_expression';
const cron = (text: string): Spec => ({ object_id: 't-1', schedule: { quartz_cron_expression: text } });
const kept = { spec: cron('${env:CRON}'), references: [path] } as const;
const environment = { CRON: 'secret', EMPTY: '' };

describe('references of a plan (ruling 77)', () => {
  test.each<[string, Op]>([
    ['a create', opOf('create', monitor, kept)],
    ['a replace', opOf('replace', monitor, { ...kept, id: 't-1' })],
    ['an update', opOf('update', monitor, { ...kept, id: 't-1', mask: [path] })],
    ['an adoption that changes something', opOf('adopt', monitor, { ...kept, id: 't-1', mask: [path] })],
  ])('%s sends the value and records the reference', async (_name, op) => {
    const sent: Spec[] = [];
    const take = async ({ spec }: { readonly spec: Spec }) => {
      sent.push(spec);
      return { id: 't-1', fields: spec, out: {} };
    };
    const bench = createBench({ environment, answers: { create: take, update: take } });
    const { outcomes } = await bench.apply(planOf([op]));
    expect(outcomes).toMatchObject([{ status: 'done' }]);
    expect(sent).toEqual([cron('secret')]);
    expect(bench.entries.get(monitor)).toMatchObject({ applied: cron('${env:CRON}'), references: [path] });
    expect(JSON.stringify([...bench.staged.values()])).not.toContain('secret');
    expect(JSON.stringify(bench.events)).not.toContain('secret');
  });

  test('a text that only looks like a reference is sent as it is', async () => {
    const sent: Spec[] = [];
    const bench = createBench({
      environment,
      answers: {
        create: async ({ spec }) => {
          sent.push(spec);
          return { id: 't-1', fields: spec, out: {} };
        },
      },
    });
    await bench.apply(planOf([opOf('create', monitor, { spec: cron('${env:CRON} ${env:GONE}') })]));
    expect(sent).toEqual([cron('${env:CRON} ${env:GONE}')]);
    expect(bench.entries.get(monitor)).not.toHaveProperty('references');
  });

  test('variables that are not set or empty are named all at once, before the lock is taken', async () => {
    const bench = createBench({ environment });
    const ops = ['${env:GONE} ${env:CRON}', '${env:EMPTY}'].map((text, index) =>
      opOf('create', `monitor:prod.ml.t${String(index)}`, { ...kept, spec: cron(text) }),
    );
    await expect(bench.apply(planOf(ops))).rejects.toMatchObject({
      problems: [
        {
          code: 'PLAN.ENV_MISSING',
          message: 'the plan needs the environment variables EMPTY, GONE, which are not set here',
        },
      ],
    });
    expect(bench.log).toEqual([]);
  });

  test('what is written nowhere needs no value', async () => {
    const bench = createBench({ state: { recorded: recordedOf({ [monitor]: entryOf({ id: 't-1' }) }) } });
    const { outcomes } = await bench.apply(planOf([opOf('absorb', monitor, { ...kept, id: 't-1' })], onRecorded));
    expect(outcomes).toMatchObject([{ status: 'done' }]);
    expect(bench.entries.get(monitor)).toMatchObject({ applied: cron('${env:CRON}'), references: [path] });
  });

  test('the guard holds whatever a variable stood for when the plan was made', async () => {
    const fields = { ...cron('another secret'), profile_type: 'SNAPSHOT' };
    const lookup = { by: 'id', address: monitor, id: 't-1' } as const;
    const recorded = recordedOf({
      [monitor]: entryOf({ id: 't-1', applied: cron('${env:CRON}'), references: [path] }),
    });
    const paths = guardedPaths({ kind: kinds.monitor, ignored: [], references: [path] }, kept.spec);
    const seen = presentAs(lookup, { id: 't-1', fields: { ...fields, ...cron('then') } });
    const guard = guardOf(kinds.monitor, seen, paths) ?? { absent: true };
    const op = opOf('update', monitor, { ...kept, id: 't-1', mask: [path], guard });
    const bench = createBench({
      environment,
      state: { recorded },
      answers: { observe: (asked) => presentAs(asked, { id: 't-1', fields }) },
    });
    expect((await bench.apply(planOf([op], onRecorded))).outcomes).toMatchObject([{ status: 'done' }]);
  });
});
