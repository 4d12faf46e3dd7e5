import type { WorkspaceClock } from '../clock.ts';
import type { FaultRules } from '../realism/fault-rules.ts';
import { ApiError } from './api-error.ts';
import { faultRule } from './fault-shape.ts';
import { flag, integer, list, record, shape, ShapeFault, text } from './reader.ts';
import type { Reader } from './reader.ts';
import { countRequests, countWrites, filterRequests, unmetExpectations } from './request-counts.ts';
import type { RequestLog } from './request-log.ts';
import { route } from './route.ts';
import type { Answer, Route } from './route.ts';

export interface LocalRouteOptions {
  readonly faults: FaultRules;
  readonly log: RequestLog;
  readonly workspaceClock: WorkspaceClock;
  readonly stop: () => void;
}

const addedFaults = shape({ required: { rules: list(faultRule) } });
const requestQuery = shape({ optional: { method: text, path: text, since: integer({ min: 0 }) } });
const expectation = shape({
  optional: { counts: record(integer({ min: 0 })), writes: integer({ min: 0 }), since: integer({ min: 0 }) },
});

const moment: Reader<Date> = (value, place) => {
  const date = new Date(text(value, place));
  if (Number.isNaN(date.getTime())) throw new ShapeFault(place.path, 'is not a time such as 2026-03-01T08:00:00Z');
  return date;
};
const clockChange = shape({ optional: { set: moment, advance_ms: integer({ min: 0 }), frozen: flag } });

/** Control calls of the embedded workspace itself; no service has them. Callers need its token as for every call. */
export function localRoutes(options: LocalRouteOptions): readonly Route[] {
  return [
    ...faultRoutes(options),
    ...requestRoutes(options),
    ...clockRoutes(options),
    route('POST /__local/stop', {
      handle() {
        options.stop();
        return {};
      },
    }),
  ];
}

function faultRoutes({ faults }: LocalRouteOptions): readonly Route[] {
  return [
    route('GET /__local/faults', { handle: () => ({ rules: faults.list() }) }),
    route('POST /__local/faults', {
      body: addedFaults,
      handle({ body }) {
        faults.add(...body.rules);
        return {};
      },
    }),
    route('DELETE /__local/faults', {
      handle() {
        faults.clear();
        return {};
      },
    }),
  ];
}

function requestRoutes({ log }: LocalRouteOptions): readonly Route[] {
  return [
    route('GET /__local/requests', {
      query: requestQuery,
      handle({ query }) {
        const requests = filterRequests(log.requests(), query);
        return { requests, counts: countRequests(requests), writes: countWrites(requests) };
      },
    }),
    route('POST /__local/requests/expect', {
      body: expectation,
      handle({ body }) {
        const unmet = unmetExpectations(log.requests(), body);
        if (unmet.length > 0) throw new ApiError(409, 'EXPECTATION_NOT_MET', unmet.join('\n'));
        return {};
      },
    }),
    route('DELETE /__local/requests', {
      handle() {
        log.clear();
        return {};
      },
    }),
  ];
}

function clockRoutes({ workspaceClock: clock }: LocalRouteOptions): readonly Route[] {
  const answer = (): Answer => {
    const { now, frozen } = clock.state();
    return { now: now.toISOString(), now_ms: now.getTime(), frozen };
  };
  return [
    route('GET /__local/clock', { handle: answer }),
    route('POST /__local/clock', {
      body: clockChange,
      async handle({ body: { advance_ms: advanceMs, ...rest } }) {
        await clock.change({ ...rest, ...(advanceMs === undefined ? {} : { advanceMs }) });
        return answer();
      },
    }),
  ];
}
