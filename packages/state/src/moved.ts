import { canonical, fail, isJsonObject } from '@dpo/core';
import { parseJson } from './located-json.ts';
import { integerAt, members, optionalTextAt, textAt } from './shape.ts';
import type { Source } from './state-problem.ts';

export const movedFormat = 'dpo.moved/1';

/** What stands in the place of a state that is elsewhere, so that the old place is never taken for the state, or for none. */
export interface MovedNote {
  /** Where it is, as `--state` takes it. */
  readonly to: string;
  readonly lineage: string;
  readonly serial: number;
  /** The state itself, until it is known to have arrived. */
  readonly state?: string;
}

export function encodeNote({ to, lineage, serial, state }: MovedNote): string {
  const document = { format: movedFormat, to, lineage, serial, ...(state === undefined ? {} : { state }) };
  return `${canonical(document)}\n`;
}

/** Strict; throws `ShapeError`. */
export function decodeNote(text: string): MovedNote {
  const member = members({ value: parseJson(text), path: [] }, ['format', 'to', 'lineage', 'serial'], ['state']);
  const state = optionalTextAt(member('state'));
  return {
    to: textAt(member('to')),
    lineage: textAt(member('lineage')),
    serial: integerAt(member('serial'), 1),
    ...(state === undefined ? {} : { state }),
  };
}

/** The note that a text is, if it is one. */
export function noteIn(text: string | undefined): MovedNote | undefined {
  if (text?.includes(movedFormat) !== true) return undefined;
  try {
    const document = parseJson(text);
    return isJsonObject(document) && document['format'] === movedFormat ? decodeNote(text) : undefined;
  } catch {
    return undefined;
  }
}

export function movedState({ file }: Source, { to, serial, state }: MovedNote): never {
  const place = { file, start: { line: 1, column: 1 } };
  if (state !== undefined) {
    return fail({
      code: 'STATE.MOVED',
      message: `the state ${file} is being moved to ${to}, and that was interrupted at serial ${serial}`,
      hint: `finish it: dpo state migrate ${to}`,
      place,
    });
  }
  return fail({
    code: 'STATE.MOVED',
    message: `the state ${file} was moved to ${to} at serial ${serial}`,
    hint: `name that place in 'state' of the target, or with --state ${to}`,
    place,
  });
}
