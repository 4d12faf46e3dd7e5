import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';

/** Compares with a file in `e2e/golden`; UPDATE_GOLDEN=1 writes it, and the review reads the difference. */
export async function expectGolden(name: string, text: string): Promise<void> {
  const file = fileURLToPath(new URL(`../golden/${name}`, import.meta.url));
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(file, text);
  expect(text).toBe(await readFile(file, 'utf8'));
}
