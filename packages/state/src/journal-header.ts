import { canonical, runOperations, type JsonObject, type RunOperation, type TargetIdentity } from '@dpo/core';
import { decodeTarget, encodeTarget } from './entry.ts';
import { isoTime } from './open-intent.ts';
import {
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

export const journalFormat = 'dpo.journal/1';

/** First line of a journal: whose operations follow, and on which serial of which lineage. */
export interface JournalHeader {
  readonly writer: string;
  readonly run: string;
  readonly lineage: string;
  /** Serial of the snapshot the operations start from; 0 if there was none. */
  readonly base: number;
  /** Fingerprint of the plan. */
  readonly plan: string;
  readonly operation: RunOperation;
  readonly owner: string;
  readonly target: TargetIdentity;
  readonly actor: string;
  readonly host: string;
  readonly pid: number;
  readonly commit?: string;
  readonly url?: string;
  /** Epoch milliseconds of the first operation. */
  readonly at: number;
}

export function encodeHeader(header: JournalHeader): JsonObject {
  return {
    format: journalFormat,
    writer: header.writer,
    run: header.run,
    lineage: header.lineage,
    base: header.base,
    plan: header.plan,
    operation: header.operation,
    owner: header.owner,
    target: encodeTarget(header.target),
    actor: header.actor,
    host: header.host,
    pid: header.pid,
    ...(header.commit === undefined ? {} : { commit: header.commit }),
    ...(header.url === undefined ? {} : { url: header.url }),
    at: isoTime(header.at),
  };
}

/** Strict; throws `ShapeError`. */
export function decodeHeader(node: Node): JournalHeader {
  const format = objectAt(node)['format'];
  if (format !== journalFormat) throw new ShapeError(`its format is ${canonical(format ?? null)}`, ['format'], true);
  const required = ['run', 'lineage', 'plan', 'owner', 'actor', 'host', 'writer'] as const;
  const member = members(node, ['format', 'base', 'operation', 'target', 'pid', 'at', ...required], ['commit', 'url']);
  const commit = optionalTextAt(member('commit'));
  const url = optionalTextAt(member('url'));
  return {
    writer: textAt(member('writer')),
    run: textAt(member('run')),
    lineage: textAt(member('lineage')),
    base: integerAt(member('base'), 0),
    plan: textAt(member('plan')),
    operation: oneOfAt(member('operation'), runOperations),
    owner: textAt(member('owner')),
    target: decodeTarget(member('target')),
    actor: textAt(member('actor')),
    host: textAt(member('host')),
    pid: integerAt(member('pid'), 0),
    ...(commit === undefined ? {} : { commit }),
    ...(url === undefined ? {} : { url }),
    at: timeAt(member('at')),
  };
}
