import { fail } from '@dpo/core';
import { isLoopback } from './loopback.ts';
import type { Redactor } from './redactor.ts';
import type { ApiRequest } from './request.ts';
import { silenceMs, type Outgoing } from './wire.ts';

/** A link to cloud storage whose signature is the permission: whoever has it has the data. It is a secret. */
export interface PresignedLink {
  readonly url: string;
  /** Header fields that belong to the signature. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a link is named in messages and logs. */
const shownPath = '/(presigned link)';

/** Throws `API.MALFORMED` for a link that would go over a connection that is not encrypted. */
export function linkCall(
  { url, headers = {} }: PresignedLink,
  redactor: Redactor,
): { readonly request: ApiRequest; readonly outgoing: Omit<Outgoing, 'signal'> } {
  const link = URL.canParse(url) ? new URL(url) : undefined;
  if (link === undefined || !(link.protocol === 'https:' || (link.protocol === 'http:' && isLoopback(link.hostname)))) {
    return fail({
      code: 'API.MALFORMED',
      message: 'the workspace gave a link to a result that is no URL with https',
      hint: 'run the command again; if it stays, ask Databricks',
    });
  }
  // The redactor itself leaves out what is too short to be a secret.
  for (const whole of [url, link.search.slice(1)]) redactor.learn(whole);
  const parts = [link.pathname.slice(1), ...Object.values(headers), ...link.searchParams.values()];
  for (const part of parts) if (isTelling(part)) redactor.learn(part);
  return {
    request: { method: 'GET', path: shownPath, effect: 'read' },
    outgoing: {
      origin: link.origin,
      path: `${link.pathname}${link.search}`,
      method: 'GET',
      headers,
      signed: true,
      silenceMs,
    },
  };
}

/** A media type or a number is part of many texts; a signature or a key is long. */
function isTelling(text: string): boolean {
  return text.length >= 20;
}
