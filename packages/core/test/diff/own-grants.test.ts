import { describe, expect, test } from '@jest/globals';
import { diffSpec } from '../../src/diff/diff-spec.ts';
import { bornSpec, ownGrants } from '../../src/diff/own-grants.ts';
import type { Json } from '../../src/json.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { Spec } from '../../src/spec.ts';

type Grants = Readonly<Record<string, string>> | undefined;

const spec = (grants: Grants): Spec =>
  grants === undefined ? {} : { access: Object.entries(grants).map(([to, level]) => ({ to, level })) };

/** What a plan makes of three sides: `+who level`, `-who`, with `!` where it is drift. */
function changes(kind: 'view' | 'alert', [recorded, live, desired]: readonly [Grants, Grants, Grants]): string {
  const sides = ownGrants(kinds[kind], { desired: spec(desired), recorded: spec(recorded), live: spec(live) });
  const diff = diffSpec({
    rules: kinds[kind].rules,
    recorded: sides.recorded,
    desired: sides.desired ?? {},
    live: sides.live,
    from: () => undefined,
  });
  return diff.changes
    .filter(({ path }) => path.endsWith('.level'))
    .map(({ path, desired: to, reason }) => {
      const who = /to=(.*)\]/u.exec(path)?.[1] ?? '';
      const told = typeof to === 'string' ? `+${who} ${to}` : `-${who}`;
      return reason === 'config' ? told : `${told}!`;
    })
    .join(', ');
}

const none = {};
const select = { ann: 'SELECT' };
const read = { ann: 'CAN_READ' };
const run = { ann: 'CAN_RUN' };
const edit = { ann: 'CAN_EDIT' };

describe('W006 only what dpo granted is ever taken away', () => {
  test.each<[string, 'view' | 'alert', Grants, Grants, Grants, string]>([
    ['newly declared', 'view', undefined, none, select, '+ann SELECT'],
    ['settled', 'view', select, select, select, ''],
    ['removed outside', 'view', select, none, select, '+ann SELECT!'],
    ['no longer declared', 'view', select, select, undefined, '-ann'],
    ['no longer declared, and gone', 'view', select, none, undefined, ''],
    ['somebody else granted it before', 'view', undefined, select, select, ''],
    ['somebody else granted it, and it is not declared any more', 'view', undefined, select, undefined, ''],
    ['somebody else granted it to others', 'view', undefined, { bob: 'SELECT' }, select, '+ann SELECT'],
    ['the state was lost', 'view', undefined, select, undefined, ''],
    ['spelt otherwise by the service', 'view', select, { Ann: 'SELECT' }, select, ''],
    ['it cannot be seen, and is as recorded', 'view', select, undefined, select, ''],
    ['it cannot be seen, and is new', 'view', undefined, undefined, select, '+ann SELECT'],
    ['it cannot be seen, and is not declared any more', 'view', select, undefined, undefined, '-ann'],
    ['more is declared', 'alert', read, read, run, '+ann CAN_RUN'],
    ['less is declared', 'alert', run, run, read, '+ann CAN_READ'],
    ['somebody else gave more', 'alert', undefined, edit, read, ''],
    ['somebody raised ours', 'alert', read, edit, read, ''],
    ['somebody raised ours, and it is not declared any more', 'alert', read, edit, undefined, ''],
    ['somebody lowered ours', 'alert', run, read, run, '+ann CAN_RUN!'],
    ['somebody lowered ours, and it is not declared any more', 'alert', run, read, undefined, ''],
    ['somebody else gave less', 'alert', undefined, read, run, '+ann CAN_RUN'],
  ])('%s', (_name, kind, ...[recorded, live, desired, expected]) => {
    expect(changes(kind, [recorded, live, desired])).toBe(expected);
  });

  test('what was raised is remembered as raised, and stays when it is not declared any more', () => {
    const raised = ownGrants(kinds.alert, { desired: spec(run), recorded: {}, live: spec(read) }).desired ?? {};
    expect(raised).toEqual({ access: [{ to: 'ann', level: 'CAN_RUN', over: 'CAN_READ' }] });
    const after = { recorded: raised, live: spec(run) };
    expect(ownGrants(kinds.alert, { ...after, desired: spec(run) })).toEqual({ desired: {}, recorded: {}, live: {} });
    expect(ownGrants(kinds.alert, { ...after, desired: {} })).toEqual({ desired: {}, recorded: {}, live: {} });
  });

  test('what a kind has beside grants stays as it is', () => {
    const sides = { desired: { name: 'a' }, recorded: { name: 'b' }, live: { name: 'c', ...spec(select) } };
    expect(ownGrants(kinds.view, sides)).toEqual(sides);
  });

  describe('on what a monitor makes later', () => {
    const list = (...names: readonly string[]) => names.map((to) => ({ to, level: 'SELECT' }));
    const path = 'profile_metrics_access';
    test.each<[string, readonly string[], Json | undefined, readonly string[], string]>([
      ['it is not there yet', [], undefined, ['ann'], ''],
      ['it came', [], list(), ['ann'], '+ann'],
      ['somebody else granted it', [], list('ann'), ['ann'], ''],
      ['it was taken away', ['ann'], list(), ['ann'], '+ann!'],
      ['it went, and is still recorded', ['ann'], undefined, ['ann'], ''],
      ['it went, and nothing is declared any more', ['ann'], undefined, [], ''],
      ['it cannot be seen, and is new', [], 'hidden', ['ann'], '+ann'],
      ['it cannot be seen, and is as recorded', ['ann'], 'hidden', ['ann'], ''],
      ['it cannot be seen, and is not declared any more', ['ann'], 'hidden', [], '-ann'],
      ['it is not declared any more, and bob has it from others', ['ann'], list('ann', 'bob'), [], '-ann'],
    ])('%s', (_name, ...[recorded, live, desired, expected]) => {
      const sides = ownGrants(kinds.monitor, {
        desired: { [path]: list(...desired) },
        recorded: recorded.length === 0 ? {} : { [path]: list(...recorded) },
        live: live === undefined ? {} : { [path]: live },
      });
      const wanted = sides.desired ?? {};
      const { changes: found } = diffSpec({
        rules: kinds.monitor.rules,
        ...sides,
        desired: wanted,
        from: () => undefined,
      });
      const told = found.map(({ path: at, desired: to, reason }) => {
        const who = /to=(.*)\]/u.exec(at)?.[1] ?? '';
        return `${to === undefined ? '-' : '+'}${who}${reason === 'config' ? '' : '!'}`;
      });
      expect(told.join(', ')).toBe(expected);
      // What is not there yet is not recorded either; what went is remembered.
      if (live === undefined) expect(wanted).toEqual(recorded.length === 0 ? {} : { [path]: list(...recorded) });
    });

    test('what is made anew has what its forerunner had been given, and nothing else', () => {
      const spec = { access: list('ann'), [path]: list('ann'), drift_metrics_access: list('ann') };
      expect(bornSpec(kinds.monitor, spec, undefined)).toEqual({ access: list('ann') });
      expect(bornSpec(kinds.monitor, spec, { [path]: list('bob') })).toEqual({
        access: list('ann'),
        [path]: list('bob'),
      });
    });
  });
});
