import { parseJson } from './parse-json.ts';
import type { ReceivedRequest } from './read-request.ts';

/**
 * The body for the request log: a JSON object as it is, anything else only by its size, as it may hold anything; nothing
 * for a call without a body.
 */
export function loggedBody({ content, headers }: Pick<ReceivedRequest, 'content' | 'headers'>): unknown {
  if (content === undefined) return 'too large';
  if (content.length === 0) return null;
  if (headers['content-type']?.startsWith('application/octet-stream') === true) return `${content.length} bytes`;
  // A form of the token endpoint holds credentials.
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  if (isForm && content[0] !== 0x7b) return 'form';
  try {
    return parseJson(content);
  } catch {
    return `${content.length} bytes`;
  }
}
