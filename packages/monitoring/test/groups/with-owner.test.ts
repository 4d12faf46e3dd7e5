import { expect, test } from '@jest/globals';
import type { Address, DesiredResource } from '@dpo/core';
import { withOwner } from '../../src/groups/with-owner.ts';
import { load } from '../support.ts';

const tables = 'monitored_tables: { prod.ml.churn: { profile_type: SNAPSHOT } }\n';
const resource = (address: Address): DesiredResource => ({
  address,
  spec: { name: 'x' },
  place: { file: 'dpo.yaml', start: { line: 1, column: 1 } },
  origins: {},
});
const all = [
  resource('schema:prod.out'),
  resource('view:prod.out.v'),
  resource('monitor:prod.ml.churn'),
  resource('alert:ml/drift'),
];

test('W004 views and schemas have the owner of the config, with its place; nothing else has', () => {
  const owned = withOwner(all, load(`${tables}owner: data-platform`));
  expect(owned.map(({ spec }) => spec['owner'])).toEqual(['data-platform', 'data-platform', undefined, undefined]);
  expect(owned[0]?.origins['owner']).toMatchObject({ file: 'dpo.yaml', start: { line: 4 } });
});

test('W004 without an owner in the config nothing is asked for', () => {
  expect(withOwner(all, load(tables))).toEqual(all);
});
