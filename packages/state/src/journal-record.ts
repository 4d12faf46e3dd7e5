import {
  actions,
  canonical,
  hashText,
  type Action,
  type Address,
  type Intent,
  type Json,
  type JsonObject,
  type RecordedResource,
  type Result,
} from '@dpo/core';
import { decodeAddress, decodeEntry, encodeEntry, type Upgrades } from './entry.ts';
import { decodeHeader, encodeHeader, type JournalHeader } from './journal-header.ts';
import { isoTime } from './open-intent.ts';
import {
  booleanAt,
  integerAt,
  members,
  objectAt,
  oneOfAt,
  optionalTextAt,
  ShapeError,
  textAt,
  timeAt,
  type Node,
} from './shape.ts';

export interface StartRecord extends Intent {
  readonly type: 'start';
  readonly n: number;
  readonly at: number;
}

/** One line each. `end` stands after a clean close only. */
export type JournalRecord =
  | { readonly type: 'header'; readonly header: JournalHeader }
  | StartRecord
  | { readonly type: 'stage'; readonly n: number; readonly entry: RecordedResource; readonly at: number }
  | { readonly type: 'result'; readonly n: number; readonly result: Result }
  | { readonly type: 'end' };

/** `8 hex digits of SHA-256, space, JSON, newline`. A record is never changed, so half a line is seen as such. */
export function encodeRecord(record: JournalRecord): string {
  const text = canonical(toJson(record));
  return `${checksum(text)} ${text}\n`;
}

export function checksum(text: string): string {
  return hashText(text).slice(0, 8);
}

function toJson(record: JournalRecord): JsonObject {
  switch (record.type) {
    case 'header':
      return encodeHeader(record.header);
    case 'start':
      return {
        n: record.n,
        start: record.action,
        a: record.address,
        ...(record.formerly === undefined ? {} : { formerly: record.formerly }),
        ...(record.id === undefined ? {} : { id: record.id }),
        deadline_ms: record.deadlineMs,
        at: isoTime(record.at),
      };
    case 'stage':
      return { n: record.n, stage: stageOf(record.entry), entry: encodeEntry(record.entry), at: isoTime(record.at) };
    case 'result':
      return { n: record.n, ...resultToJson(record.result) };
    case 'end':
      return { end: 'ok' };
  }
}

function resultToJson(result: Result): JsonObject {
  if (result.status === 'failed') return { fail: { code: result.code, unknown: result.unknown } };
  return { ok: result.entry === null ? null : encodeEntry(result.entry) };
}

/** What has been done of the operation: `deleted`, or it is about to delete and then to drop what is left. */
function stageOf({ status }: RecordedResource): 'deleted' | 'purging' {
  return status === 'purging' ? 'purging' : 'deleted';
}

/** What reading a line depends on: the addresses that earlier lines gave to operations, to know the kind of an entry. */
export interface RecordContext {
  readonly upgrades: Upgrades;
  addressOf(n: number): Address | undefined;
}

/** Strict; throws `ShapeError`. */
export function decodeRecord(json: Json, context: RecordContext): JournalRecord {
  const node: Node = { value: json, path: [] };
  const value = objectAt(node);
  if ('format' in value) return { type: 'header', header: decodeHeader(node) };
  if ('start' in value) return decodeStart(node);
  if ('stage' in value) return decodeStage(node, context);
  if ('ok' in value) return decodeOk(node, context);
  if ('fail' in value) return decodeFail(node);
  const member = members(node, ['end']);
  oneOfAt(member('end'), ['ok']);
  return { type: 'end' };
}

function decodeStart(node: Node): StartRecord {
  const member = members(node, ['n', 'start', 'a', 'deadline_ms', 'at'], ['id', 'formerly']);
  const formerly = optionalTextAt(member('formerly'));
  const id = optionalTextAt(member('id'));
  return {
    type: 'start',
    n: integerAt(member('n'), 1),
    action: oneOfAt<Action>(member('start'), actions),
    address: decodeAddress(textAt(member('a')), member('a')),
    ...(formerly === undefined ? {} : { formerly: decodeAddress(formerly, member('formerly')) }),
    ...(id === undefined ? {} : { id }),
    deadlineMs: integerAt(member('deadline_ms'), 0),
    at: timeAt(member('at')),
  };
}

function decodeStage(node: Node, context: RecordContext): JournalRecord {
  const member = members(node, ['n', 'stage', 'entry', 'at']);
  const { n, address } = operationAt(member('n'), context);
  const entry = decodeEntry(member('entry'), address, context.upgrades);
  oneOfAt(member('stage'), [stageOf(entry)]);
  return { type: 'stage', n, entry, at: timeAt(member('at')) };
}

function decodeOk(node: Node, context: RecordContext): JournalRecord {
  const member = members(node, ['n', 'ok']);
  const { n, address } = operationAt(member('n'), context);
  const ok = member('ok');
  const entry = ok.value === null ? null : decodeEntry(ok, address, context.upgrades);
  return { type: 'result', n, result: { status: 'done', entry } };
}

function decodeFail(node: Node): JournalRecord {
  const member = members(node, ['n', 'fail']);
  const failure = members(member('fail'), ['code', 'unknown']);
  const result = { status: 'failed', code: textAt(failure('code')), unknown: booleanAt(failure('unknown')) } as const;
  return { type: 'result', n: integerAt(member('n'), 1), result };
}

function operationAt(node: Node, context: RecordContext): { readonly n: number; readonly address: Address } {
  const n = integerAt(node, 1);
  const address = context.addressOf(n);
  if (address === undefined) throw new ShapeError(`operation ${n} was never started`, node.path);
  return { n, address };
}
