import { describe, expect, test } from '@jest/globals';
import { createLimit } from '../src/concurrency.ts';

describe('createLimit', () => {
  test.each([1, 3, 10])('D016 runs at most %i at once, and all in the end', async (size) => {
    const limit = createLimit(size);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 25 }, () => limit(work)));
    expect(most).toBe(size);
  });

  test('what fails makes room for the rest', async () => {
    const limit = createLimit(1);
    await expect(limit(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await limit(async () => 'yes')).toBe('yes');
  });
});
