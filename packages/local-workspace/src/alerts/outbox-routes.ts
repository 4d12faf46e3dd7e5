import { filledText, shape, ShapeFault } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Answer, Route } from '../api/route.ts';
import type { Storage } from '../storage/storage.ts';
import type { AlertEvaluationResult, AlertEvaluator } from './alert-evaluator.ts';
import type { AlertMessage } from './alert-message.ts';
import { isPaused } from './alert.ts';
import type { Alert, AlertState } from './alert.ts';
import { clearOutbox, listNotices } from './outbox.ts';
import type { Recipient } from './outbox.ts';

const instant: Reader<Date> = (value, place) => {
  const date = new Date(filledText(value, place));
  if (Number.isNaN(date.getTime())) throw new ShapeFault(place.path, 'expected a time such as 2026-03-04T09:00:00Z');
  return date;
};

const evaluation = shape({ optional: { alert_id: filledText, at: instant } });

/** Control calls of the embedded workspace: what alerts sent, and evaluations without waiting for a schedule. */
export function outboxRoutes(options: {
  readonly storage: Storage;
  readonly evaluator: AlertEvaluator;
}): readonly Route[] {
  const { storage, evaluator } = options;
  return [
    route('GET /__local/outbox', { handle: () => ({ notifications: listNotices(storage) }) }),
    route('DELETE /__local/outbox', {
      async handle() {
        await clearOutbox(storage);
        return {};
      },
    }),
    route('GET /__local/alerts', { handle: () => ({ alerts: evaluator.list().map(listedOf) }) }),
    route('POST /__local/alerts/evaluate', {
      body: evaluation,
      async handle({ body: { alert_id: alertId, at } }) {
        const results = await evaluator.evaluate({
          ...(alertId === undefined ? {} : { alertId }),
          ...(at === undefined ? {} : { at }),
        });
        return { evaluations: results.map(answerOf) };
      },
    }),
  ];
}

/** An alert as one looks for it. */
export interface ListedAlert {
  readonly alert_id: string;
  readonly alert_name: string;
  readonly paused: boolean;
}

function listedOf(alert: Alert): Answer {
  const listed: ListedAlert = { alert_id: alert.id, alert_name: alert.config.display_name, paused: isPaused(alert) };
  return { ...listed };
}

/** One evaluation in the words of the API. */
export interface EvaluationAnswer {
  readonly alert_id: string;
  readonly alert_name: string;
  readonly state: AlertState;
  readonly notified: boolean;
  readonly silence?: AlertEvaluationResult['silence'];
  readonly value?: { readonly column: string; readonly text: string | null };
  readonly row_count?: number;
  readonly message?: AlertMessage;
  readonly recipients: readonly Recipient[];
  readonly error?: string;
}

function answerOf({ alertId, alertName, rowCount, ...rest }: AlertEvaluationResult): Answer {
  const count = rowCount === undefined ? {} : { row_count: rowCount };
  const answer: EvaluationAnswer = { alert_id: alertId, alert_name: alertName, ...rest, ...count };
  return { ...answer };
}
