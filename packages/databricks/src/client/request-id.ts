import { isJsonArray, isJsonObject } from '@dpo/core';
import { parseJson } from './parse-json.ts';
import type { Answer } from './request.ts';

/** By this id support finds a request in the logs of the service: a header, or RequestInfo in the details of an error. */
export function requestIdOf(answer: Answer): string | undefined {
  const id = answer.headers['x-request-id'] ?? answer.headers['x-databricks-request-id'] ?? requestInfoId(answer.text);
  return id !== undefined && /^[\w.:-]{1,100}$/.test(id) ? id : undefined;
}

function requestInfoId(text: string): string | undefined {
  if (!text.includes('.RequestInfo')) return undefined;
  try {
    const body = parseJson(text);
    const details = isJsonObject(body) && isJsonArray(body['details']) ? body['details'].filter(isJsonObject) : [];
    const id = details.find((detail) => String(detail['@type']).endsWith('.RequestInfo'))?.['request_id'];
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
