import { isJsonArray, isJsonObject, type JsonObject } from '@dpo/core';
import { parseJson } from './parse-json.ts';

/**
 * The detail of that type (`RetryInfo`, `RequestInfo`) in the body of an error, if it has one.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto
 */
export function detailIn(text: string, type: string): JsonObject | undefined {
  if (!text.includes(`.${type}"`)) return undefined;
  try {
    const body = parseJson(text);
    const details = isJsonObject(body) ? body['details'] : undefined;
    const objects = isJsonArray(details) ? details.filter(isJsonObject) : [];
    return objects.find((detail) => typeof detail['@type'] === 'string' && detail['@type'].endsWith(`.${type}`));
  } catch {
    return undefined;
  }
}
