import type { Warehouses } from '../api/warehouses.ts';
import type { Behaviour } from '../behaviour/behaviour.ts';
import { faultMessage } from '../fault-message.ts';
import { findPrincipal } from '../principals/principal.ts';
import type { ScheduleSource } from '../schedules/schedules.ts';
import { parseError } from '../sql/sql-errors.ts';
import type { StatementEngine, StatementResult } from '../sql/statement-engine.ts';
import { readStatement } from '../sql/statement-source.ts';
import { isSymbol, isWord } from '../sql/tokens.ts';
import type { Storage } from '../storage/storage.ts';
import { alertMessage } from './alert-message.ts';
import type { AlertMessage, Evaluated } from './alert-message.ts';
import { alertMissing, findAlert, isPaused, listAlerts, putAlert } from './alert.ts';
import type { Alert, AlertState } from './alert.ts';
import { evaluateCondition } from './evaluate-condition.ts';
import { isNoticeDue } from './notice-due.ts';
import { recipientsOf, sendNotice, subscriptionsOf } from './outbox.ts';
import type { Recipient } from './outbox.ts';
import { valueText } from './sql-value.ts';

/** What came of one evaluation. */
export interface AlertEvaluationResult {
  readonly alertId: string;
  readonly alertName: string;
  readonly state: AlertState;
  /** A notice went to the outbox. */
  readonly notified: boolean;
  /** Why none went: nobody subscribes, they know already, or nobody hears of this state. */
  readonly silence?: 'NO_RECIPIENTS' | 'ALREADY_TOLD' | 'STATE';
  /** Of the column that the condition looks at; null for the SQL NULL and for no rows. Absent after an error, as is `rowCount`. */
  readonly value?: { readonly column: string; readonly text: string | null };
  readonly rowCount?: number;
  /** What subscribers are told of this state, whether or not they are told now; absent if they never are. */
  readonly message?: AlertMessage;
  readonly recipients: readonly Recipient[];
  /** Why the state is ERROR. */
  readonly error?: string;
}

export interface AlertEvaluator {
  /** Evaluates one alert, paused or not, or all that are not paused, in the order of creation; `at` is now unless given. */
  evaluate(what?: { readonly alertId?: string; readonly at?: Date }): Promise<readonly AlertEvaluationResult[]>;
  /** The alerts that are not paused. */
  readonly schedules: ScheduleSource;
  /** Those that are not in the trash, in the order of creation. */
  list(): readonly Alert[];
}

export interface AlertEvaluatorOptions {
  readonly storage: Storage;
  readonly engine: StatementEngine;
  readonly warehouses: Warehouses;
  readonly behaviour: Behaviour;
  readonly clock: () => Date;
  /** Waits for so many milliseconds or until the signal. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Address of the workspace, for links in notices. */
  readonly workspaceUrl: () => string;
}

export function createAlertEvaluator(options: AlertEvaluatorOptions): AlertEvaluator {
  const { storage, clock } = options;
  const active = (): readonly Alert[] => {
    return listAlerts(storage, clock()).filter((alert) => alert.trashTime === undefined);
  };
  const evaluateOne = async (alert: Alert, at: Date): Promise<AlertEvaluationResult> =>
    settle(options, await attempt(options, alert), at);
  return {
    async evaluate({ alertId, at = clock() } = {}) {
      const chosen =
        alertId === undefined ? active().filter((alert) => !isPaused(alert)) : [existing(active(), alertId)];
      const results: AlertEvaluationResult[] = [];
      for (const alert of chosen) results.push(await evaluateOne(alert, at));
      return results;
    },
    list: active,
    schedules: () =>
      active()
        .filter((alert) => !isPaused(alert))
        .map((alert) => ({
          key: `alert ${alert.id}`,
          quartzCron: alert.config.schedule.quartz_cron_schedule,
          timeZoneId: alert.config.schedule.timezone_id,
          since: new Date(alert.updateTime),
          run: async (at) => void (await evaluateOne(alert, at)),
        })),
  };
}

function existing(alerts: readonly Alert[], id: string): Alert {
  const alert = alerts.find((candidate) => candidate.id === id);
  if (alert === undefined) throw alertMissing(id);
  return alert;
}

