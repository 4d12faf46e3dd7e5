import { filledText, shape, ShapeFault } from '../api/reader.ts';
import type { Reader } from '../api/reader.ts';
import { route } from '../api/route.ts';
import type { Route } from '../api/route.ts';
import type { Storage } from '../storage/storage.ts';
import type { AlertEvaluator } from './alert-evaluator.ts';
import { clearOutbox, listNotices } from './outbox.ts';

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
    route('POST /__local/alerts/evaluate', {
      body: evaluation,
      async handle({ body: { alert_id: alertId, at } }) {
        const results = await evaluator.evaluate({
          ...(alertId === undefined ? {} : { alertId }),
          ...(at === undefined ? {} : { at }),
        });
        return { evaluations: results.map(({ alertId: id, ...result }) => ({ alert_id: id, ...result })) };
      },
    }),
  ];
}
