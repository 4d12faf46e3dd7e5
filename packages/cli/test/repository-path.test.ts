import { describe, expect, test } from '@jest/globals';
import { repositoryPath } from '../src/repository-path.ts';

const cases: readonly (readonly [what: string, file: string, checkout: string | undefined, path: string])[] = [
  ['without a checkout from the working directory', 'dpo.yaml', undefined, 'dpo.yaml'],
  ['a checkout with the working directory in it', 'dpo.yaml', '/repo', 'a/b/dpo.yaml'],
  ['a checkout that is the working directory', 'c/dpo.yaml', '/repo/a/b', 'c/dpo.yaml'],
  ['a checkout elsewhere', 'dpo.yaml', '/else', 'dpo.yaml'],
  ['a checkout of a like name', 'dpo.yaml', '/repo/a/bc', 'dpo.yaml'],
  ['a folder that starts with two dots', '..c/dpo.yaml', '/repo', 'a/b/..c/dpo.yaml'],
  ['an absolute name', '/repo/a/b/dpo.yaml', '/repo', 'a/b/dpo.yaml'],
  ['a file above', '../../dpo.yaml', '/repo', 'dpo.yaml'],
  ['a file outside', '/etc/dpo.yaml', '/repo', '../etc/dpo.yaml'],
  ['an empty variable', 'dpo.yaml', '', 'dpo.yaml'],
];

describe('C23 the path of a file within its repository', () => {
  test.each(cases)('%s', (_what, file, ...[checkout, path]) => {
    const environment = checkout === undefined ? {} : { GITHUB_WORKSPACE: checkout };
    expect(repositoryPath(file, { environment, directory: '/repo/a/b' })).toBe(path);
  });
});
