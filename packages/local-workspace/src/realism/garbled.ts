import type { Result } from '../api/result.ts';

/**
 * What else may come in place of an answer: `html`, a page of something in between, with status 200; `half`, the first half
 * of the JSON as a complete answer; `page-token`, a token of a next page that no list gave; `same-page`, the token of the
 * page that was asked for, so that whoever follows it turns in a circle.
 */
export const garbles = ['html', 'half', 'page-token', 'same-page'] as const;
export type Garble = (typeof garbles)[number];

export const htmlPage: Result = {
  status: 200,
  body: Buffer.from('<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>'),
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
};

/** The answer of a call that took effect, spoiled. `pageToken` is the one that was asked with. */
export function garbled(how: Garble, result: Result, pageToken: string | undefined): Result {
  if (how === 'html') return htmlPage;
  if (how === 'half') return half(result);
  const { body } = result;
  if (result.status !== 200 || typeof body !== 'object' || body === null) return result;
  const given = 'next_page_token' in body ? body.next_page_token : undefined;
  const token = how === 'page-token' ? '!not-a-token!' : (pageToken ?? given);
  return token === undefined ? result : { ...result, body: { ...body, next_page_token: token } };
}

function half(result: Result): Result {
  if (result.body instanceof Uint8Array) return result;
  const content = Buffer.from(JSON.stringify(result.body));
  return {
    ...result,
    body: content.subarray(0, content.byteLength / 2),
    headers: { 'Content-Type': 'application/json', ...result.headers },
  };
}
