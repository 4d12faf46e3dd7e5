import { expect, test } from '@jest/globals';
import type { Op, Orphan, Plan } from '@dpo/core';
import { isEmptied } from '../src/emptied-folder.ts';

const op = { address: 'alert:all/drift', action: 'delete' } as unknown as Op;
const kept: Orphan = { address: 'monitor:prod.ml.a', id: 't-1', fate: 'kept', because: 'b' };
const scope: Plan['scope'] = { partial: false, complete: true };
const blocked: Plan['blocked'] = [{ address: 'view:prod.a.b', code: 'PLAN.KEPT', because: 'b' }];

const planOf = (more: Partial<Plan>): Plan =>
  ({ mode: 'destroy', ops: [op], blocked: [], orphans: [], scope, ...more }) as unknown as Plan;

test.each<{ what: string; more?: Partial<Plan>; exit?: 0 | 1 | 3 | 130; named?: boolean; expected: boolean }>([
  { what: 'a destroy of everything', expected: true },
  {
    what: 'one that also deleted what nobody knew of',
    more: { orphans: [{ ...kept, fate: 'deleted' }] },
    expected: true,
  },
  { what: 'an apply', more: { mode: 'apply' }, expected: false },
  { what: 'a part of it', more: { scope: { ...scope, partial: true } }, expected: false },
  { what: 'one that could not read everything', more: { scope: { ...scope, complete: false } }, expected: false },
  { what: 'one that kept something', more: { blocked }, expected: false },
  { what: 'one that found what may be of another config', more: { orphans: [kept] }, expected: false },
  { what: 'one without operations, of which nobody was asked', more: { ops: [] }, expected: false },
  { what: 'one of a config without a name of its project', named: false, expected: false },
  { what: 'one of which something failed', exit: 3, expected: false },
  { what: 'one that failed at once', exit: 1, expected: false },
  { what: 'one that was interrupted', exit: 130, expected: false },
])(
  'T32 the folder is looked at after $what: $expected (ruling 84)',
  ({ more = {}, exit = 0, named = true, expected }) => {
    expect(isEmptied(planOf(more), exit, named)).toBe(expected);
  },
);
