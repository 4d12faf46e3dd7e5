import type { Problem } from '@dpo/core';
import type { WorkspaceSnapshot } from '@dpo/local-workspace';
import { deletesOf, type Attempt } from './attempt.ts';
import { blindCreates } from './calls.ts';
import { nameOfCell, type Cell } from './faults.ts';
import type { CellClass, CellResult } from './cell-result.ts';
import { deadlineMs, type Mode, type RunEnd } from './run-engine.ts';
import { changedStrangers, differences, imageOf, type WorldImage } from './world-image.ts';

/** How things are after a run without a fault. */
export interface Clean {
  readonly mode: Mode;
  readonly image: WorldImage;
  readonly state: string;
  readonly strangers: ReadonlyMap<string, string>;
  /** Paths of everything that it deletes. */
  readonly deletes: ReadonlySet<string>;
  /** Its operations: action and address. */
  readonly operations: ReadonlySet<string>;
  /** The run after it. */
  readonly again: RunEnd;
  readonly token: string;
  /** Codes that docs/errors.md explains. */
  readonly documented: ReadonlySet<string>;
}

export interface Tried {
  readonly cell: Cell;
  readonly struck: boolean;
  /** Virtual milliseconds of the runs under the fault. */
  readonly elapsed: number;
  readonly spoiled: readonly Attempt[];
  /** A plain run after the fault has gone, and one more. */
  readonly healed: Attempt;
  readonly settled: Attempt;
  /** What the state said right after the fault, and at the end. */
  readonly readable: string;
  readonly state: string;
  /** Every byte of the state and its companions after the fault. */
  readonly told: string;
}

/** Reads have a budget of five minutes, or four tries of a minute each; a run makes a handful of them in a row. */
const longestRunMs = 3_600_000;

export function check(clean: Clean, tried: Tried): CellResult {
  const { cell, spoiled, healed, settled } = tried;
  const wrong = [
    ...spoiled.flatMap((attempt) => [...ofAttempt(clean, attempt), ...ofWaiting(attempt.end)]),
    ...[healed, settled].flatMap((attempt) => ofAttempt(clean, attempt)),
    ...(tried.readable.startsWith('[') ? [] : [`the state cannot be read: ${tried.readable}`]),
    ...(tried.told.includes(clean.token) ? ['the state holds the token'] : []),
    ...(tried.elapsed > longestRunMs ? [`it took ${String(tried.elapsed)} ms`] : []),
    ...ofPlan(clean, tried),
    ...ofEnd(clean, tried),
  ];
  const problems = spoiled.flatMap(({ end }) => problemsOf(end));
  return {
    cell,
    class: classOf(tried),
    wrong: wrong.map((text) => `${nameOfCell(cell)}: ${text}`),
    believed: isBelief(tried),
    codes: [...new Set(problems.map(({ code }) => code))],
    longest: Math.max(0, ...spoiled.map(({ end }) => (end.status === 'ended' ? end.longest : 0))),
    elapsed: tried.elapsed,
  };
}

/** If the service insists that something is not there, that is so for whoever asks: it is let go of, never deleted. */
function isBelief({ cell, spoiled }: Tried): boolean {
  if (cell.fault.denies !== true || cell.lasting !== 'always') return false;
  return spoiled.some(({ end }) => end.status === 'ended' && end.operations.some((text) => text.startsWith('forget ')));
}

function classOf({ struck, spoiled }: Tried): CellClass {
  if (!struck) return 'missed';
  const ends = spoiled.map(({ end }) => end);
  if (ends.some(({ status }) => status !== 'ended')) return 'refused';
  return ends.some((end) => problemsOf(end).length > 0 || !isDone(end)) ? 'partly' : 'survived';
}

function isDone(end: RunEnd): boolean {
  return end.status === 'ended' && end.outcomes.every(({ status }) => status === 'done');
}

function problemsOf(end: RunEnd): readonly Problem[] {
  if (end.status === 'refused') return end.problems;
  if (end.status === 'broken') return [];
  const failed = end.outcomes.flatMap((outcome) => (outcome.status === 'failed' ? [outcome.problem] : []));
  return [...end.blocked, ...failed];
}

