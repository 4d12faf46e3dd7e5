import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkspaceClock } from '../clock.ts';
import { faultMessage } from '../fault-message.ts';
import { SqlError } from '../sql/statement-engine.ts';
import type { StatementEngine, StatementRequest, StatementResult } from '../sql/statement-engine.ts';
import type { Ids } from '../unity/ids.ts';
import type { LinkFormat } from './result-links.ts';
import type { Warehouses } from './warehouses.ts';

export type StatementState = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELED' | 'CLOSED';

/** How a result is given: in the answer itself, or by links to its chunks. */
export type Delivery =
  | { readonly disposition: 'INLINE' }
  | { readonly disposition: 'EXTERNAL_LINKS'; readonly format: LinkFormat };

/** What is known about a statement at one moment. */
export interface StatementView {
  readonly id: string;
  readonly state: StatementState;
  readonly delivery: Delivery;
  readonly result?: StatementResult;
  /** Real time in epoch milliseconds at which it ended. */
  readonly endedAt?: number;
  /** The result was cut by a row or byte limit. */
  readonly truncated?: boolean;
  readonly fault?: { readonly code: string; readonly message: string; readonly sqlState?: string };
}

export interface SubmittedStatement {
  readonly request: StatementRequest;
  readonly warehouseId: string;
  readonly delivery: Delivery;
  readonly rowLimit?: number | undefined;
  readonly byteLimit?: number | undefined;
}

export interface Statements {
  submit(statement: SubmittedStatement): string;
  find(id: string): StatementView | undefined;
  /** Waits until the statement is finished or the time is over. */
  wait(id: string, milliseconds: number): Promise<void>;
  cancel(id: string): void;
  /** Waits for everything under way; what still waits for its warehouse is given up. */
  settle(): Promise<void>;
}

/** Answers with disposition INLINE hold at most 25 MiB; a larger result fails the statement. */
const inlineLimit = 25 * 1024 * 1024;

/** A result can be fetched for an hour after the end, and its statement is known for twelve. */
const resultLifetime = 3_600_000;
const statementLifetime = 12 * resultLifetime;

/** Runs statements beside each other and keeps their results in memory as long as the server lives. */
export function createStatements(options: {
  readonly engine: StatementEngine;
  readonly warehouses: Warehouses;
  readonly ids: Ids;
  readonly wait: WorkspaceClock['wait'];
  /** Real time, for the end of results. */
  readonly now: () => number;
}): Statements {
  const { now } = options;
  const closing = new AbortController();
  const views = new Map<string, StatementView>();
  const running = new Map<string, Promise<void>>();
  const update = (view: StatementView): void => {
    if (views.get(view.id)?.state !== 'CANCELED') views.set(view.id, view);
  };
  async function run(id: string, statement: SubmittedStatement): Promise<void> {
    // A stopped warehouse is started by the statement, which stays PENDING for so long.
    const delay = await options.warehouses.wake(statement.warehouseId);
    if (delay > 0) await options.wait(delay, closing.signal);
    if (closing.signal.aborted || views.get(id)?.state === 'CANCELED') return;
    const { delivery } = statement;
    update({ id, state: 'RUNNING', delivery });
    try {
      const result = await options.engine.execute(statement.request);
      update({ id, state: 'SUCCEEDED', delivery, endedAt: now(), ...cut(result, statement) });
    } catch (fault) {
      update({ id, state: 'FAILED', delivery, endedAt: now(), fault: faultOf(fault) });
    }
  }
  return {
    submit(statement) {
      const id = options.ids.uuid();
      views.set(id, { id, state: 'PENDING', delivery: statement.delivery });
      running.set(
        id,
        run(id, statement).finally(() => running.delete(id)),
      );
      return id;
    },
    find(id) {
      const view = views.get(id);
      const age = now() - (view?.endedAt ?? Infinity);
      if (age > statementLifetime) views.delete(id);
      else if (view?.state === 'SUCCEEDED' && age > resultLifetime) {
        const { result: _gone, ...closed } = view;
        views.set(id, { ...closed, state: 'CLOSED' });
      }
      return views.get(id);
    },
    async wait(id, milliseconds) {
      const timer = new AbortController();
      const timeout = sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([running.get(id), timeout]);
      timer.abort();
    },
    cancel(id) {
      const view = views.get(id);
      if (view?.state !== 'PENDING' && view?.state !== 'RUNNING') return;
      views.set(id, { id, state: 'CANCELED', delivery: view.delivery, endedAt: now() });
    },
    async settle() {
      closing.abort();
      await Promise.allSettled(running.values());
    },
  };
}

function cut(result: StatementResult, limits: SubmittedStatement): Pick<StatementView, 'result' | 'truncated'> {
  const { rowLimit = Infinity, byteLimit = Infinity } = limits;
  const rows: StatementResult['rows'][number][] = [];
  let bytes = 0;
  for (const row of result.rows) {
    bytes += row.reduce((sum, cell) => sum + Buffer.byteLength(cell ?? 'null') + 3, 2);
    if (rows.length >= rowLimit || bytes > byteLimit) break;
    if (limits.delivery.disposition === 'INLINE' && bytes > inlineLimit) throw inlineLimitFault();
    rows.push(row);
  }
  return { result: { columns: result.columns, rows }, truncated: rows.length < result.rows.length };
}

function inlineLimitFault(): SqlError {
  const advice = `Executed with disposition=INLINE a statement can have a result of at most ${inlineLimit} bytes.`;
  return new SqlError('INLINE_RESULT_TOO_LARGE', '54000', `Inline byte limit exceeded. ${advice}`);
}

function faultOf(fault: unknown): NonNullable<StatementView['fault']> {
  if (fault instanceof SqlError) return { code: 'BAD_REQUEST', message: fault.message, sqlState: fault.sqlState };
  return { code: 'INTERNAL_ERROR', message: faultMessage(fault) };
}
