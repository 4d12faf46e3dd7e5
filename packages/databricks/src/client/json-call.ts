import { isJsonObject, type JsonObject } from '@dpo/core';
import { parseJson } from './parse-json.ts';
import type { ApiRequest } from './request.ts';
import { acceptedEncodings, silenceMs, type Outgoing } from './wire.ts';

/** A request of the API as it goes out; `headers` say who asks. */
export function jsonCall(
  request: ApiRequest,
  { origin, headers }: { readonly origin: string; readonly headers: Readonly<Record<string, string>> },
): Omit<Outgoing, 'signal'> {
  const { method, file } = request;
  const body = request.body === undefined ? file : JSON.stringify(request.body);
  const type = request.body === undefined ? 'application/octet-stream' : 'application/json';
  return {
    origin,
    path: target(request),
    method,
    headers: {
      accept: 'application/json',
      'accept-encoding': acceptedEncodings,
      ...headers,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
    silenceMs: request.timeoutMs ?? silenceMs,
  };
}

/** `undefined` if it is no JSON object; an empty body, as some deletes have, is an empty object. */
export function bodyOf(text: string): JsonObject | undefined {
  if (text.trim() === '') return {};
  try {
    const body = parseJson(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function target(request: ApiRequest): string {
  const query = new URLSearchParams(request.query).toString();
  return query === '' ? request.path : `${request.path}?${query}`;
}
