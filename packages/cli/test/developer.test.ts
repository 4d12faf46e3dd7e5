import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { developerName, developerTarget } from '../src/developer.ts';

const pattern = /^[a-z0-9][a-z0-9_-]{0,62}$/u;

describe('ruling 20 the owner of what one person makes', () => {
  test.each<[string, string, string, RegExp]>([
    ['an address', 'anna@example.com', 'anna', /^dev-anna-[0-9a-f]{6}$/u],
    ['dots and a plus', 'Anna.B+x@example.com', 'anna-b-x', /^dev-anna-b-x-[0-9a-f]{6}$/u],
    ['a name without letters of ours', '日本@example.com', 'user', /^dev-user-[0-9a-f]{6}$/u],
    ['a plain name', 'anna_b', 'anna_b', /^dev-anna_b$/u],
    [
      'a service principal',
      '11111111-2222-3333-4444-555555555555',
      '11111111-2222-3333-4444-555555555555',
      /^dev-11111111-2222-3333-4444-555555555555$/u,
    ],
    ['a long name', `${'a'.repeat(80)}@example.com`, 'a'.repeat(80), /^dev-a{52}-[0-9a-f]{6}$/u],
  ])('%s', (...[, userName, name, target]) => {
    expect(developerName(userName)).toBe(name);
    expect(developerTarget('dev', userName)).toMatch(target);
    expect(developerTarget('dev', userName)).toBe(developerTarget('dev', userName.toUpperCase()));
  });

  test.each<[string, string]>([
    ['a.b@x.com', 'a-b@x.com'],
    ['anna@x.com', 'anna@y.com'],
    ['a-b', 'a.b'],
    [`${'a'.repeat(70)}1@x.com`, `${'a'.repeat(70)}2@x.com`],
    ['@x.com', '日@x.com'],
  ])('%s and %s are two', (one, other) => {
    expect(developerTarget('dev', one)).not.toBe(developerTarget('dev', other));
  });

  test('two targets with long names are two', () => {
    const [one, other] = ['1', '2'].map((end) => developerTarget(`${'t'.repeat(62)}${end}`, 'anna@x.com'));
    expect(one).not.toBe(other);
  });

  test('fits where the name of a target fits, whatever the two names are', () => {
    const targets = fc.stringMatching(pattern);
    const users = fc.oneof(fc.string(), fc.emailAddress(), fc.string({ minLength: 60, maxLength: 90 }));
    fc.assert(
      fc.property(targets, users, (target, userName) => {
        expect(developerTarget(target, userName)).toMatch(pattern);
      }),
    );
  });
});
