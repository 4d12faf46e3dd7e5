import { describe, expect, test } from '@jest/globals';
import { brief, head, problemsIn, snapshot } from './support.ts';

const target = (state: string): string => `${head}${snapshot}targets:\n  prod:\n    state: ${state}\n`;

describe('W009 the place of a state', () => {
  test.each([
    '{ path: state/prod.json }',
    '{ backend: local }',
    '{ backend: volume, path: /Volumes/main/ops/dpo/prod }',
    '{ backend: volume, path: /Volumes/main/ops/dpo }',
    '{ backend: azblob, container: dpo-state }',
    '{ backend: azblob, container: dpo-state, path: shop/prod, endpoint: "https://a.blob.core.windows.net" }',
  ])('%s is one', (state) => {
    expect(problemsIn(target(state)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each([
    ['{ backend: volume }', '8:5 CONFIG.STATE', "'path' is missing", 'write path: /Volumes/'],
    [
      '{ backend: volume, path: state/prod.json }',
      '8:37 CONFIG.STATE',
      'no folder of a volume',
      'write path: /Volumes/',
    ],
    ['{ backend: volume, path: /Volumes/main/ops }', '8:37 CONFIG.STATE', 'no folder of a volume', ''],
    ['{ backend: volume, path: /Volumes/main/ops/dpo/.. }', '8:37 CONFIG.STATE', 'no folder of a volume', ''],
    ['{ backend: azblob }', '8:5 CONFIG.STATE', "'container' is missing", 'write container: NAME'],
    [
      '{ backend: azblob, container: dpo, path: /a/ }',
      '8:53 CONFIG.STATE',
      'no folder of a container',
      'without a slash',
    ],
    [
      '{ container: dpo }',
      '8:25 CONFIG.STATE',
      "'container' belongs to a state with backend azblob",
      'backend: azblob',
    ],
    ['{ backend: s3 }', '8:23 CONFIG.VALUE', 's3', ''],
  ])('%s is refused where it stands', (state, ...said) => {
    const [found, message, hint] = said;
    const problems = problemsIn(target(state)).filter(({ severity }) => severity === 'error');
    expect(problems.map(brief)).toEqual([found]);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.hint ?? '').toContain(hint);
  });
});