/** What holds after every run, disturbed or not. */
function ofAttempt(clean: Clean, attempt: Attempt): readonly string[] {
  const { end, requests, snapshot } = attempt;
  const broken = end.status === 'broken' ? [`it broke: ${textOf(end.error)}`] : [];
  const writes = requests.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/api/2.0/sql/'));
  const early = end.status === 'refused' && writes.length > 0 ? ['it was refused after a write'] : [];
  const deletes = [...deletesOf(attempt)].filter((path) => !clean.deletes.has(path));
  return [
    ...broken,
    ...early,
    ...deletes.map((path) => `an unplanned delete: ${path}`),
    ...blindCreates(requests).map((path) => `a create was repeated blindly: ${path}`),
    ...changedStrangers(clean.strangers, snapshot).map((key) => `somebody else's ${key} was changed`),
    ...problemsOf(end).flatMap((problem) => ofProblem(problem, clean)),
    ...hintsOf(end),
    ...doubled(clean, snapshot),
  ];
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function ofProblem(problem: Problem, { token, documented }: Clean): readonly string[] {
  const text = JSON.stringify(problem);
  return [
    ...(documented.has(problem.code) ? [] : [`${problem.code} is not documented`]),
    ...(/\n|\bat .+:\d+:\d+/u.test(problem.message) ? [`a stack in: ${problem.message}`] : []),
    ...(problem.message.length < 10 ? [`an empty message: ${problem.message}`] : []),
    ...(text.includes(token) ? ['a problem holds the token'] : []),
  ];
}

/** Who may not delete is told how the state can let go of it. */
function hintsOf(end: RunEnd): readonly string[] {
  const outcomes = end.status === 'ended' ? end.outcomes : [];
  return outcomes.flatMap((outcome) => {
    if (outcome.status !== 'failed' || outcome.problem.code !== 'API.FORBIDDEN' || outcome.action !== 'delete')
      return [];
    const wanted = `dpo state rm ${outcome.address}`;
    return outcome.problem.hint?.includes(wanted) === true ? [] : [`the hint is not ${wanted}`];
  });
}

/** No object twice, not even for a while; whatever is made before something is deleted counts. */
function doubled(clean: Clean, snapshot: WorkspaceSnapshot): readonly string[] {
  const count = (image: WorldImage, kind: string): number => image.filter((line) => line.startsWith(`${kind} `)).length;
  const image = imageOf(snapshot);
  return ['dashboard', 'schema'].flatMap((kind) => {
    const [most, found] = [count(clean.image, kind), count(image, kind)];
    return clean.mode !== 'destroy' && found > most ? [`${String(found)} of ${kind}, not ${String(most)}`] : [];
  });
}

/** What could not be read is left alone: nothing else than usual is planned, but by a lie about what is there. */
function ofPlan(clean: Clean, { cell: { fault }, spoiled: [first] }: Tried): readonly string[] {
  if (fault.denies === true || fault.rule.stale === true || first?.end.status !== 'ended') return [];
  return first.end.operations
    .filter((operation) => !clean.operations.has(operation))
    .map((operation) => `nobody asked for it: ${operation}`);
}

function ofWaiting(end: RunEnd): readonly string[] {
  if (end.status !== 'ended' || end.longest <= 2 * deadlineMs) return [];
  return [`an operation took ${String(end.longest)} ms`];
}

/** A run that says that all is well left the clean world; after any other one more run makes it. */
function ofEnd(clean: Clean, tried: Tried): readonly string[] {
  const belief = isBelief(tried);
  // A destroy still finds what it let go of by its marker; an apply leaves it alone, since nobody asks for it any more.
  if (belief && clean.mode === 'apply') return [];
  const last = tried.spoiled.at(-1);
  const survived = last !== undefined && !belief && problemsOf(last.end).length === 0 && isDone(last.end);
  const imported = clean.mode === 'import';
  const again = JSON.stringify(summary(clean.again));
  return [
    ...(survived ? differences(clean.image, imageOf(last.snapshot)).map((line) => `it said done, but ${line}`) : []),
    ...(imported ? [] : undone(tried.healed.end).map((line) => `the run after it: ${line}`)),
    ...differences(clean.image, imageOf(tried.healed.snapshot)).map((line) => `after the next run ${line}`),
    ...(JSON.stringify(summary(tried.settled.end)) === again
      ? []
      : [`the run after that: ${JSON.stringify(summary(tried.settled.end))}, not ${again}`]),
    ...(tried.state === clean.state ? [] : [`the state is ${tried.state}, not ${clean.state}`]),
  ];
}

function undone(end: RunEnd): readonly string[] {
  if (end.status === 'broken') return [textOf(end.error)];
  if (end.status === 'refused') return end.problems.map((problem) => JSON.stringify(problem));
  return [
    ...end.blocked.map((problem) => JSON.stringify(problem)),
    ...end.outcomes.filter(({ status }) => status !== 'done').map((outcome) => JSON.stringify(outcome)),
  ];
}

function summary(end: RunEnd): readonly string[] {
  if (end.status === 'ended') return end.operations;
  return end.status === 'refused' ? end.problems.map(({ code }) => code) : ['broken'];
}
