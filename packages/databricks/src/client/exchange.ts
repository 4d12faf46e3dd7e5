import { isJsonArray, isJsonObject, type Json, type JsonObject } from '@dpo/core';
import { parseJson } from './parse-json.ts';
import { mask, type Redactor } from './redactor.ts';
import type { Attempt } from './request.ts';
import type { Outgoing } from './wire.ts';

/** What went over the wire in one try, without anything secret, and cut to a length that can be read. */
export interface Exchange {
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: string;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseBody?: string;
}

const longest = 10_000;

const secretHeader = /authorization|cookie|token|secret|api-?key|signature/i;
const secretMember = /token|secret|password|credential|private_?key|api_?key|signature|external_link$|http_headers/i;
/** They name a place in a list. */
const harmlessMember = /^(next_)?page_token$/;

export function exchangeOf(outgoing: Outgoing, attempt: Attempt, redactor: Redactor): Exchange {
  const answer = attempt.status === 'answered' ? attempt.answer : undefined;
  const { body } = outgoing;
  return {
    requestHeaders: outgoing.signed === true ? allMasked(outgoing.headers) : withoutSecrets(outgoing.headers, redactor),
    ...(body === undefined ? {} : { requestBody: readable(body, redactor) }),
    ...(answer === undefined
      ? {}
      : { responseHeaders: withoutSecrets(answer.headers, redactor), responseBody: readable(answer.text, redactor) }),
  };
}

/** The query as it may be shown: members that hold secrets are masked. Empty, or with its question mark. */
export function shownQuery(query: Readonly<Record<string, string>> | undefined, redactor: Redactor): string {
  const pairs = Object.entries(query ?? {}).map(([name, value]): [string, string] => [
    name,
    isSecretMember(name) ? mask : value,
  ]);
  const text = new URLSearchParams(pairs).toString().replaceAll(encodeURIComponent(mask), mask);
  return text === '' ? '' : `?${redactor.redact(text)}`;
}

function withoutSecrets(headers: Readonly<Record<string, string>>, redactor: Redactor): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secretHeader.test(name) ? mask : redactor.redact(value)]),
  );
}

function allMasked(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, mask]));
}

/** Redacted before it is cut: half a secret would not be found. */
function readable(text: string, redactor: Redactor): string {
  const shown = redactor.redact(withoutSecretMembers(text));
  return shown.length > longest ? `${shown.slice(0, longest)}… ${shown.length - longest} more characters` : shown;
}

function withoutSecretMembers(text: string): string {
  if (!secretMember.test(text)) return text;
  try {
    return JSON.stringify(masked(parseJson(text) as Json));
  } catch {
    return text;
  }
}

function masked(value: Json): Json {
  if (isJsonArray(value)) return value.map(masked);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, inner]): [string, Json] => [
    name,
    isSecretMember(name) && inner !== null ? mask : masked(inner ?? null),
  ]);
  return Object.fromEntries(members) satisfies JsonObject;
}

function isSecretMember(name: string): boolean {
  return secretMember.test(name) && !harmlessMember.test(name);
}
