import { assertNever, type OpenIntent, type RecordedResource, type Result } from '@dpo/core';
import type { JournalRecord, StartRecord } from './journal-record.ts';

/** One operation of a run: what its lines in the journal say together. */
export interface Operation {
  readonly start: StartRecord;
  readonly stage?: { readonly entry: RecordedResource; readonly at: number };
  readonly result?: Result;
}

export type Operations = ReadonlyMap<number, Operation>;

/** The operations after one more record. Throws `RangeError` for a record that cannot stand here. */
export function addRecord(operations: Map<number, Operation>, record: JournalRecord): void {
  switch (record.type) {
    case 'header':
      throw new RangeError('a second header');
    case 'start':
      if (operations.has(record.n)) throw new RangeError(`operation ${record.n} starts twice`);
      operations.set(record.n, { start: record });
      return;
    case 'stage':
      operations.set(record.n, { ...running(operations, record.n), stage: { entry: record.entry, at: record.at } });
      return;
    case 'result':
      operations.set(record.n, { ...running(operations, record.n), result: record.result });
      return;
    case 'end':
      return;
    default:
      assertNever(record);
  }
}

/**
 * What is left open by an operation: its result is not written down, or is that nobody knows it. Operations that send
 * nothing (absorb, forget) leave nothing open; an adoption may have written a marker, like an update. A replace whose
 * delete is done counts from there.
 */
export function openIntentOf({ start, stage, result }: Operation): OpenIntent | undefined {
  if (result !== undefined && (result.status === 'done' || !result.unknown)) return undefined;
  if (start.action === 'absorb' || start.action === 'forget') return undefined;
  const action = start.action === 'adopt' ? 'update' : start.action;
  const id = start.id === undefined ? {} : { id: start.id };
  return { address: start.address, action, ...id, at: stage?.at ?? start.at, deadlineMs: start.deadlineMs };
}

function running(operations: Operations, n: number): Operation {
  const operation = operations.get(n);
  if (operation === undefined) throw new RangeError(`operation ${n} was never started`);
  if (operation.result !== undefined) throw new RangeError(`operation ${n} has ended already`);
  return operation;
}
