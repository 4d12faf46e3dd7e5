// Save as e2e/histories/found.test.ts and run: npm run test:e2e -- --testPathPatterns e2e/histories/found
import { test } from '@jest/globals';
import { replay } from './replay.ts';

test('a history that was found with seed 42', async () => {
  await replay([
    { do: 'configure', table: 'a', variant: 1 },
    { do: 'apply', parallelism: 10 },
    { do: 'expect no monitor', table: 'a' },
  ]);
});
