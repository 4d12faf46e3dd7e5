import { detailIn } from './details.ts';
import type { Answer } from './request.ts';

/** By this id support finds a request in the logs of the service: a header, or RequestInfo in the details of an error. */
export function requestIdOf({ headers, text }: Answer): string | undefined {
  const id =
    headers['x-request-id'] ?? headers['x-databricks-request-id'] ?? detailIn(text, 'RequestInfo')?.['request_id'];
  return typeof id === 'string' && /^[\w.:-]{1,100}$/.test(id) ? id : undefined;
}
