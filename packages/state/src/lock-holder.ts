import { canonical, runOperations, type Run } from '@dpo/core';
import { parseJson } from './located-json.ts';
import { isoTime } from './open-intent.ts';
import { integerAt, members, oneOfAt, optionalTextAt, ShapeError, textAt, timeAt } from './shape.ts';

/** Content of a lock file. */
export interface LockHolder {
  /** Of this hold; no two are equal. */
  readonly id: string;
  readonly who: string;
  readonly host: string;
  readonly pid: number;
  /** Start mark of the process. */
  readonly started: string;
  readonly run: string;
  readonly operation: Run['operation'];
  /** Epoch milliseconds. */
  readonly created: number;
  readonly url?: string;
}

export function encodeHolder(holder: LockHolder): string {
  return `${canonical({ ...holder, created: isoTime(holder.created) })}\n`;
}

/** `undefined` if the text is not one of ours, or only a part of it. */
export function decodeHolder(text: string): LockHolder | undefined {
  try {
    const names = ['id', 'who', 'host', 'pid', 'started', 'run', 'operation', 'created'];
    const member = members({ value: parseJson(text), path: [] }, names, ['url']);
    const url = optionalTextAt(member('url'));
    const id = textAt(member('id'));
    // The id becomes a part of a file name.
    if (!/^[\w-]{1,80}$/.test(id)) throw new ShapeError('id is no id', ['id']);
    return {
      id,
      who: textAt(member('who')),
      host: textAt(member('host')),
      pid: integerAt(member('pid'), 0),
      started: textAt(member('started')),
      run: textAt(member('run')),
      operation: oneOfAt(member('operation'), runOperations),
      created: timeAt(member('created')),
      ...(url === undefined ? {} : { url }),
    };
  } catch {
    return undefined;
  }
}
