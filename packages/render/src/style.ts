import type { Action } from '@dpo/core';

/**
 * How text is drawn. The caller decides (terminal, pipe, `NO_COLOR`, flags); nothing here looks at the environment.
 * `width` counts terminal cells and may be `Infinity`; `full` shows every value and every name uncut. Without
 * `unicode` the drawing is ASCII; names and values keep their letters.
 */
export interface Style {
  readonly color: boolean;
  readonly unicode: boolean;
  readonly width: number;
  readonly full?: boolean;
}

/** Signs of one alphabet. None stands alone: a word always says the same. */
export interface Marks {
  readonly actions: Readonly<Record<Action, string>>;
  readonly becomes: string;
  readonly setBack: string;
  readonly times: string;
  readonly between: string;
  readonly ellipsis: string;
  readonly rule: string;
  readonly passed: string;
  readonly warned: string;
  readonly failed: string;
  readonly skipped: string;
  readonly remark: string;
  readonly loss: string;
}

const unicodeMarks: Marks = {
  actions: { replace: '±', delete: '-', update: '~', create: '+', adopt: '›', absorb: '=', forget: '○' },
  becomes: '→',
  setBack: '←',
  times: '×',
  between: ' · ',
  ellipsis: '…',
  rule: '─',
  passed: '✓',
  warned: '!',
  failed: '×',
  skipped: '·',
  remark: '·',
  loss: '!',
};

const asciiMarks: Marks = {
  actions: { replace: '-+', delete: '- ', update: '~ ', create: '+ ', adopt: '> ', absorb: '= ', forget: 'o ' },
  becomes: '->',
  setBack: '<-',
  times: 'x',
  between: ' | ',
  ellipsis: '...',
  rule: '-',
  passed: 'v ',
  warned: '! ',
  failed: 'x ',
  skipped: '. ',
  remark: '*',
  loss: '!',
};

export function marksOf(style: Style): Marks {
  return style.unicode ? unicodeMarks : asciiMarks;
}

/** Cells that a line may take; below 40 nothing can be laid out. */
export function lineWidth(style: Style): number {
  return Math.max(style.width, 40);
}

/** Cells up to which a value is shown. */
export function cutWidth(style: Style): number {
  return style.full === true ? Infinity : lineWidth(style);
}
