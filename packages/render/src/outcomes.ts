import {
  actions,
  kindOf,
  operationsOf,
  pageOf,
  type Address,
  type ApplyResult,
  type Outcome,
  type Plan,
} from '@dpo/core';
import { headRow, nameRows, wholeRows } from './block.ts';
import { findingRows } from './finding-rows.ts';
import { frameOf, type Frame } from './frame.ts';
import { indent, span, type Line } from './line.ts';
import { groupBy, type Group } from './op-groups.ts';
import { actionTones } from './op-rows.ts';
import { pageLines } from './pages.ts';
import { paint } from './paint.ts';
import { problemLines } from './problems.ts';
import { flow, wrap, type Row } from './rows.ts';
import { sectionLines, type Section } from './section.ts';
import type { Style } from './style.ts';
import { survivorLines } from './survivors.ts';
import { countOf, countText } from './words.ts';

type Done = Extract<Outcome, { readonly status: 'done' }>;
type Failed = Extract<Outcome, { readonly status: 'failed' }>;
type Skipped = Extract<Outcome, { readonly status: 'skipped' }>;

/** How a run of this plan went: done, failed with what to do, skipped, counts, and where the state is. */
export function renderOutcomes(result: ApplyResult, plan: Plan, style: Style): string {
  const frame = frameOf(plan, style);
  const told = sortOutcomes(result.outcomes);
  const lines = [
    ...sectionLines(sectionsOf(told, frame), style),
    ...(plan.mode === 'destroy' && told.done.length > 0 ? survivorLines(frame) : []),
    [],
    ...totalLines(told, frame),
    ...stateLines(result.state, style),
    ...adviceLines(result, told, frame),
    ...pageLines(told.done.map(({ address, id }) => ({ address, url: pageOf(address, id, plan.target) }))),
  ];
  return paint(lines.slice(lines[0]?.length === 0 ? 1 : 0), style);
}

interface Told {
  readonly done: readonly Done[];
  readonly failed: readonly Failed[];
  readonly skipped: readonly Skipped[];
  /** Not started, for the run was stopped. */
  readonly halted: readonly Skipped[];
}

function sortOutcomes(outcomes: readonly Outcome[]): Told {
  const skipped = outcomes.filter((outcome) => outcome.status === 'skipped');
  return {
    done: outcomes.filter((outcome) => outcome.status === 'done'),
    failed: outcomes.filter((outcome) => outcome.status === 'failed'),
    skipped: skipped.filter(({ halted }) => halted !== true),
    halted: skipped.filter(({ halted }) => halted === true),
  };
}

function sectionsOf({ done, failed, skipped, halted }: Told, frame: Frame): readonly Section[] {
  const doneGroups = groupBy(done, ({ address, action, note }) =>
    JSON.stringify([kindOf(address), action, note ?? '']),
  );
  const failedGroups = groupBy(failed, ({ address, action, problem: { code, message, hint } }) =>
    JSON.stringify([kindOf(address), action, code, message, hint ?? '']),
  );
  const haltedGroups = groupBy(halted, ({ address, action }) => `${kindOf(address)} ${action}`);
  const findings = skipped.map(({ address, action, because }) => ({ address, code: action, text: because }));
  return [
    { title: 'Done', count: done.length, tone: 'good', rows: doneGroups.flatMap((group) => doneRows(group, frame)) },
    {
      title: 'Not started',
      count: halted.length,
      tone: 'warn',
      rows: haltedGroups.flatMap((group) => haltedRows(group, frame)),
    },
    {
      title: 'Skipped',
      count: skipped.length,
      tone: 'warn',
      rows: findingRows(findings, { mark: frame.marks.skipped, tone: 'quiet' }, frame),
    },
    {
      title: 'Failed',
      count: failed.length,
      tone: 'bad',
      rows: failedGroups.flatMap((group) => failedRows(group, frame)),
    },
  ];
}

function doneRows({ first, items }: Group<Done>, frame: Frame): readonly Row[] {
  const addresses = items.map(({ address }) => address);
  const { action, note } = first;
  const right = [[span(action, 'quiet')], ...(note === undefined ? [] : [[span(note)]])];
  const look = { mark: frame.marks.actions[action], tone: actionTones[action], kind: kindOf(first.address) };
  return [headRow({ ...look, addresses, right }, frame), ...nameRows(addresses, 0, frame)];
}

