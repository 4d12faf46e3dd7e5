/** `npm run histories:all` asks for many times as many runs as `npm run check` has time for. */
const factor = Number(process.env['DPO_FUZZ_FACTOR'] ?? '1');

/** How many runs a property gets. */
export function fuzzRuns(inCheck: number): number {
  return Math.ceil(inCheck * factor);
}

/** A line of figures for people; `docs/reliability.md` keeps those of a long run. */
export function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
