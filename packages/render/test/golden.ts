import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Style } from '../src/index.ts';

/** Compares a text with a file that people can read; `UPDATE_GOLDEN=1` writes the file instead. */
export function expectGolden(text: string, name: string): void {
  const file = new URL(`golden/${name}.txt`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

/** As wide as a split pane, an old terminal, a CI log, and a pipe without an end. */
export const widths = [60, 80, 120, Infinity] as const;

/** Compares one text at all widths; the files end with the width, `wide` for none. */
export function expectGoldens(render: (style: Style) => string, name: string): void {
  for (const width of widths)
    expectGolden(render({ ...narrow, width }), `${name}-${width === Infinity ? 'wide' : String(width)}`);
}

export const narrow: Style = { color: false, unicode: true, width: 80 };
export const broad: Style = { color: false, unicode: true, width: 120 };

export function linesOf(text: string): readonly string[] {
  return text.split('\n').slice(0, -1);
}
