import { assertNever, kindNames, kindOf, nameOf, type Action, type Address, type Event } from '@dpo/core';
import { cutLine, span, type Line } from './line.ts';
import { padEnd } from './measure.ts';
import { actionTones } from './op-rows.ts';
import { paint } from './paint.ts';
import { cutWidth, marksOf, type Style } from './style.ts';
import { countText, durationText } from './words.ts';

const pastForms: Readonly<Record<Action, string>> = {
  replace: 'replaced',
  delete: 'deleted',
  update: 'updated',
  create: 'created',
  adopt: 'adopted',
  absorb: 'absorbed',
  forget: 'forgot',
};

const wordWidth = 8;
const kindWidth = Math.max(...kindNames.map((kind) => kind.length));

type Kind<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;

/**
 * One line without a line break. `reading` and `progress` are status lines that the caller may overwrite, the others are
 * permanent. Nothing for events that have no line of their own: a plan, problems and outcomes are texts.
 */
export function renderEvent(event: Event, style: Style): string | undefined {
  const line = eventLine(event, style);
  return line === undefined ? undefined : paint([line], style).slice(0, -1);
}

function eventLine(event: Event, style: Style): Line | undefined {
  const marks = marksOf(style);
  switch (event.type) {
    case 'version':
    case 'planned':
    case 'problem':
    case 'op_started':
    case 'applied':
    case 'summary':
      return undefined;
    case 'progress':
      return cutLine([span(progressText(event), 'quiet')], cutWidth(style), style);
    case 'stopping':
      return [span(stoppingText(event), 'warn')];
    case 'refresh':
      return refreshLine(event);
    case 'reading':
      return [span(`reading ${countText(event.done)}/${countText(event.total)}`, 'quiet')];
    case 'waiting':
      return cutLine(
        [span(`waiting up to ${durationText(event.milliseconds)}: ${event.reason}`, 'quiet')],
        cutWidth(style),
        style,
      );
    case 'throttled':
      return [span(`slowed down by the workspace: ${rateText(event.rate)}`, 'warn')];
    case 'warehouse_starting':
      return [span(warehouseText(event), 'quiet')];
    case 'op_done': {
      const mark = span(`  ${marks.actions[event.action]} `, actionTones[event.action]);
      const note = event.note === undefined ? [] : [span(`  ${event.note}`)];
      return [
        mark,
        ...subject(pastForms[event.action], event.address),
        span(`  ${durationText(event.milliseconds)}`, 'quiet'),
        ...note,
      ];
    }
    case 'op_failed': {
      const { code, message } = event.problem;
      return [
        span(`  ${marks.failed} `, 'bad'),
        ...subject('failed', event.address),
        span(`  ${event.action}: ${code}: ${message}`, 'bad'),
      ];
    }
    case 'op_skipped':
      // How many are not started was said when the signal came.
      if (event.halted === true) return undefined;
      return [
        span(`  ${marks.skipped} `, 'quiet'),
        ...subject('skipped', event.address),
        span(`  ${event.action}: ${event.because}`, 'quiet'),
      ];
    default:
      return assertNever(event);
  }
}

const doing: Readonly<Record<Kind<'progress'>['activity'], string>> = {
  starting: 'signing in and reading the catalog',
  reading: 'reading',
  waiting: 'waiting',
  idle: 'ready',
  applying: 'applying',
  refreshing: 'refreshing',
};

/** `applying 2/12 · 1 min 20 s · running monitor:prod.ml.churn and 2 more`. */
function progressText({ activity, done, total, running, milliseconds, rate }: Kind<'progress'>): string {
  const count = total === 0 ? '' : ` ${countText(done)}/${countText(total)}`;
  const [first = '', ...others] = running;
  const more = others.length === 0 ? '' : ` and ${countText(others.length)} more`;
  const what = running.length === 0 ? [] : [`running ${first}${more}`];
  const seconds = Math.floor(milliseconds / 1000) * 1000;
  const time = seconds === 0 ? [] : [durationText(seconds)];
  const slow = rate === undefined ? [] : [`slowed down to ${rateText(rate)}`];
  return [`${doing[activity]}${count}`, ...time, ...slow, ...what].join(', ');
}

function warehouseText({ warehouse, milliseconds }: Kind<'warehouse_starting'>): string {
  const waited = milliseconds < 1000 ? '' : `, ${durationText(Math.round(milliseconds / 1000) * 1000)} so far`;
  return `warehouse ${warehouse} is starting${waited}`;
}

function rateText(rate: number): string {
  const count = rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate);
  return `${count} ${count === 1 ? 'request' : 'requests'}/s`;
}

function stoppingText({ activity, running, notStarted, cutOff }: Kind<'stopping'>): string {
  const counts = `${countText(running)} running, ${countText(notStarted)} not started`;
  if (activity === 'refreshing') return `stopping: ${countText(running)} running refreshes go on in the workspace`;
  if (activity !== 'applying') return 'stopping';
  return cutOff
    ? `stopping now: ${counts}; what runs is cut off, the next run looks what became of it`
    : `stopping: ${counts}; what runs may end, a second interrupt cuts it off`;
}

function refreshLine({ refresh: { table, state, seconds, message } }: Kind<'refresh'>): Line | undefined {
  if (state === 'PENDING' || state === 'RUNNING') return undefined;
  return [
    span(`  ${padEnd(state.toLowerCase(), wordWidth)}  `, state === 'SUCCESS' ? 'good' : 'bad'),
    span(table, 'strong'),
    ...(seconds === undefined ? [] : [span(`  ${durationText(seconds * 1000)}`, 'quiet')]),
    ...(message === undefined ? [] : [span(`  ${message}`)]),
  ];
}

function subject(word: string, address: Address): Line {
  return [span(`${padEnd(word, wordWidth)}  ${padEnd(kindOf(address), kindWidth)}  `), span(nameOf(address), 'strong')];
}
