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

/**
 * One line without a line break. `op_done`, `op_failed` and `op_skipped` are permanent lines; `reading` and `waiting` are
 * status lines that the caller overwrites. Nothing for a started operation.
 */
export function renderEvent(event: Event, style: Style): string | undefined {
  const line = eventLine(event, style);
  return line === undefined ? undefined : paint([line], style).slice(0, -1);
}

function eventLine(event: Event, style: Style): Line | undefined {
  const marks = marksOf(style);
  switch (event.type) {
    case 'op_started':
      return undefined;
    case 'reading':
      return [span(`reading ${countText(event.done)}/${countText(event.total)}`, 'quiet')];
    case 'waiting':
      return cutLine(
        [span(`waiting ${durationText(event.milliseconds)}: ${event.reason}`, 'quiet')],
        cutWidth(style),
        style,
      );
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
      return [
        span(`  ${marks.skipped} `, 'quiet'),
        ...subject('skipped', event.address),
        span(`  ${event.action}: ${event.because}`, 'quiet'),
      ];
    default:
      return assertNever(event);
  }
}

function subject(word: string, address: Address): Line {
  return [span(`${padEnd(word, wordWidth)}  ${padEnd(kindOf(address), kindWidth)}  `), span(nameOf(address), 'strong')];
}
