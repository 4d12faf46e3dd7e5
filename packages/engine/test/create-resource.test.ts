import { describe, expect, test } from '@jest/globals';
import { kindOf, kinds, type Address, type Lookup, type Observation, type ReadContext } from '@dpo/core';
import { createResource, type Made } from '../src/create-resource.ts';
import { absentAs, apiError, monitor, owner, presentAs, providersOf, schema } from './doubles.ts';
import { createClock } from './fake-clock.ts';

const signal = new AbortController().signal;
const clock = createClock();

interface Row {
  readonly name: string;
  readonly address?: Address;
  /** Code of each create in turn; undefined: it succeeds. */
  readonly creates: readonly (string | undefined)[];
  readonly finds?: (lookup: Lookup) => Observation;
  readonly expected: Partial<Made> | string;
  readonly log: string;
}

const ours = (lookup: Lookup): Observation =>
  presentAs(lookup, {
    id: 'found',
    fields: { object_id: 't-1', profile_type: 'TIMESERIES' },
    out: { schema_id: 'found' },
    marker: { owner, lineage: 'other' },
  });
const oursOtherwise = (lookup: Lookup): Observation =>
  presentAs(lookup, { id: 'found', fields: { object_id: 't-1', profile_type: 'SNAPSHOT' }, marker: { owner } });
const theirs = (lookup: Lookup): Observation => presentAs(lookup, { id: 'found', marker: { owner: 'them/prod' } });
const unmarked = (lookup: Lookup): Observation => presentAs(lookup, { id: 'found', out: { schema_id: 'found' } });
const anomaly = 'anomaly:prod.ml';
const watched = (lookup: Lookup): Observation =>
  presentAs(lookup, { id: 'found', fields: { object_id: 't-1', profile_type: 'TIMESERIES' } });
const watchedOtherwise = (lookup: Lookup): Observation =>
  presentAs(lookup, { id: 'found', fields: { object_id: 't-1' } });
const unreadable = (lookup: Lookup): Observation => ({
  status: 'unreadable',
  lookup,
  problem: { code: 'API.FORBIDDEN', severity: 'error', message: 'no' },
});

const madeBefore = { id: 'found', note: 'an earlier request had already made it' };
const lost = 'API.OUTCOME_UNKNOWN';
const conflict = 'API.CONFLICT';

const rows: readonly Row[] = [
  { name: 'a create that succeeds', creates: [undefined], expected: { id: `id of ${monitor}` }, log: 'c' },
  { name: 'U066 conflict, and it is ours', creates: [conflict], finds: ours, expected: madeBefore, log: 'co' },
  {
    name: 'U066 conflict, and a stranger has it',
    creates: [conflict],
    finds: theirs,
    expected: 'PLAN.FOREIGN',
    log: 'co',
  },
  {
    name: 'conflict, and it carries no marker',
    creates: [conflict],
    finds: unmarked,
    expected: 'PLAN.FOREIGN',
    log: 'co',
  },
  {
    name: 'W016 conflict, of a kind that is used as it is',
    address: schema,
    creates: [conflict],
    finds: unmarked,
    expected: {
      id: 'found',
      out: { schema_id: 'found' },
      used: true,
      note: 'somebody else made it meanwhile: it is used as it is',
    },
    log: 'co',
  },
  {
    name: 'conflict, and it is of a kind that is used, but ours',
    address: schema,
    creates: [conflict],
    finds: ours,
    expected: madeBefore,
    log: 'co',
  },
  {
    name: 'conflict, and ours differs from what was asked for: another run made it',
    creates: [conflict],
    finds: oursOtherwise,
    expected: 'PLAN.STALE',
    log: 'co',
  },
  { name: 'conflict with nothing there', creates: [conflict], finds: absentAs, expected: conflict, log: 'co' },
  { name: 'conflict with what cannot be read', creates: [conflict], finds: unreadable, expected: conflict, log: 'co' },
  { name: 'answer lost, and ours is there', creates: [lost], finds: ours, expected: madeBefore, log: 'co' },
  { name: 'answer lost, and a stranger has it', creates: [lost], finds: theirs, expected: 'PLAN.FOREIGN', log: 'co' },
  {
    name: 'answer lost, and it is absent: tried once more',
    creates: [lost, undefined],
    finds: absentAs,
    expected: { id: `id of ${monitor}` },
    log: 'coc',
  },
  {
    name: 'answer lost twice: there is exactly one retry',
    creates: [lost, lost],
    finds: absentAs,
    expected: lost,
    log: 'coco',
  },
  {
    name: 'answer lost, absent, and the retry is refused',
    creates: [lost, 'API.INVALID'],
    finds: absentAs,
    expected: 'API.INVALID',
    log: 'coc',
  },
  { name: 'answer lost, and it cannot be read', creates: [lost], finds: unreadable, expected: lost, log: 'co' },
  {
    name: 'W010 answer lost, where there is no room for a marker: what is there as asked for is ours',
    address: anomaly,
    creates: [lost],
    finds: watched,
    expected: madeBefore,
    log: 'co',
  },
  {
    name: 'W010 answer lost, where there is no room for a marker, and it is otherwise',
    address: anomaly,
    creates: [lost],
    finds: watchedOtherwise,
    expected: 'PLAN.STALE',
    log: 'co',
  },
  {
    name: 'W010 a conflict where there is no room for a marker is somebody else',
    address: anomaly,
    creates: [conflict],
    finds: watched,
    expected: 'PLAN.FOREIGN',
    log: 'co',
  },
  { name: 'a refusal passes on', creates: ['API.INVALID'], expected: 'API.INVALID', log: 'c' },
  { name: 'U061 a quota passes on', creates: ['API.QUOTA'], expected: 'API.QUOTA', log: 'c' },
];

