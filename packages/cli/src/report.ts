import {
  eventLines,
  type Clock,
  type Emit,
  type Event,
  type JsonObject,
  type Problem,
  type RunStatus,
} from '@dpo/core';
import { countsOf, follow, notStarted, standingAt, type Standing } from './activity.ts';
import type { EventFile } from './event-file.ts';
import type { Log } from './log.ts';

/** Reads come too often to be told one by one. */
const readingEveryMs = 500;
/** After so long a silence a sign of life is given. */
const silenceMs = 20_000;
/** The same while something is waited for, of which nothing new is to be expected for minutes. */
const waitingSilenceMs = 60_000;
/** For so long people see that the workspace limited requests, and are not told again. */
const slowedMs = 30_000;
/** How often a status line is brought up to date. */
const repaintMs = 1000;

/** Shows events to people. `live`: a terminal, on which the last line can be painted again. */
export interface EventPrinter {
  readonly live: boolean;
  /** Whether there was anything to print. */
  print(event: Event): boolean;
  /** A status line that is overwritten; only asked for when `live`. */
  status(event: Event): void;
  /** Takes the status line away. */
  clear(): void;
}

export interface ReportOptions {
  readonly clock: Clock;
  readonly printer: EventPrinter | undefined;
  readonly file: EventFile | undefined;
  /** What is told is written there as well. */
  readonly log?: Log | undefined;
}

/** The one way by which a run tells what it does: the same events go to the file and to the screen. */
export interface Report {
  readonly emit: Emit;
  /** A signal came; the second one cuts off what runs. */
  stopping(signal: string, cutOff: boolean): void;
  clear(): void;
  /** Tells the summary and closes the file. Gives what went wrong with the file. */
  end(status: RunStatus, exitCode: number): Problem | undefined;
}

export function createReport(options: ReportOptions): Report {
  const { clock, printer, file, log } = options;
  const ended = new AbortController();
  const told = new Set<Problem>();
  let standing = standingAt(clock.now());
  let spokenAt = clock.now();
  let readAt = clock.now();
  let slowTold = -Infinity;
  let lines = 0;

  const write = (line: JsonObject): void => {
    lines += 1;
    const { type = '', ...rest } = line;
    if (typeof type === 'string') log?.event(type, rest);
    file?.write({ type, seq: lines, ts: new Date(clock.now()).toISOString(), ...rest });
  };
  const tell = (event: Event): void => {
    for (const line of eventLines(event)) write(line);
    const spoken = isNews(event) && (printer?.print(event) ?? event.type !== 'reading');
    if (spoken) spokenAt = clock.now();
    if (printer?.live === true && isBusy(standing)) printer.status(progressOf(standing, clock.now()));
  };
  const isNews = (event: Event): boolean => {
    if (event.type !== 'throttled') return true;
    if (clock.now() - slowTold < slowedMs) return false;
    slowTold = clock.now();
    return true;
  };
  const emit: Emit = (event) => {
    if (event.type === 'problem' && told.has(event.problem)) return;
    for (const problem of problemsIn(event)) told.add(problem);
    const wasReading = standing.activity === 'reading';
    standing = follow(standing, event, clock.now());
    if (event.type === 'reading') {
      if (!wasReading) readAt = clock.now();
      if (event.done < event.total && clock.now() - readAt < readingEveryMs) return;
      readAt = clock.now();
    }
    tell(event);
  };
  const beat = (): void => {
    if (!isBusy(standing)) return;
    const progress = progressOf(standing, clock.now());
    if (printer?.live === true) printer.status(progress);
    else if (clock.now() - spokenAt >= silenceOf(standing)) emit(progress);
  };
  const live = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const silence = Math.min(silenceMs, Math.max(1, spokenAt + silenceOf(standing) - clock.now()));
      // oxlint-disable-next-line no-await-in-loop
      await clock.sleep(printer?.live === true ? repaintMs : silence, ended.signal);
      beat();
      if (!isBusy(standing)) spokenAt = clock.now();
    }
  };
  // Ends by being aborted. A sign of life is never worth the end of a run.
  live().catch(() => undefined);

  return {
    emit,
    stopping: (signal, cutOff) => {
      const { activity, running } = standing;
      const waiting = notStarted(standing);
      emit({ type: 'stopping', signal, activity, running: running.length, notStarted: waiting, cutOff });
    },
    clear: () => printer?.clear(),
    end: (status, exitCode) => {
      ended.abort();
      emit({ type: 'summary', status, exitCode, ...countsAtEnd(standing) });
      printer?.clear();
      return file?.close();
    },
  };
}

function isBusy({ activity }: Standing): boolean {
  return activity !== 'idle';
}

function silenceOf({ activity }: Standing): number {
  return activity === 'waiting' ? waitingSilenceMs : silenceMs;
}

function progressOf(standing: Standing, now: number): Event {
  const { activity, since, running, slowed } = standing;
  const rate = slowed !== undefined && now - slowed.at < slowedMs ? { rate: slowed.rate } : {};
  return { type: 'progress', activity, ...countsOf(standing), running, milliseconds: now - since, ...rate };
}

function problemsIn(event: Event): readonly Problem[] {
  if (event.type === 'planned') return event.plan.problems;
  return event.type === 'problem' || event.type === 'op_failed' ? [event.problem] : [];
}

function countsAtEnd(
  standing: Standing,
): Pick<Extract<Event, { type: 'summary' }>, 'done' | 'failed' | 'skipped' | 'notStarted' | 'state'> {
  const { done, failed, skipped } = standing.ended;
  return { done, failed, skipped, notStarted: notStarted({ ...standing, running: [] }), state: standing.state };
}
