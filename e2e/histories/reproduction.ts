import type { Action } from './action.ts';

/** A test file that replays a history; it stands beside `replay.ts`. */
export function reproduction(actions: readonly Action[], seed: number): string {
  const steps = actions.map((action) => `    ${JSON.stringify(action)},`);
  return [
    `// Save as e2e/histories/found.test.ts and run: npm run test:e2e -- --testPathPatterns e2e/histories/found`,
    `import { test } from '@jest/globals';`,
    `import { replay } from './replay.ts';`,
    ``,
    `test('a history that was found with seed ${String(seed)}', async () => {`,
    `  await replay([`,
    ...steps,
    `  ]);`,
    `});`,
    ``,
  ].join('\n');
}
