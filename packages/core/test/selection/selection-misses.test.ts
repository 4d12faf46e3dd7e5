import { describe, expect, test } from '@jest/globals';
import { parseSelection } from '../../src/selection/parse-selection.ts';
import { canSelect, selectionMisses, type Selectable } from '../../src/selection/selection-misses.ts';

const resources: readonly Selectable[] = [
  { address: 'schema:prod.out', facts: { schema: 'prod.out' } },
  {
    address: 'monitor:prod.ml.churn',
    facts: { table: 'prod.ml.churn', schema: 'prod.ml', group: 'ml_team', type: 'SNAPSHOT', tags: { tier: 'gold' } },
  },
];

describe('selectors that nothing has', () => {
  test.each<[string, readonly string[]]>([
    ['group:ml_team & schema:prod.ml | churn', []],
    ['group:ML_TEAM', []],
    ['monitor:prod.ml.churn', []],
    ['group:ml_taem', ['ml_taem']],
    ['!group:ml_taem | table:churn', ['ml_taem']],
    ['(table:prod.ml.chrun & tag:tier=silver) | owner:ana', ['prod.ml.chrun', 'tier=silver', 'ana']],
    ['monitor:prod.ml.chrun', ['monitor:prod.ml.chrun']],
    // A glob may match tomorrow.
    ['schema:tmp_*', []],
    ['group:ml_tae?', []],
    // Words that are fixed mean something also when nothing has them now.
    ['action:delete & kind:monitor & type:INFERENCE', []],
    ['action:del*', []],
    ['action:remove', ['remove']],
    ['kind:table', ['table']],
    ['type:SNAPSHTO', ['SNAPSHTO']],
  ])('%s', (text, misses) => {
    expect(selectionMisses(parseSelection(text), resources).map(({ atom }) => atom.glob)).toEqual(misses);
  });

  test.each<[string, readonly string[]]>([
    ['group:x', ['ml_team']],
    ['table:x', ['prod.ml.churn']],
    ['schema:x', ['prod.out', 'prod.ml']],
    ['tag:x', ['tier', 'tier=gold']],
    ['owner:x', []],
    ['x', ['schema:prod.out', 'monitor:prod.ml.churn', 'prod.ml.churn']],
    ['kind:x', ['schema', 'monitor', 'anomaly', 'view', 'alert', 'dashboard']],
  ])('%s: what it could have meant', (text, known) => {
    expect(selectionMisses(parseSelection(text), resources)).toEqual([expect.objectContaining({ known })]);
  });
});

describe('whether a selection has anything', () => {
  test.each([
    ['churn', true],
    ['tmp_*', false],
    ['churn & kind:schema', false],
    // Whatever is to be done with it today.
    ['churn & action:delete', true],
    ['churn & action:delete & action:create', false],
    ['!churn', true],
    ['!(churn | kind:schema)', false],
  ])('%s: %p', (text, expected) => {
    expect(canSelect(parseSelection(text), resources)).toBe(expected);
  });
});
