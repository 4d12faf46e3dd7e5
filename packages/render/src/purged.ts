import { leftoverText } from '@dpo/core';
import type { Frame } from './frame.ts';
import { indent, span, type Line } from './line.ts';
import { wrap } from './rows.ts';
import { countText } from './words.ts';

/** Everything that is dropped with what is deleted: every name, always, since consent is to these names. */
export function purgedLines({ plan, style, marks }: Frame): readonly Line[] {
  const names = plan.ops.flatMap(({ address, purge = [] }) => purge.map((leftover) => leftoverText(leftover, address)));
  if (names.length === 0) return [];
  const lead: Line = [indent(2), span(`${marks.actions.delete} `, 'bad')];
  return [
    [],
    [
      span('Purged with them', 'strong'),
      span(` ${countText(names.length)}`, 'bad'),
      span('  tables for good, dashboards into the trash; needs MANAGE on each', 'quiet'),
    ],
    ...names.flatMap((name) => wrap(span(name), lead, style)),
  ];
}
