import type { FaultRules } from './fault-rules.ts';
import { filledText, flag, integer, list, oneOf, shape, text } from './reader.ts';
import type { RequestLog } from './request-log.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

const faultRule = shape({
  required: { match: filledText },
  optional: {
    status: integer({ min: 400, max: 599 }),
    errorCode: text,
    message: text,
    retryAfter: integer({ min: 0 }),
    offset: integer({ min: 0 }),
    times: integer({ min: 1 }),
    after: flag,
    latencyMs: integer({ min: 0 }),
    dropConnection: oneOf('before', 'after'),
  },
});

const addedFaults = shape({ required: { rules: list(faultRule) } });

/** Control calls of the embedded workspace itself; no service has them. */
export function localRoutes(options: {
  readonly faults: FaultRules;
  readonly log: RequestLog;
  readonly stop: () => void;
}): readonly Route[] {
  const { faults, log, stop } = options;
  return [
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
    route('GET /__local/requests', { handle: () => ({ requests: log.requests() }) }),
    route('DELETE /__local/requests', {
      handle() {
        log.clear();
        return {};
      },
    }),
    route('POST /__local/stop', {
      handle() {
        stop();
        return {};
      },
    }),
  ];
}
