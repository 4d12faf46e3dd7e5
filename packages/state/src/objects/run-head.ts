import { actions, canonical, type Action, type Announcement, type Intent, type JsonObject } from '@dpo/core';
import { decodeAddress } from '../entry.ts';
import { decodeHeader, encodeHeader, type JournalHeader } from '../journal-header.ts';
import { parseJson } from '../located-json.ts';
import { integerAt, itemsAt, members, objectAt, oneOfAt, optionalTextAt, textAt, type Node } from '../shape.ts';

/** Put before the first operation of a run: who it is, and all that it may be doing from then on. */
export interface RunHead {
  readonly header: JournalHeader;
  /** Number of the hold under which it works. */
  readonly hold: number;
  /** `undefined`: each intent is put by itself, before its request. */
  readonly announcement: Announcement | undefined;
}

export function encodeHead({ header, hold, announcement }: RunHead): string {
  const document: JsonObject = {
    header: encodeHeader(header),
    hold,
    intents: announcement === undefined ? null : announcement.intents.map(intentToJson),
    plan: announcement?.plan ?? null,
  };
  return `${canonical(document)}\n`;
}

/** Strict; throws `ShapeError` or `JsonSyntaxError`. */
export function decodeHead(text: string): RunHead {
  const member = members({ value: parseJson(text), path: [] }, ['header', 'hold', 'intents', 'plan']);
  const intents = member('intents');
  return {
    header: decodeHeader(member('header')),
    hold: integerAt(member('hold'), 1),
    announcement:
      intents.value === null ? undefined : { intents: itemsAt(intents).map(intentOf), plan: objectAt(member('plan')) },
  };
}

function intentToJson({ address, action, formerly, id, deadlineMs }: Intent): JsonObject {
  return {
    address,
    action,
    ...(formerly === undefined ? {} : { formerly }),
    ...(id === undefined ? {} : { id }),
    deadline_ms: deadlineMs,
  };
}

function intentOf(node: Node): Intent {
  const member = members(node, ['address', 'action', 'deadline_ms'], ['formerly', 'id']);
  const formerly = optionalTextAt(member('formerly'));
  const id = optionalTextAt(member('id'));
  return {
    address: decodeAddress(textAt(member('address')), member('address')),
    action: oneOfAt<Action>(member('action'), actions),
    ...(formerly === undefined ? {} : { formerly: decodeAddress(formerly, member('formerly')) }),
    ...(id === undefined ? {} : { id }),
    deadlineMs: integerAt(member('deadline_ms'), 0),
  };
}
