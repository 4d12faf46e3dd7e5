import type { Json, JsonObject } from '@dpo/core';
import { createClock, settled, type FakeClock } from '../../engine/test/fake-clock.ts';
import { showProgress } from '../src/progress.ts';
import { createReport, type Report } from '../src/report.ts';

/** A report on a stream and a file in memory, with a clock that is moved by hand. */
export interface ReportBench {
  readonly report: Report;
  readonly clock: FakeClock;
  /** What was written to the stream, as it was written. */
  readonly written: readonly string[];
  readonly lines: readonly JsonObject[];
  typesOf(): readonly Json[];
  /** Moves the time on by seconds, one after the other. */
  pass(seconds: number): Promise<void>;
}

export function createReportBench({
  isTTY,
  width = 80,
}: {
  readonly isTTY: boolean;
  readonly width?: number;
}): ReportBench {
  const clock = createClock(Date.UTC(2026, 0, 1));
  const written: string[] = [];
  const lines: JsonObject[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  const report = createReport({
    clock,
    printer: showProgress(stream, { color: false, unicode: true, width }),
    file: { write: (line) => lines.push(line), close: () => undefined },
  });
  return {
    report,
    clock,
    written,
    lines,
    typesOf: () => lines.map(({ type = null }) => type),
    pass: async (seconds) => {
      for (let second = 0; second < seconds; second += 1) {
        // oxlint-disable-next-line no-await-in-loop
        await clock.advance(1000);
        // oxlint-disable-next-line no-await-in-loop
        await settled();
      }
    },
  };
}
