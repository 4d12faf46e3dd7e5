import { createHash } from 'node:crypto';
import { nameOfCell, type Cell } from './faults.ts';

/** So many cells, the same for the same seed, and of every fault as evenly as there are any. */
export function sampleOf(cells: readonly Cell[], size: number, seed: string): readonly Cell[] {
  const rankOf = (cell: Cell): string =>
    createHash('sha256')
      .update(`${seed} ${nameless(cell)}`)
      .digest('hex');
  const byFault = new Map<string, { readonly cell: Cell; readonly rank: string }[]>();
  for (const cell of cells) {
    const key = `${cell.fault.name} ${cell.lasting}`;
    byFault.set(key, [...(byFault.get(key) ?? []), { cell, rank: rankOf(cell) }]);
  }
  const rows = [...byFault.values()].map((row) => row.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)));
  const chosen: Cell[] = [];
  for (let round = 0; chosen.length < Math.min(size, cells.length); round += 1) {
    const next = rows.flatMap((row) => row[round]?.cell ?? []);
    chosen.push(...next.slice(0, size - chosen.length));
  }
  return chosen;
}

/** Ids differ from world to world. */
function nameless(cell: Cell): string {
  return nameOfCell(cell).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '<uuid>');
}
