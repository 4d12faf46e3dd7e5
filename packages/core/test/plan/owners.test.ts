import { expect, test } from '@jest/globals';
import type { Address } from '../../src/address.ts';
import type { Principal } from '../../src/doctor/rights.ts';
import type { Observation } from '../../src/live.ts';
import type { Op } from '../../src/plan-file.ts';
import { ownershipProblem } from '../../src/plan/ownership.ts';

const view: Address = 'view:prod.gm.drift';
const schema: Address = 'schema:prod.gm';
const member: Principal = { userName: 'ci@example.com', groups: ['data-platform'] };
const admin: Principal = { ...member, groups: [], metastoreAdmin: 'yes' };
const stranger: Principal = { userName: 'eve@example.com', groups: ['readers'] };

const op = (action: Op['action'], address: Address, more: Partial<Op> = {}): Op => ({
  address,
  action,
  reasons: [],
  changes: [],
  severity: 'safe',
  needs: [],
  lost: [],
  notes: [],
  depends_on: [],
  ...more,
});
const owned = (address: Address, owner: string | undefined): Observation => ({
  status: 'present',
  lookup: { by: 'name', address, name: address },
  id: 'x',
  fields: owner === undefined ? {} : { owner },
  out: {},
});
const handed = { spec: { owner: 'data-platform' } };
const altered = { mask: ['branches'], spec: { owner: 'data-platform' } };
const returned = { mask: ['owner'], spec: { owner: 'data-platform' } };

test.each<[string, Op, string | undefined, Principal, string | undefined]>([
  ['made by a member', op('create', view, handed), undefined, member, undefined],
  ['made by a stranger', op('create', view, handed), undefined, stranger, 'PLAN.OWNER_NOT_OURS'],
  ['replaced by a stranger', op('replace', view, handed), 'eve@example.com', stranger, 'PLAN.OWNER_NOT_OURS'],
  ['a schema made by a stranger', op('create', schema, handed), undefined, stranger, 'PLAN.OWNER_NOT_OURS'],
  ['made by a metastore admin', op('create', view, handed), undefined, admin, undefined],
  ['made for nobody in particular', op('create', view, { spec: {} }), undefined, stranger, undefined],
  ['altered by a member', op('update', view, altered), 'Data-Platform', member, undefined],
  ['altered by a stranger', op('update', view, altered), 'data-platform', stranger, 'PLAN.NOT_OWNER'],
  ['altered by a metastore admin, who owns nothing', op('update', view, altered), 'other', admin, 'PLAN.NOT_OWNER'],
  ['set back by a metastore admin', op('update', view, returned), 'other', admin, undefined],
  ['set back by whom it was given', op('update', view, returned), 'ci@example.com', member, undefined],
  ['set back by a member, from somebody else', op('update', schema, returned), 'other', member, 'PLAN.NOT_OWNER'],
  ['given away by a stranger', op('update', view, returned), 'eve@example.com', stranger, 'PLAN.OWNER_NOT_OURS'],
  ['adopted and altered', op('adopt', view, altered), 'other', member, 'PLAN.NOT_OWNER'],
  [
    'shared, which MANAGE allows',
    op('update', view, { ...altered, mask: ['access[to=readers].level'] }),
    'data-platform',
    stranger,
    undefined,
  ],
  ['adopted as it is', op('adopt', view, { mask: [] }), 'other', member, undefined],
  ['absorbed', op('absorb', view, { mask: ['owner'] }), 'other', member, undefined],
  ['deleted, which MANAGE allows', op('delete', view), 'other', member, undefined],
  ['of an owner that nobody sees', op('update', view, altered), undefined, stranger, undefined],
  ['no object of Unity Catalog', op('update', 'alert:ml/drift', altered), 'other', stranger, undefined],
  [
    'handed to whom the environment names',
    op('create', view, { ...handed, references: ['owner'] }),
    undefined,
    stranger,
    undefined,
  ],
])('W004 %s', (_name, ...[asked, owner, me, code]) => {
  const there = asked.action !== 'create';
  const now = there ? owned(asked.address, owner) : ({ status: 'absent' } as Observation);
  expect(ownershipProblem({ op: asked, now, me })?.code).toBe(code);
});

test('W004 the statement is exact, and every name in it quoted', () => {
  const asked = op('update', 'view:prod.g`m.drift', { ...altered, spec: { owner: 'data `platform`' } });
  const me = { ...stranger, groups: ['data `platform`'] };
  expect(ownershipProblem({ op: asked, now: owned(view, 'bob'), me })).toMatchObject({
    message:
      "view prod.g`m.drift belongs to 'bob', and only its owner may alter it: eve@example.com is neither that nor a member",
    hint: expect.stringContaining(
      'a metastore admin run: ALTER VIEW `prod`.`g``m`.`drift` OWNER TO `data ``platform```;',
    ),
  });
  expect(ownershipProblem({ op: op('create', view, handed), now: undefined, me })?.hint).toContain(
    "apply without 'owner' and then let a metastore admin run: ALTER VIEW `prod`.`gm`.`drift` OWNER TO `data-platform`;",
  );
});
