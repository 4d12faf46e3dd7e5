import { describe, expect, test } from '@jest/globals';
import { isDpoError, type Address } from '@dpo/core';
import { findAddress, tableNamed } from '../src/look/find-address.ts';

const known: readonly Address[] = [
  'monitor:prod.ml.churn',
  'monitor:prod.shop.orders',
  'monitor:dev.shop.orders',
  'schema:prod.out',
];

describe('what people call a resource', () => {
  test.each([
    ['monitor:prod.ml.churn', 'monitor:prod.ml.churn'],
    ['Prod.ML.Churn', 'monitor:prod.ml.churn'],
    ['churn', 'monitor:prod.ml.churn'],
    ['ml.churn', 'monitor:prod.ml.churn'],
    ['SCHEMA:prod.out', 'schema:prod.out'],
    // Nobody knows it yet: it may be in the workspace only.
    ['prod.ml.new', 'monitor:prod.ml.new'],
    ['prod.shop.orders', 'monitor:prod.shop.orders'],
  ])('%s is %s', (text, address) => {
    expect(findAddress(text, known)).toBe(address);
  });

  test.each([
    ['orders', 'say which: prod.shop.orders, dev.shop.orders'],
    ['ml.chrun', "did you mean 'monitor:prod.ml.churn'?"],
    ['chrn', "did you mean 'monitor:prod.ml.churn'?"],
    ['', /^known: /u],
  ])("'%s' is refused with what there is", (text, hint) => {
    let caught: unknown;
    try {
      findAddress(text, known);
    } catch (error) {
      caught = error;
    }
    expect(isDpoError(caught) ? caught.problems[0] : caught).toMatchObject({ code: 'SELECT.UNKNOWN' });
    expect(isDpoError(caught) ? caught.problems[0]?.hint : '').toMatch(hint);
  });

  test.each([
    ['prod.ml.Churn', 'prod.ml.churn'],
    ['monitor:prod.ml.churn', 'prod.ml.churn'],
    ['schema:a.b.c', undefined],
    ['a.b', undefined],
    ['a..c', undefined],
  ])('the table of %s is %s', (text, name) => {
    expect(tableNamed(text)).toBe(name);
  });
});
