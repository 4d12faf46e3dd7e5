import { describe, expect, test } from '@jest/globals';
import { addressOf } from '../../src/address.ts';
import { definitionOf } from '../../src/kinds/view.ts';
import { plan } from '../../src/plan/plan.ts';
import type { Plan } from '../../src/plan-file.ts';
import { viewQuery } from '../../src/views/view-query.ts';
import { differingBranches } from '../../src/views/differing-branches.ts';

const address = addressOf('view', 'prod.obs.drift');
const spec = { name: 'prod.obs.drift', family: 'drift', branches: [] };
const edited = 'SELECT 1 AS edited';

interface Told {
  /** Who does not own the view cannot read its text. */
  readonly readable: boolean;
  /** Paths whose values come from the environment. */
  readonly references?: readonly string[];
}

function planOf({ readable, references = [] }: Told): Plan {
  const definition = definitionOf(viewQuery('drift', [], () => 'absent'));
  return plan({
    desired: {
      owner: { project: 'dpo', target: 'test' },
      target: { name: 'test', host: 'h', workspaceId: '1', metastoreId: 'm' },
      resources: [
        { address, spec, place: { default: true }, origins: {}, ...(references.length === 0 ? {} : { references }) },
      ],
      skipped: [],
      undecided: [],
      problems: [],
    },
    recorded: {
      lineage: 'l',
      serial: 1,
      resources: new Map([
        [address, { version: 1, id: 'v', status: 'ok', applied: { ...spec, definition }, out: {}, needs: [] }],
      ]),
      intents: [],
      owner: 'dpo/test',
      target: undefined,
      unfinished: false,
    },
    live: new Map([
      [
        address,
        {
          status: 'present',
          lookup: { by: 'name', address, name: 'prod.obs.drift' },
          id: 'v',
          fields: { name: 'prod.obs.drift', definition: definitionOf(edited) },
          out: {},
          marker: { owner: 'dpo/test' },
          ...(readable ? { texts: { definition: edited } } : {}),
        },
      ],
    ]),
    metricColumns: () => 'absent',
    options: { mode: 'apply', version: '0.0.0', consent: {} },
  });
}

describe('texts beside the hashes of a plan', () => {
  test('D014 W003 a hand edit of a view has both texts, in the operation and in the drift, and no part in the fingerprint', () => {
    const shown = planOf({ readable: true });
    const texts = shown.ops[0]?.changes[0]?.texts;
    expect(texts?.live).toBe(edited);
    expect(texts?.desired).toMatch(/^SELECT\n[^]*WHERE 1 = 0$/u);
    expect(shown.drift[0]?.changes[0]?.texts).toEqual(texts);
    const hidden = planOf({ readable: false });
    expect(hidden.ops[0]?.changes[0]?.texts?.live).toBeUndefined();
    expect(hidden.fingerprint).toBe(shown.fingerprint);
  });

  test('N018 a view with values of variables shows no text, for the live one has them', () => {
    const told = planOf({ readable: true, references: ['name'] });
    expect(told.ops[0]?.changes.map(({ texts }) => texts)).toEqual([undefined]);
  });

  test.each<[string, Parameters<typeof differingBranches>[0], ReturnType<typeof differingBranches>]>([
    [
      'what both have is left out',
      { live: 'a\nUNION ALL\nb', desired: 'a\nUNION ALL\nc' },
      { live: 'b', desired: 'c' },
    ],
    ['a semicolon at the end does not count', { live: 'a;\n', desired: 'a' }, { live: '', desired: '' }],
    ['one side alone', { desired: 'a' }, { desired: 'a' }],
    ['no side', {}, {}],
  ])('%s', (_name, pair, expected) => {
    expect(differingBranches(pair)).toEqual(expected);
  });

  test('of many branches the first twenty are kept, and how many more there are', () => {
    const live = Array.from({ length: 1000 }, (_, index) => `branch ${String(index)}`).join('\nUNION ALL\n');
    const { live: kept = '' } = differingBranches({ live, desired: 'x' });
    expect(kept.split('\nUNION ALL\n')).toHaveLength(21);
    expect(kept).toMatch(/-- and 980 more branches$/u);
  });
});
