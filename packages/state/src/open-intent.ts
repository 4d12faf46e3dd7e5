import { compareText, type JsonObject, type OpenIntent } from '@dpo/core';
import { decodeAddress } from './entry.ts';
import { integerAt, members, oneOfAt, optionalTextAt, textAt, timeAt, type Node } from './shape.ts';

const intentActions: readonly OpenIntent['action'][] = ['create', 'update', 'delete', 'replace'];

export function encodeIntent(intent: OpenIntent): JsonObject {
  const id = intent.id === undefined ? {} : { id: intent.id };
  return {
    address: intent.address,
    action: intent.action,
    ...id,
    at: isoTime(intent.at),
    deadline_ms: intent.deadlineMs,
  };
}

export function decodeIntent(node: Node): OpenIntent {
  const member = members(node, ['address', 'action', 'at', 'deadline_ms'], ['id']);
  const id = optionalTextAt(member('id'));
  return {
    address: decodeAddress(textAt(member('address')), member('address')),
    action: oneOfAt(member('action'), intentActions),
    ...(id === undefined ? {} : { id }),
    at: timeAt(member('at')),
    deadlineMs: integerAt(member('deadline_ms'), 0),
  };
}

/** The moment from which the request cannot take effect any more. */
export function quietFrom(intent: OpenIntent): number {
  return intent.at + intent.deadlineMs;
}

/** Oldest first; one order whatever the order of arrival. */
export function compareIntents(a: OpenIntent, b: OpenIntent): number {
  return (
    a.at - b.at || compareText(a.address, b.address) || compareText(a.action, b.action) || a.deadlineMs - b.deadlineMs
  );
}

export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
