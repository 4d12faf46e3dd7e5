import { nothingRecorded, type Recorded } from '@dpo/core';
import { describe, expect, test } from '@jest/globals';
import { checkState } from '../src/check-state.ts';
import { target } from './examples.ts';

const recorded: Recorded = { ...nothingRecorded, lineage: 'l', serial: 1, owner: 'shop/prod', target };
const user = { owner: 'shop/prod', target };

describe('checkState', () => {
  test('a state belongs to those who made it, and no state to everybody', () => {
    expect(checkState(recorded, user)).toEqual([]);
    expect(checkState(nothingRecorded, user)).toEqual([]);
  });

  test('another address of the same workspace is no other workspace', () => {
    expect(checkState(recorded, { ...user, target: { ...target, host: 'http://localhost:4000' } })).toEqual([]);
  });

  test('names both values of everything that differs', () => {
    const other = { owner: 'shop/dev', target: { ...target, workspaceId: '7', metastoreId: 'zz' } };
    const problems = checkState(recorded, other);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['STATE.OTHER_OWNER', 'the state belongs to owner shop/prod, this run uses owner shop/dev'],
      ['STATE.OTHER_WORKSPACE', 'the state belongs to workspace 1234567890123456789, this run uses workspace 7'],
      ['STATE.OTHER_METASTORE', 'the state belongs to metastore a1b2, this run uses metastore zz'],
    ]);
    expect(problems.every(({ severity, hint }) => severity === 'error' && hint !== undefined)).toBe(true);
  });
});
