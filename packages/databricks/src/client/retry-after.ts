import { isJsonArray, isJsonObject } from '@dpo/core';
import { parseJson } from './parse-json.ts';
import type { Answer } from './request.ts';

/** As in the official SDKs, where the service does not say how long to wait. */
const defaultMs = 1000;

/**
 * How long the service asks to wait: whole seconds or a date in Retry-After, else RetryInfo in the details of the body. A
 * date is compared with the clock of the service where the answer tells it, so that a wrong clock here does not matter.
 */
export function retryAfterMs(answer: Answer, now: number): number {
  const text = answer.headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = httpDate(text);
  if (date !== undefined) return Math.max(defaultMs, date - (httpDate(answer.headers['date'] ?? '') ?? now));
  return retryInfoMs(answer.text) ?? defaultMs;
}

function httpDate(text: string): number | undefined {
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : date;
}

/** `{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retry_delay": "1.5s"}` */
function retryInfoMs(text: string): number | undefined {
  if (!text.includes('.RetryInfo')) return undefined;
  try {
    const body = parseJson(text);
    const details = isJsonObject(body) && isJsonArray(body['details']) ? body['details'].filter(isJsonObject) : [];
    const info = details.find((detail) => String(detail['@type']).endsWith('.RetryInfo'));
    const seconds = /^(\d+(?:\.\d+)?)s$/.exec(String(info?.['retry_delay'] ?? info?.['retryDelay']))?.[1];
    return seconds === undefined ? undefined : Math.max(defaultMs, Number(seconds) * 1000);
  } catch {
    return undefined;
  }
}
