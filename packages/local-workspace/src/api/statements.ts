import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkspaceClock } from '../clock.ts';
import { faultMessage } from '../fault-message.ts';
import { SqlError } from '../sql/statement-engine.ts';
import type { StatementEngine, StatementRequest, StatementResult } from '../sql/statement-engine.ts';
import type { Ids } from '../unity/ids.ts';
import type { Warehouses } from './warehouses.ts';

export type StatementState = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELED';

/** What is known about a statement at one moment. */
export interface StatementView {
  readonly id: string;
  readonly state: StatementState;
  readonly result?: StatementResult;
  /** The result was cut by a row or byte limit. */
  readonly truncated?: boolean;
  readonly fault?: { readonly code: string; readonly message: string; readonly sqlState?: string };
}

export interface SubmittedStatement {
  readonly request: StatementRequest;
  readonly warehouseId: string;
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

/** Runs statements beside each other and keeps their results in memory as long as the server lives. */
export function createStatements(options: {
  readonly engine: StatementEngine;
  readonly warehouses: Warehouses;
  readonly ids: Ids;
  readonly wait: WorkspaceClock['wait'];
}): Statements {
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
    update({ id, state: 'RUNNING' });
    try {
      const result = await options.engine.execute(statement.request);
      update({ id, state: 'SUCCEEDED', ...cut(result, statement) });
    } catch (fault) {
      update({ id, state: 'FAILED', fault: faultOf(fault) });
    }
  }
  return {
    submit(statement) {
      const id = options.ids.uuid();
      views.set(id, { id, state: 'PENDING' });
      running.set(
        id,
        run(id, statement).finally(() => running.delete(id)),
      );
      return id;
    },
    find: (id) => views.get(id),
    async wait(id, milliseconds) {
      const timer = new AbortController();
      const timeout = sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
      await Promise.race([running.get(id), timeout]);
      timer.abort();
    },
    cancel(id) {
      const state = views.get(id)?.state;
      if (state === 'PENDING' || state === 'RUNNING') views.set(id, { id, state: 'CANCELED' });
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
    if (bytes > inlineLimit) throw inlineLimitFault();
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