async function create(
  row: Pick<Row, 'address' | 'creates' | 'finds'>,
  log: string[],
  replacing = false,
): Promise<Made> {
  const address = row.address ?? monitor;
  const answers = [...row.creates];
  const providers = providersOf(log, {
    observe: row.finds ?? absentAs,
    create: async (request) => {
      const code = answers.shift();
      if (code !== undefined) throw apiError(code);
      return { id: `id of ${request.address}`, fields: {}, out: {} };
    },
  });
  const kind = kinds[kindOf(address)];
  const spec = { object_id: 't-1', profile_type: 'TIMESERIES' };
  const request = { address, spec, marker: { owner, lineage: 'L1' } };
  const read = { limit: async <T>(work: () => Promise<T>) => work(), signal, clock };
  return createResource({
    kind,
    provider: providers[kind.name],
    request,
    write: { signal, clock },
    read,
    lookMs: 60_000,
    replacing,
  });
}

describe('createResource', () => {
  test.each(rows)('$name', async (row) => {
    const log: string[] = [];
    const made = create(row, log);
    if (typeof row.expected === 'string')
      await expect(made).rejects.toMatchObject({ problems: [{ code: row.expected }] });
    else expect(await made).toMatchObject(row.expected);
    expect(log.map((line) => line.slice(0, 1)).join('')).toBe(row.log);
  });

  test('in a replace, what still stands in its former shape is being deleted: it is waited for, never taken', async () => {
    const log: string[] = [];
    const made = create({ creates: [conflict, conflict, undefined], finds: oursOtherwise }, log, true);
    for (let tries = 0; tries < 2; tries += 1) {
      // Until the create has been refused and the pause has begun.
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(2000);
    }
    expect(await made).toMatchObject({ id: `id of ${monitor}` });
    expect(log.map((line) => line.slice(0, 1)).join('')).toBe('cococ');
  });

  test('a first request that takes effect late is found when the retry meets it', async () => {
    const log: string[] = [];
    const finds = (lookup: Lookup): Observation => (log.length < 3 ? absentAs(lookup) : ours(lookup));
    expect(await create({ creates: [lost, conflict], finds }, log)).toMatchObject(madeBefore);
    expect(log).toHaveLength(4);
  });

  test('a refusal of a stranger names the address and what to do', async () => {
    await expect(create({ creates: [conflict], finds: theirs }, [])).rejects.toMatchObject({
      problems: [
        {
          code: 'PLAN.FOREIGN',
          severity: 'error',
          address: monitor,
          message: `${monitor} was created by somebody else since the plan was made`,
          hint: 'plan again: dpo plan',
        },
      ],
    });
  });

  test('what is no error of the service passes on, without a second look', async () => {
    const log: string[] = [];
    const providers = providersOf(log, { create: () => Promise.reject(new TypeError('a bug')) });
    const request = { address: monitor, spec: { object_id: 't-1' }, marker: { owner } };
    const read = { limit: async <T>(work: () => Promise<T>) => work(), signal, clock };
    const write = { signal, clock };
    await expect(
      createResource({
        kind: kinds.monitor,
        provider: providers.monitor,
        request,
        write,
        read,
        lookMs: 60_000,
        replacing: false,
      }),
    ).rejects.toThrow(TypeError);
    expect(log).toEqual([`create ${monitor}`]);
  });

  test('U068 what stands is not looked for longer than the operation may take', async () => {
    const log: string[] = [];
    const providers = providersOf(log, { create: () => Promise.reject(apiError(lost)) });
    const never = new Promise<never>(() => undefined);
    const observe = async function* (_lookups: readonly Lookup[], context: ReadContext): AsyncGenerator<Observation> {
      yield await new Promise<Observation>((resolve, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason as Error));
        never.then(resolve, reject);
      });
    };
    const request = { address: monitor, spec: { object_id: 't-1' }, marker: { owner } };
    const read = { limit: async <T>(work: () => Promise<T>) => work(), signal, clock };
    const provider = { ...providers.monitor, observe };
    const common = { kind: kinds.monitor, provider, request, write: { signal, clock }, read, replacing: false };
    const made = createResource({ ...common, lookMs: 5000 });
    const later = new Promise((resolve) => setImmediate(resolve)).then(() => clock.advance(5000));
    await expect(made).rejects.toMatchObject({ problems: [{ code: lost }] });
    await later;
  });

  test('a provider that observes nothing is a bug', async () => {
    const log: string[] = [];
    const providers = providersOf(log, {
      observe: () => undefined,
      create: () => Promise.reject(apiError(conflict)),
    });
    const request = { address: monitor, spec: { object_id: 't-1' }, marker: { owner } };
    const read = { limit: async <T>(work: () => Promise<T>) => work(), signal, clock };
    const write = { signal, clock };
    await expect(
      createResource({
        kind: kinds.monitor,
        provider: providers.monitor,
        request,
        write,
        read,
        lookMs: 60_000,
        replacing: false,
      }),
    ).rejects.toThrow(`no observation of ${monitor}`);
  });
});
