/** Where what is, below the root of a state that is kept in objects. */
export const folders = { state: 'state', runs: 'runs', lock: 'lock', history: 'history' } as const;

/** How many snapshots, and how many holds of the lock, are kept. */
export const kept = 20;

const digits = 9;

function numbered(number: number): string {
  return String(number).padStart(digits, '0');
}

/** The serial is in the name: it cannot be saved twice. */
export function snapshotName(serial: number): string {
  return `${folders.state}/${numbered(serial)}.json`;
}

/** A hold has a number of its own, so that a removal that comes late never meets another hold. */
export function holdName(hold: number): string {
  return `${folders.lock}/${numbered(hold)}.json`;
}

/** Says that a hold is over. */
export function endName(hold: number): string {
  return `${folders.lock}/${numbered(hold)}.end`;
}

/** Says that the holder lived in the `slot`-th interval since it took the lock. */
export function beatName(hold: number, slot: number): string {
  return `${folders.lock}/${numbered(hold)}.beat-${String(slot).padStart(digits, '0')}`;
}

/** Says that numbers were removed: the first one that is found is not the first there was. */
export function trimmedName(folder: string): string {
  return `${folder}/trimmed`;
}

export function planName(run: string): string {
  return `${folders.runs}/${run}.plan.json`;
}

export function segmentName(run: string, segment: number): string {
  return `${folders.runs}/${run}.journal-${String(segment).padStart(4, '0')}`;
}

export function historyName(run: string): string {
  return `${folders.history}/${run}.ndjson`;
}

/** The number at the beginning of a name; NaN if it has none. */
export function numberIn(name: string): number {
  return /^\d{9,}\./.test(name) ? Number.parseInt(name, 10) : Number.NaN;
}

/** The run that a name in `runs` or `history` belongs to. */
export function runIn(name: string): string {
  return name.replace(/\.(?:plan\.json|journal-\d+|ndjson)$/, '');
}
