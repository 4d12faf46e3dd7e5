import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Style } from '../src/index.ts';

/** Compares a text with a file that people can read; `UPDATE_GOLDEN=1` writes the file instead. */
export function expectGolden(text: string, name: string): void {
  const file = new URL(`golden/${name}.txt`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

export const narrow: Style = { color: false, unicode: true, width: 80 };
export const broad: Style = { color: false, unicode: true, width: 120 };

export function linesOf(text: string): readonly string[] {
  return text.split('\n').slice(0, -1);
}
