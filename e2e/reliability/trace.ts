/** What the trace of all contenders says; every number but the first two is to be 0. */
export interface Verdict {
  readonly holds: number;
  /** Holds that have no end: their process was killed while it had the lock. */
  readonly killed: number;
  /** Holds that began before another one's last line. */
  readonly overlaps: number;
  /** Holds that did not find what the one before had certainly written, or found what nobody wrote. */
  readonly lostUpdates: number;
  /** What the counter has to be at the end: one of these two, as the last one may have been killed before it told. */
  readonly counts: readonly [least: number, most: number];
}

interface Hold {
  readonly first: number;
  last: number;
  ended: boolean;
  saw: number | undefined;
  wrote: boolean;
}

/**
 * Judges a trace of lines `<hold> enter|step|saw N|wrote N|leave`, in the order in which they were appended. Needs neither
 * clocks nor the lock: what happened under one hold has to stand together.
 */
export function judge(trace: string): Verdict {
  const holds = holdsOf(trace);
  const inOrder = [...holds.values()].toSorted((a, b) => a.first - b.first);
  let overlaps = 0;
  let lostUpdates = 0;
  let end = -1;
  let counts: readonly [number, number] = [0, 0];
  for (const hold of inOrder) {
    if (hold.first < end) overlaps += 1;
    end = Math.max(end, hold.last);
    if (hold.saw === undefined) continue;
    if (hold.saw < counts[0] || hold.saw > counts[1]) lostUpdates += 1;
    counts = [hold.wrote ? hold.saw + 1 : hold.saw, hold.saw + 1];
  }
  return { holds: holds.size, killed: inOrder.filter(({ ended }) => !ended).length, overlaps, lostUpdates, counts };
}

function holdsOf(trace: string): ReadonlyMap<string, Hold> {
  const holds = new Map<string, Hold>();
  for (const [index, line] of trace.split('\n').entries()) {
    if (line === '') continue;
    const [id = '', what = '', value = ''] = line.split(' ');
    const hold = holds.get(id);
    if (hold === undefined) {
      if (what !== 'enter') throw new Error(`line ${String(index + 1)} of the trace: ${line}`);
      holds.set(id, { first: index, last: index, ended: false, saw: undefined, wrote: false });
      continue;
    }
    hold.last = index;
    if (what === 'saw') hold.saw = Number(value);
    if (what === 'wrote') hold.wrote = true;
    if (what === 'leave') hold.ended = true;
  }
  return holds;
}
