import type { Frame } from './frame.ts';
import { indent, span, type Line } from './line.ts';
import { wrap } from './rows.ts';
import { countText } from './words.ts';

const fewSurvivors = 10;

/** What stays behind after a destroy. */
export function survivorLines({ plan, style, marks }: Frame): readonly Line[] {
  const notes = [...new Set(plan.survives)];
  if (notes.length === 0) return [];
  const shown = style.full === true ? notes : notes.slice(0, fewSurvivors);
  const rest = notes.length - shown.length;
  const lead: Line = [indent(2), span(marks.loss, 'warn'), span(' ')];
  return [
    [],
    [span('Stays behind', 'strong')],
    ...shown.flatMap((note) => wrap(span(note), lead, style)),
    ...(rest === 0 ? [] : [[indent(4), span(`and ${countText(rest)} more (--full lists them)`, 'quiet')]]),
  ];
}
