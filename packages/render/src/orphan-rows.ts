import { kindOf } from '@dpo/core';
import { headRow, nameRows, remarkRows } from './block.ts';
import type { Frame } from './frame.ts';
import { span } from './line.ts';
import { groupBy } from './op-groups.ts';
import type { Section } from './section.ts';

/** Those that are kept, and why; those that are deleted are operations. Every name is printed: nothing else knows them. */
export function orphanSection(frame: Frame): Section {
  const kept = frame.plan.orphans.filter(({ fate }) => fate === 'kept');
  const groups = groupBy(kept, ({ address, because = '' }) => `${kindOf(address)} ${because}`);
  return {
    title: 'Orphans',
    count: kept.length,
    tone: 'warn',
    aside: 'ours by their marker; neither config nor state knows them; they stay',
    rows: groups.flatMap(({ first, items }) => {
      const addresses = items.map(({ address }) => address);
      const head = {
        mark: frame.marks.skipped,
        tone: 'warn',
        kind: kindOf(first.address),
        addresses,
        right: [],
      } as const;
      return [
        headRow(head, frame),
        ...nameRows(addresses, addresses.length, frame),
        ...remarkRows([first.because ?? ''], span(frame.marks.remark), frame),
      ];
    }),
  };
}
