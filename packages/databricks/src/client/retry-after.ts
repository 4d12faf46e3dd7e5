import { detailIn } from './details.ts';
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

/** `"retry_delay": "1.5s"` */
function retryInfoMs(text: string): number | undefined {
  const delay = detailIn(text, 'RetryInfo')?.['retry_delay'];
  const seconds = typeof delay === 'string' ? /^(\d+(?:\.\d+)?)s$/.exec(delay)?.[1] : undefined;
  return seconds === undefined ? undefined : Math.max(defaultMs, Number(seconds) * 1000);
}
