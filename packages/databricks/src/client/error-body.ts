import { STATUS_CODES } from 'node:http';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@dpo/core';
import { parseJson } from './parse-json.ts';
import type { Answer } from './request.ts';

/** What the service says about a failure, whichever of its forms it chose. */
export interface ServiceError {
  /** `error_code`, a SCIM code, or the reason of an ErrorInfo; branch on this and the status, not on the text. */
  readonly code?: string;
  readonly message: string;
  /** It says that a quota, not a rate, is used up. */
  readonly quota: boolean;
  /** The body is a document of the API, not a page of something in between. */
  readonly fromApi: boolean;
}

/**
 * Reads the forms that clients must know: `error_code` with details, `error`, SCIM, `CODE: text`, HTML, nothing, and a
 * redirect to a login page (https://github.com/databricks/databricks-sdk-py, `databricks/sdk/errors/parser.py`).
 */
export function readErrorBody(answer: Answer): ServiceError {
  const text = answer.text.trim();
  if (text === '') return plain(STATUS_CODES[answer.status] ?? `status ${answer.status}`, true);
  const body = objectIn(text);
  if (body !== undefined) return fromObject(body, answer.status);
  if (text.startsWith('<')) return plain(fromHtml(text) ?? STATUS_CODES[answer.status] ?? 'a page of HTML', false);
  const coded = /^([A-Z][A-Z0-9_]+): (.+)$/s.exec(text);
  if (coded === null) return plain(oneLine(text), true);
  const [, code = '', message = ''] = coded;
  return { code, message: oneLine(message), quota: isQuotaCode(code), fromApi: true };
}

function plain(message: string, fromApi: boolean): ServiceError {
  return { message, quota: false, fromApi };
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const body = parseJson(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function fromObject(body: JsonObject, status: number): ServiceError {
  const details = detailsOf(body);
  const inner = isJsonObject(body['error']) ? body['error'] : {};
  const code =
    textIn(body['error_code']) ??
    textIn(inner['error_code']) ??
    wordIn(inner['status']) ??
    wordIn(inner['code']) ??
    scimCode(body) ??
    reasonIn(details);
  const message =
    textIn(body['message']) ??
    textIn(body['detail']) ??
    textIn(body['error_description']) ??
    textIn(body['error']) ??
    textIn(inner['message']) ??
    STATUS_CODES[status] ??
    `status ${status}`;
  // A rate is a quota as well in a 429, by its details and by RESOURCE_EXHAUSTED; only other codes tell them apart there.
  const exhausted = code === 'RESOURCE_EXHAUSTED' || details.some((detail) => typeOf(detail).endsWith('.QuotaFailure'));
  const quota = isQuotaCode(code ?? '') || (status !== 429 && exhausted);
  return {
    ...(code === undefined ? {} : { code }),
    message: oneLine(message + violationsIn(details)),
    quota,
    fromApi: true,
  };
}

function detailsOf(body: JsonObject): readonly JsonObject[] {
  const given = body['details'] ?? (isJsonObject(body['error']) ? body['error']['details'] : undefined);
  return isJsonArray(given) ? given.filter(isJsonObject) : [];
}

/** What is wrong with which field, where the message does not say it. */
function violationsIn(details: readonly JsonObject[]): string {
  const bad = details.find((detail) => typeOf(detail).endsWith('.BadRequest'))?.['field_violations'];
  const fields = (isJsonArray(bad) ? bad : []).filter(isJsonObject).map((violation) => {
    return [textIn(violation['field']), textIn(violation['description'])]
      .filter((text) => text !== undefined)
      .join(': ');
  });
  return fields.length === 0 ? '' : ` (${fields.join('; ')})`;
}

/** The status of google.rpc.Status is a word; a number would only repeat the HTTP status. */
function wordIn(value: Json | undefined): string | undefined {
  return typeof value === 'string' && /^[A-Z][A-Z0-9_]+$/.test(value) ? value : undefined;
}

function textIn(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function scimCode(body: JsonObject): string | undefined {
  const status = textIn(body['status']);
  return body['detail'] === undefined || status === undefined ? undefined : `SCIM_${status}`;
}

function reasonIn(details: readonly JsonObject[]): string | undefined {
  return textIn(details.find((detail) => typeOf(detail).endsWith('.ErrorInfo'))?.['reason']);
}

function typeOf(detail: JsonObject): string {
  return textIn(detail['@type']) ?? '';
}

function isQuotaCode(code: string): boolean {
  return code.includes('QUOTA') || (code.endsWith('LIMIT_EXCEEDED') && !/RATE|REQUEST/.test(code));
}

function fromHtml(text: string): string | undefined {
  const found = /<pre[^>]*>(.*?)<\/pre>/is.exec(text) ?? /<title[^>]*>(.*?)<\/title>/is.exec(text);
  const words = oneLine(found?.[1]?.replace(/<[^>]*>/g, ' ') ?? '');
  return words === '' ? undefined : words;
}

/** Messages are one line; a stack trace in them is cut. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 1000 ? `${line.slice(0, 1000)}…` : line;
}
