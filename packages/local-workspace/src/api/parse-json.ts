import { ApiError } from './api-error.ts';

/** Deeper bodies are refused before they are parsed; nothing that the API takes is nearly as deep. */
const deepest = 500;

/** The JSON object of a request body; an empty body is an empty object. Of a key that occurs twice the last value counts. */
export function parseJson(content: Uint8Array): unknown {
  const text = decode(content);
  if (text.trim() === '') return {};
  if (depthOf(text) > deepest) throw malformed(`the request body is nested deeper than ${deepest} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('the request body is not JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw malformed('the request body is not a JSON object');
}

export function malformed(message: string): ApiError {
  return new ApiError(400, 'MALFORMED_REQUEST', message);
}

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw malformed('the request body is not UTF-8');
  }
}

/** Depth of brackets outside of texts; right for JSON, and whatever else comes is refused by the parser. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (inText) {
      if (character === 0x5c) index += 1;
      else if (character === 0x22) inText = false;
    } else if (character === 0x22) inText = true;
    else if (character === 0x7b || character === 0x5b) most = Math.max(most, (depth += 1));
    else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return most;
}
