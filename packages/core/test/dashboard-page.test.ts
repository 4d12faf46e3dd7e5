import { describe, expect, test } from '@jest/globals';
import { addressOf, dashboardIn, dashboardPage, pageOf, type KindName } from '../src/index.ts';

const real = { host: 'https://x.cloud', workspace_id: '42' };

describe('the page of a dashboard', () => {
  test.each<[KindName, string | null | undefined, string | undefined]>([
    ['dashboard', 'd 1', 'https://x.cloud/dashboardsv3/d%201/published?o=42'],
    ['dashboard', null, undefined],
    ['dashboard', undefined, undefined],
    ['alert', 'a', undefined],
  ])('U117 of a %s with id %s', (kind, id, expected) => {
    expect(pageOf(addressOf(kind, 'sales'), id, real)).toBe(expected);
    expect(pageOf(addressOf(kind, 'sales'), id, { ...real, host: 'embedded workspace' })).toBeUndefined();
  });

  test.each([
    [dashboardPage('https://x', 'a/b'), 'a/b'],
    [`${dashboardPage('https://x', 'd')}?o=42`, 'd'],
    ['https://x/dashboardsv3/d', undefined],
    ['https://x/dashboardsv3/%E0%A4%A/published', undefined],
    ['anything else', undefined],
  ])('the id in %s', (page, expected) => {
    expect(dashboardIn(page)).toBe(expected);
  });
});
