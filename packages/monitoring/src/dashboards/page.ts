import type { JsonObject } from '@dpo/core';

/** A dataset of a dashboard: a name that widgets use, and its query. */
export interface Dataset {
  readonly name: string;
  readonly title: string;
  readonly query: string;
}

/** Where a widget stands, in a grid of 12 columns. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function box(x: number, y: number, size: readonly [width: number, height: number]): Box {
  return { x, y, width: size[0], height: size[1] };
}

/** Markdown; each line ends with its own break, for lines are put together with nothing between them. */
export function text(name: string, place: Box, lines: readonly string[]): JsonObject {
  const written = lines.map((each) => `${each}\n`);
  return { position: { ...place }, widget: { name, multilineTextboxSpec: { lines: written } } };
}

/** A text that people chose, as one line of Markdown that means nothing but itself. */
export function plain(chosen: string): string {
  return chosen
    .replaceAll(/[\\`*_{}[\]()#+!|<>~&.:@-]/gu, (character) => `\\${character}`)
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

export function page(name: string, title: string, layout: readonly JsonObject[]): JsonObject {
  return { name, displayName: title, pageType: 'PAGE_TYPE_CANVAS', layoutVersion: 'GRID_V1', layout };
}

/** Lines of a query are put together with nothing between them, so that each ends with its own break. */
export function dataset({ name, title, query }: Dataset): JsonObject {
  return { name, displayName: title, queryLines: query.split('\n').map((each) => `${each}\n`) };
}