/** Runs the query as the identity of the alert, and evaluates the condition; every fault makes the state ERROR. */
async function attempt(options: AlertEvaluatorOptions, alert: Alert): Promise<Evaluated> {
  const url = `${options.workspaceUrl()}/sql/alerts-v2/${alert.id}`;
  try {
    const result = await runQuery(options, alert);
    const emptyState = options.behaviour.alert_empty_result === 'error' ? 'ERROR' : 'UNKNOWN';
    const outcome = evaluateCondition(result, alert.config.evaluation, emptyState);
    return { alert, url, state: outcome.state, outcome, result };
  } catch (fault) {
    return { alert, url, state: 'ERROR', error: faultMessage(fault) };
  }
}

async function runQuery(options: AlertEvaluatorOptions, alert: Alert): Promise<StatementResult> {
  const { storage, engine, warehouses } = options;
  const { query_text: statement, warehouse_id: warehouseId, parameters } = alert.config;
  const principal = findPrincipal(storage, alert.runAs.name);
  if (principal === undefined)
    throw new Error(`the identity ${alert.runAs.name} that the alert runs as does not exist`);
  if (warehouses.find(warehouseId) === undefined) throw new Error(`SQL warehouse ${warehouseId} does not exist`);
  requireQuery(statement);
  await options.wait(await warehouses.wake(warehouseId), new AbortController().signal);
  const caller = { ...principal, workspaceId: alert.workspaceId };
  return engine.execute({ statement, caller, ...(parameters === undefined ? {} : { parameters }) });
}

/** The service puts the text of an alert into `WITH q AS (…)` (TF#5766), so that only a query works and nothing is changed. */
function requireQuery(statement: string): void {
  const [first] = readStatement(statement).tokens;
  if (isSymbol(first, '(') || isWord(first, 'SELECT', 'WITH', 'VALUES', 'FROM', 'TABLE')) return;
  throw parseError(`Syntax error at or near '${first?.text ?? 'end of input'}'`);
}

/** Records the state and sends what has to be sent, both or neither; an alert that was deleted meanwhile stays so. */
async function settle(options: AlertEvaluatorOptions, evaluated: Evaluated, at: Date): Promise<AlertEvaluationResult> {
  const { storage, clock } = options;
  const { state } = evaluated;
  const silence = await storage.transaction(async (transaction): Promise<Silence | undefined> => {
    const alert = findAlert(transaction, evaluated.alert.id, clock());
    if (alert === undefined || alert.trashTime !== undefined) return 'STATE';
    const kept = silenceOf(alert, state, at);
    if (kept === undefined) await sendNotice(transaction, { ...evaluated, alert }, at);
    const { triggeredNoticeAt, ...rest } = alert;
    const told = kept === undefined && state === 'TRIGGERED';
    const noticeAt = told ? at.toISOString() : state === 'OK' ? undefined : triggeredNoticeAt;
    const known = noticeAt === undefined ? {} : { triggeredNoticeAt: noticeAt };
    await putAlert(transaction, { ...rest, ...known, state, lastEvaluatedAt: at.toISOString() });
    return kept;
  });
  return resultOf(storage, evaluated, silence);
}

type Silence = NonNullable<AlertEvaluationResult['silence']>;

function silenceOf(alert: Alert, state: AlertState, at: Date): Silence | undefined {
  if (!isNoticeDue(alert, state, at)) return state === 'TRIGGERED' ? 'ALREADY_TOLD' : 'STATE';
  return subscriptionsOf(alert).length === 0 ? 'NO_RECIPIENTS' : undefined;
}

function resultOf(storage: Storage, evaluated: Evaluated, silence: Silence | undefined): AlertEvaluationResult {
  const { alert, state, error, outcome, result } = evaluated;
  const column = alert.config.evaluation.source.name;
  return {
    alertId: alert.id,
    alertName: alert.config.display_name,
    state,
    notified: silence === undefined,
    ...(silence === undefined ? {} : { silence }),
    ...(outcome === undefined
      ? {}
      : { value: { column, text: outcome.value.kind === 'null' ? null : valueText(outcome.value) } }),
    ...(result === undefined ? {} : { rowCount: result.rows.length }),
    ...(silence === 'STATE' ? {} : { message: alertMessage(evaluated) }),
    recipients: recipientsOf(storage, alert),
    ...(error === undefined ? {} : { error }),
  };
}
