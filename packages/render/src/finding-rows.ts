import { kindOf, type Address } from '@dpo/core';
import { headRow, nameRows, remarkRows } from './block.ts';
import type { Frame } from './frame.ts';
import { indent, span, type Tone } from './line.ts';
import { groupBy } from './op-groups.ts';
import { rowCells, type Row } from './rows.ts';
import { lineWidth } from './style.ts';
import { countText } from './words.ts';

/** Something about a resource that is no operation: blocked, skipped, failed. */
export interface Finding {
  readonly address: Address;
  readonly code: string;
  readonly text: string;
}

export interface FindingLook {
  readonly mark: string;
  readonly tone: Tone;
}

/** Blocks shown of one code before the rest is counted; reasons with names in them do not collapse. */
const mostOfCode = 10;

/** One block for resources with the same code and text; of very many blocks of one code the first and a count. */
export function findingRows(findings: readonly Finding[], look: FindingLook, frame: Frame): readonly Row[] {
  return groupBy(findings, (finding) => finding.code).flatMap(({ first, items }): Row[] => {
    const groups = groupBy(items, (finding) => `${kindOf(finding.address)} ${finding.text}`);
    const shown = frame.style.full === true ? groups : groups.slice(0, mostOfCode);
    const rest = groups.slice(shown.length).reduce((sum, group) => sum + group.items.length, 0);
    const more: Row[] =
      rest === 0
        ? []
        : [{ left: [indent(4), span(`and ${countText(rest)} more with ${first.code} (--full lists them)`, 'quiet')] }];
    return [...shown.flatMap((group) => blockRows(group.items, look, frame)), ...more];
  });
}

function blockRows(findings: readonly Finding[], { mark, tone }: FindingLook, frame: Frame): readonly Row[] {
  const [first] = findings;
  if (first === undefined) return [];
  const addresses = findings.map((finding) => finding.address);
  const head = headRow(
    { mark, tone, kind: kindOf(first.address), addresses, right: [[span(first.code, 'quiet')]] },
    frame,
  );
  const line: Row = { ...head, left: [...head.left, span('   '), span(first.text)] };
  if (addresses.length === 1 && rowCells(line) <= lineWidth(frame.style)) return [line];
  return [head, ...nameRows(addresses, 0, frame), ...remarkRows([first.text], span(frame.marks.remark), frame)];
}