function haltedRows({ first, items }: Group<Skipped>, frame: Frame): readonly Row[] {
  const addresses = items.map(({ address }) => address);
  const look = { mark: frame.marks.skipped, tone: 'quiet', kind: kindOf(first.address) } as const;
  const head = headRow({ ...look, addresses, right: [[span(first.action, 'quiet')]] }, frame);
  return [head, ...nameRows(addresses, 0, frame)];
}

function failedRows({ first, items }: Group<Failed>, frame: Frame): readonly Row[] {
  const addresses = items.map(({ address }) => address);
  const look = { mark: frame.marks.failed, tone: 'bad', kind: kindOf(first.address) } as const;
  const head = headRow({ ...look, addresses, right: [[span(first.action, 'quiet')]] }, frame);
  const { address: _address, ...problem } = first.problem;
  const lines = problemLines(problem, frame.style).map((line): Line => [indent(6), ...line]);
  return [head, ...nameRows(addresses, everyName, frame), ...wholeRows(lines)];
}

/** Who failed is what people act on. */
const everyName = Infinity;

function totalLines({ done, failed, skipped, halted }: Told, { plan, style }: Frame): readonly Line[] {
  const verb = plan.mode === 'destroy' ? 'Destroyed' : 'Applied';
  const waiting = halted.length + notStarted(plan, [...done, ...failed, ...skipped, ...halted]);
  const lead = `${verb} ${countText(done.length)} of ${countOf(operationsOf(plan).length, 'operation')}: `;
  const byAction = actions.flatMap((action): Line[] => {
    const count = done.filter((outcome) => outcome.action === action).length;
    return count === 0 ? [] : [[span(`${action} ${countText(count)}`)]];
  });
  const items: readonly Line[] = [
    ...byAction,
    [span(`failed ${countText(failed.length)}`, failed.length === 0 ? 'quiet' : 'bad')],
    [span(`skipped ${countText(skipped.length)}`, skipped.length === 0 ? 'quiet' : 'warn')],
    ...(waiting === 0 ? [] : [[span(`not started ${countText(waiting)}`, 'warn')]]),
  ];
  const lines = flow(items, { at: lead.length, separator: '  ' }, style);
  return lines.map((line, index) => (index === 0 ? [span(lead, 'strong'), ...line.slice(1)] : line));
}

function stateLines(state: ApplyResult['state'], style: Style): readonly Line[] {
  if (state.status !== 'rescue') return [[span(`State ${state.status}.`)]];
  return [
    ...wrap(span(state.reason), [span('State NOT saved: ', 'bad')], style),
    [span(state.command === undefined ? '  journal      ' : '  rescue copy  ', 'strong'), span(state.path)],
    ...rescueAdvice(state.command, style),
  ];
}

/** A command is to be copied, so that it is never broken. */
function rescueAdvice(command: string | undefined, style: Style): readonly Line[] {
  const [text, line]: readonly [string, readonly Line[]] =
    command === undefined
      ? ['make room or grant access; the next run takes in what this one did from its journal', []]
      : [
          'it holds what this run did; once the cause is gone, put it in place',
          [[span('  run          ', 'strong'), span(command)]],
        ];
  return [...wrap(span(text), [indent(2)], style), ...line];
}

function adviceLines(result: ApplyResult, told: Told, { plan, style }: Frame): readonly Line[] {
  const waiting = told.halted.length + notStarted(plan, result.outcomes);
  if (!result.interrupted && told.failed.length + told.skipped.length + waiting === 0) return [];
  const command = plan.mode === 'destroy' ? 'dpo destroy' : 'dpo apply';
  const cause = result.interrupted ? 'Interrupted. ' : '';
  const nothing = result.wrote ? 'what is done stays done' : 'nothing was written';
  return wrap(span(`${cause}Run ${command} again to do the rest; ${nothing}.`, 'warn'), [], style);
}

function notStarted(plan: Plan, outcomes: readonly Outcome[]): number {
  const known = new Set<Address>(outcomes.map(({ address }) => address));
  return operationsOf(plan).filter((op) => !known.has(op.address)).length;
}
