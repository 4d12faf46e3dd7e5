import { describe, expect, test } from '@jest/globals';
import { statePlaceIn } from '../src/state-place.ts';

const directory = '/project';

describe('--state', () => {
  test.each([
    ['state/prod.json', { backend: 'local', path: '/project/state/prod.json' }],
    ['/elsewhere/prod.json', { backend: 'local', path: '/elsewhere/prod.json' }],
    ['volume:/Volumes/main/ops/dpo/prod/', { backend: 'volume', path: '/Volumes/main/ops/dpo/prod' }],
    ['volume:/Volumes/main/ops/dpo', { backend: 'volume', path: '/Volumes/main/ops/dpo' }],
    [
      'azblob:dpo-state/shop/prod',
      { backend: 'azblob', container: 'dpo-state', path: 'shop/prod', endpoint: 'https://a' },
    ],
    ['azblob:dpo-state', { backend: 'azblob', container: 'dpo-state', path: '', endpoint: 'https://a' }],
  ])('%s names a place', (text, place) => {
    const found = statePlaceIn(text, { directory, endpoint: 'https://a' });
    expect(found).toEqual(place);
  });

  test.each([
    'volume:',
    'volume:main.ops.dpo',
    'volume:/Volumes/main/ops',
    'volume:/Volumes/a/b/c/../d',
    'azblob:',
    'azblob:UP',
    'azblob:dpo//x',
  ])('%s is refused with how it is written', (text) => {
    expect(() => statePlaceIn(text, { directory })).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining('write') })],
      }),
    );
  });
});
