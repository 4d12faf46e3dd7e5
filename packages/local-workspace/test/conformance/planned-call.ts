import { expect } from '@jest/globals';
import type { Reply, TestWorkspace } from '../workspace-client.ts';

/** Values that later calls need from earlier answers. */
export type Seen = Readonly<Record<string, string>>;

export interface PlannedCall {
  readonly method: string;
  readonly path: (seen: Seen) => string;
  readonly body?: (seen: Seen) => unknown;
  readonly status: number;
  /** What the answer holds at least. */
  readonly answer: Readonly<Record<string, unknown>>;
  /** Name in `seen` → field of the answer. */
  readonly keep?: Readonly<Record<string, string>>;
}

export function planned(
  method: string,
  path: PlannedCall['path'] | string,
  rest: Omit<PlannedCall, 'method' | 'path'>,
): PlannedCall {
  return { method, path: typeof path === 'string' ? () => path : path, ...rest };
}

export async function send(call: TestWorkspace['call'], one: PlannedCall, seen: Seen): Promise<Reply> {
  return call(one.method, one.path(seen), one.body?.(seen));
}

/** What is known after the answer. */
export function remember(seen: Seen, { keep = {} }: PlannedCall, { body }: Reply): Seen {
  return { ...seen, ...Object.fromEntries(Object.entries(keep).map(([name, field]) => [name, String(body[field])])) };
}

/** Sends the calls one after the other and expects each answer. */
export async function replay(call: TestWorkspace['call'], calls: readonly PlannedCall[], start: Seen): Promise<Seen> {
  let seen = start;
  for (const one of calls) {
    const reply = await send(call, one, seen);
    const name = `${one.method} ${one.path(seen)}`;
    expect({ name, status: reply.status, body: reply.body }).toMatchObject({
      name,
      status: one.status,
      body: one.answer,
    });
    seen = remember(seen, one, reply);
  }
  return seen;
}
