import { describe, expect, test } from '@jest/globals';
import { diffSpec } from '../../src/diff/diff-spec.ts';
import type { Json } from '../../src/json.ts';
import type { RuleTable } from '../../src/kinds/kind.ts';

const rules: RuleTable = {
  reset: { rules: [{ default: 'off' }] },
  let_go: { rules: [{ release: true }] },
  set: { rules: [{ list: 'set' }, { default: [] }] },
  cron: { rules: [{ same: 'cron' }] },
  folder: { rules: [{ same: 'workspace-path' }] },
  column: { rules: [{ same: 'name' }] },
  born: { rules: [{ createOnly: true }] },
  hidden: { rules: [{ writeOnly: true }] },
  fixed: { label: 'fixed_key', rules: [{ immutable: 'it is what the object is' }] },
};

/** Diffs one path; `undefined` means not set. */
function diff(
  path: string,
  values: { recorded?: Json; desired?: Json; live?: Json },
): { change: string; absorbed: boolean; drifted: boolean } {
  const side = (value: Json | undefined): Record<string, Json> => (value === undefined ? {} : { [path]: value });
  const result = diffSpec({
    rules,
    recorded: side(values.recorded),
    desired: side(values.desired),
    live: side(values.live),
    from: () => undefined,
  });
  return {
    change: result.changes[0]?.reason ?? '-',
    absorbed: result.absorbed.length > 0,
    drifted: result.drifted.length > 0,
  };
}

const nothing = { change: '-', absorbed: false, drifted: false };

describe('three-way diff of one leaf', () => {
  test.each([
    ['settled', { recorded: 'a', desired: 'a', live: 'a' }, nothing],
    ['config changed', { recorded: 'a', desired: 'b', live: 'a' }, { ...nothing, change: 'config' }],
    [
      'changed outside',
      { recorded: 'a', desired: 'a', live: 'c' },
      { change: 'drift', absorbed: false, drifted: true },
    ],
    [
      'both changed',
      { recorded: 'a', desired: 'b', live: 'c' },
      { change: 'config+drift', absorbed: false, drifted: true },
    ],
    [
      'someone already did it',
      { recorded: 'a', desired: 'b', live: 'b' },
      { change: '-', absorbed: true, drifted: true },
    ],
    ['no longer declared', { recorded: 'a', live: 'a' }, { ...nothing, change: 'config' }],
    [
      'no longer declared, changed outside',
      { recorded: 'a', live: 'c' },
      { change: 'config+drift', absorbed: false, drifted: true },
    ],
    ['gone everywhere', { recorded: 'a' }, { change: '-', absorbed: true, drifted: true }],
    ['newly declared', { desired: 'b', live: 'c' }, { ...nothing, change: 'config' }],
    ['newly declared, not set live', { desired: 'b' }, { ...nothing, change: 'config' }],
    ['newly declared, already so', { desired: 'b', live: 'b' }, { change: '-', absorbed: true, drifted: false }],
    ['never ours', { live: 'c' }, nothing],
    ['value removed outside', { recorded: 'a', desired: 'a' }, { change: 'drift', absorbed: false, drifted: true }],
  ])('N015 %s', (_name, values, expected) => {
    expect(diff('any', values)).toEqual(expected);
  });

  test('a reference that is not known yet is a change known after apply', () => {
    const result = diffSpec({
      rules,
      recorded: { id: 'old' },
      desired: { id: { $ref: 'schema:prod.out', path: 'schema_id' } },
      live: { id: 'old' },
      from: () => undefined,
    });
    expect(result.changes).toMatchObject([{ path: 'id', unknown: true, reason: 'config' }]);
  });

  test.each([
    ['a default equals not set', 'reset', { recorded: 'off', desired: 'off' }, nothing],
    [
      'a declared default that was changed outside is drift',
      'reset',
      { recorded: 'off', desired: 'off', live: 'on' },
      { change: 'drift', absorbed: false, drifted: true },
    ],
    [
      'a path let go is never reset',
      'let_go',
      { recorded: 'a', live: 'a' },
      { change: '-', absorbed: true, drifted: false },
    ],
    [
      'U077 the order of a set does not matter',
      'set',
      { recorded: ['a', 'b'], desired: ['b', 'a'], live: ['a', 'b'] },
      nothing,
    ],
    ['an empty set equals not set', 'set', { recorded: [], desired: [] }, nothing],
    [
      'blanks of a cron do not matter',
      'cron',
      { recorded: '0 0 * * * ?', desired: '0  0 * * * ?', live: ' 0 0 * * * ?' },
      nothing,
    ],
    [
      'the /Workspace prefix and a trailing slash do not matter',
      'folder',
      { recorded: '/Workspace/a', desired: '/a/', live: '/a' },
      nothing,
    ],
    ['U072 column names have no case', 'column', { recorded: 'Ts', desired: 'ts', live: 'TS' }, nothing],
    ['a create-only value is never compared', 'born', { recorded: 'a', desired: 'b', live: 'c' }, nothing],
    [
      'a value the service never returns is compared with what was sent',
      'hidden',
      { recorded: 'a', desired: 'a' },
      nothing,
    ],
    [
      'a changed write-only value is a change',
      'hidden',
      { recorded: 'a', desired: 'b' },
      { ...nothing, change: 'config' },
    ],
  ])('U064 %s', (...[, path, values, expected]) => {
    expect(diff(path, values)).toEqual(expected);
  });

  test('N010 a change of an immutable path forces a replace and carries its label', () => {
    const result = diffSpec({
      rules,
      recorded: { fixed: 1 },
      desired: { fixed: 2 },
      live: { fixed: 1 },
      from: () => ({ default: true }),
    });
    expect(result.changes).toEqual([
      {
        path: 'fixed',
        label: 'fixed_key',
        recorded: 1,
        desired: 2,
        live: 1,
        reason: 'config',
        forces: true,
        from: { default: true },
      },
    ]);
  });
});

describe('W019 a path that the service did not return after our write', () => {
  const settled = { changes: [], absorbed: [], drifted: [] };
  test.each<[string, { desired?: Json; live?: Json }, unknown]>([
    ['is no difference while it stays away', { desired: 'a' }, settled],
    [
      'is a change when the config changes',
      { desired: 'b' },
      { changes: [{ reason: 'config', recorded: 'a' }], drifted: [] },
    ],
    ['is cleared when it is no longer declared', {}, { changes: [{ reason: 'config' }], drifted: [] }],
    ['is compared again once the service returns it', { desired: 'a', live: 'c' }, { changes: [{ reason: 'drift' }] }],
    ['is settled when the service returns what was sent', { desired: 'a', live: 'a' }, settled],
  ])('%s', (_name, { desired, live }, expected) => {
    const side = (value: Json | undefined): Record<string, Json> => (value === undefined ? {} : { path: value });
    const input = { rules, recorded: side('a'), desired: side(desired), live: side(live), from: () => undefined };
    expect(diffSpec({ ...input, unreturned: ['path'] })).toMatchObject(expected as object);
  });
});
