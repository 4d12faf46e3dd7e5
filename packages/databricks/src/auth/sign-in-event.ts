import { isJsonObject, type Json } from '@dpo/core';
import type { Exchange } from '../client/exchange.ts';
import { mask, type Redactor } from '../client/redactor.ts';
import type { RequestEvent, Tried } from '../client/request-event.ts';
import { requestIdOf } from '../client/request-id.ts';

/**
 * One try of a sign-in for the log. Nearly all of it is secret, so that only what is known to be harmless is shown: no
 * query, and of forms and answers the members that are listed here.
 */
export function signInEvent(
  { attempt, outgoing, number, milliseconds, delay }: Tried,
  { redactor, exchanges }: { readonly redactor: Redactor; readonly exchanges?: boolean | undefined },
): RequestEvent {
  const requestId = attempt.status === 'answered' ? requestIdOf(attempt.answer) : undefined;
  const [path = ''] = outgoing.path.split('?');
  return {
    method: outgoing.method,
    path: redactor.redact(`${outgoing.origin}${path}`),
    attempt: number,
    outcome: attempt.status === 'answered' ? attempt.answer.status : attempt.status,
    milliseconds,
    ...(requestId === undefined ? {} : { requestId }),
    ...(delay === undefined ? {} : { retryInMs: delay }),
    ...(exchanges === true ? { exchange: exchangeOf({ attempt, outgoing }, redactor) } : {}),
  };
}

const harmless: ReadonlySet<string> = new Set([
  'grant_type',
  'scope',
  'client_id',
  'resource',
  'subject_token_type',
  'client_assertion_type',
  'token_type',
  'expires_in',
  'expires_on',
  'ext_expires_in',
  'error',
  'error_description',
  'error_codes',
  'error_code',
  'message',
  'oidc_endpoint',
  'account_id',
  'workspace_id',
  'cloud',
  'token_endpoint',
  'authorization_endpoint',
  'issuer',
]);
const harmlessHeaders: ReadonlySet<string> = new Set([
  'accept',
  'user-agent',
  'content-type',
  'content-length',
  'date',
  'server',
  'retry-after',
  'x-request-id',
]);

function exchangeOf({ attempt, outgoing }: Pick<Tried, 'attempt' | 'outgoing'>, redactor: Redactor): Exchange {
  const answer = attempt.status === 'answered' ? attempt.answer : undefined;
  const { body } = outgoing;
  const form = body === undefined ? undefined : Object.fromEntries(new URLSearchParams(body));
  return {
    requestHeaders: shownHeaders(outgoing.headers, redactor),
    ...(form === undefined ? {} : { requestBody: shownMembers(form, redactor) }),
    ...(answer === undefined
      ? {}
      : { responseHeaders: shownHeaders(answer.headers, redactor), responseBody: shownText(answer.text, redactor) }),
  };
}

function shownHeaders(headers: Readonly<Record<string, string>>, redactor: Redactor): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      harmlessHeaders.has(name.toLowerCase()) ? redactor.redact(value) : mask,
    ]),
  );
}

function shownText(text: string, redactor: Redactor): string {
  try {
    const body = JSON.parse(text) as Json;
    if (isJsonObject(body)) return shownMembers(body, redactor);
  } catch {
    // A page, or nothing.
  }
  return text === '' ? '' : `${String(text.length)} characters that are no JSON object`;
}

function shownMembers(members: Readonly<Record<string, Json | undefined>>, redactor: Redactor): string {
  const shown = Object.entries(members).map(([name, value]): [string, Json] => [
    name,
    harmless.has(name) ? (value ?? null) : mask,
  ]);
  return redactor.redact(JSON.stringify(Object.fromEntries(shown)));
}
