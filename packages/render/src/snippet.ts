import type { Problem } from '@dpo/core';
import { indent, span, type Line } from './line.ts';
import { cut, startOf, widthOf } from './measure.ts';
import { cutWidth, marksOf, type Style } from './style.ts';
import { visible } from './visible.ts';

/**
 * The faulty line of a file with the fault underlined, from the start of the place to its end or, over several lines,
 * to the end of this line. A long line is shown from shortly before the fault.
 */
export function snippetLines({ snippet, place }: Problem, style: Style): readonly Line[] {
  if (snippet === undefined) return [];
  const number = String(snippet.line);
  const gutter = 2 + number.length + 3;
  const fault = faultOf(snippet.text, place);
  const room = cutWidth(style) - gutter;
  const window = windowOf(fault, room, style);
  const code: Line = [
    span(`  ${number} | `, 'quiet'),
    span(cut(window.before + fault.text + fault.after, room, marksOf(style).ellipsis)),
  ];
  if (place === undefined || !('file' in place) || place.start.line !== snippet.line) return [code];
  const at = widthOf(window.before);
  const length = Math.max(1, Math.min(widthOf(fault.text), room - at));
  return [code, [indent(gutter - 2), span('| ', 'quiet'), indent(at), span('^'.repeat(length), 'bad')]];
}

interface Fault {
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** Columns count UTF-16 units of the file; what is printed may be wider, so each part is made visible on its own. */
function faultOf(text: string, place: Problem['place']): Fault {
  if (place === undefined || !('file' in place)) return { before: '', text: '', after: visible(text) };
  const start = Math.max(0, place.start.column - 1);
  const sameLine = place.end !== undefined && place.end.line === place.start.line;
  const one = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
  const end = place.end === undefined ? one : sameLine ? place.end.column - 1 : text.trimEnd().length;
  const stop = Math.max(end, one);
  return {
    before: visible(text.slice(0, start)),
    text: visible(text.slice(start, stop)),
    after: visible(text.slice(stop)),
  };
}

function windowOf({ before, text }: Fault, room: number, style: Style): { readonly before: string } {
  const needed = Math.min(widthOf(text), Math.floor(room / 2)) + 10;
  if (widthOf(before) + needed <= room) return { before };
  const { ellipsis } = marksOf(style);
  const skip = Math.max(0, widthOf(before) + needed - room + widthOf(ellipsis));
  return { before: ellipsis + before.slice(startOf(before, skip).length) };
}
