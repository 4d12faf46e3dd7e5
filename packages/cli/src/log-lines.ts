import { isJsonObject, type Json, type JsonObject } from '@dpo/core';
import type { RequestEvent } from '@dpo/databricks';
import type { LogLevel } from './log-level.ts';

interface LeveledLine {
  readonly level: LogLevel;
  readonly members: JsonObject;
}

/** One try of a request. What is not there is an answer like any other; what is tried again is worth a warning. */
export function requestLine(event: RequestEvent): LeveledLine {
  const { method, path, query = '', attempt, outcome, milliseconds, requestId, retryInMs, exchange } = event;
  return {
    level: levelOf(event),
    members: {
      method,
      path: `${path}${query}`,
      ...(typeof outcome === 'number' ? { status: outcome } : { outcome }),
      ms: milliseconds,
      attempt,
      ...(requestId === undefined ? {} : { request_id: requestId }),
      ...(retryInMs === undefined ? {} : { retry_in_ms: Math.round(retryInMs) }),
      ...(exchange === undefined
        ? {}
        : {
            request_headers: exchange.requestHeaders,
            ...(exchange.requestBody === undefined ? {} : { request_body: exchange.requestBody }),
            ...(exchange.responseHeaders === undefined ? {} : { response_headers: exchange.responseHeaders }),
            ...(exchange.responseBody === undefined ? {} : { response_body: exchange.responseBody }),
          }),
    },
  };
}

const levels = new Map<Json, LogLevel>([
  ['error', 'error'],
  ['warning', 'warn'],
]);

/** What a line of the stream of events counts as; settings of a plan and signs of life are many. */
export function levelOfEvent(type: string, { problem = null }: JsonObject): LogLevel {
  if (isJsonObject(problem)) return levels.get(problem['severity'] ?? null) ?? 'info';
  if (['throttled', 'stopping', 'op_skipped'].includes(type)) return 'warn';
  const many = ['reading', 'progress', 'planned_change', 'drift', 'blocked', 'left_out'];
  return many.includes(type) ? 'debug' : 'info';
}

/** `12:00:01.123 info request GET /api/x 200 45 ms`, then what else there is as name=value. */
export function textOf({ time, level, event, ...members }: JsonObject): string {
  const { method, path, status, outcome, ms, attempt, ...rest } = members;
  const words = [
    wordOf(time).slice(11, 23),
    wordOf(level).padEnd(5),
    wordOf(event),
    ...[method, path, status, outcome].filter((word) => word !== undefined).map(wordOf),
    ...(ms === undefined ? [] : [`${wordOf(ms)} ms`]),
    ...(attempt === undefined || attempt === 1 ? [] : [`attempt ${wordOf(attempt)}`]),
    ...Object.entries(rest).map(([name, value]) => `${name}=${wordOf(value)}`),
  ];
  return words.join(' ');
}

function levelOf({ outcome, retryInMs }: RequestEvent): LogLevel {
  if (typeof outcome === 'number' && (outcome < 400 || outcome === 404)) return 'info';
  if (retryInMs !== undefined) return 'warn';
  // A missing feature is an answer too: there is mostly another way.
  const refused = typeof outcome === 'number' && (outcome < 500 || outcome === 501) && outcome !== 429;
  return refused ? 'warn' : 'error';
}

/** A line stays one line, whatever a service sends. */
function wordOf(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text ?? '')
    .slice(1, -1)
    .replaceAll('\\"', '"');
}
