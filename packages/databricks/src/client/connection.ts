import { fail } from '@dpo/core';
import { fixedToken, type Credentials } from './credentials.ts';
import { isLoopback } from './loopback.ts';
import { createRedactor, type Redactor } from './redactor.ts';

/** Which workspace to talk to, as whom, and where that was found. The token is never shown. */
export interface Connection {
  /** Origin, without a slash at the end: `https://x.cloud.databricks.com`. */
  readonly host: string;
  readonly hostSource: string;
  readonly credentials: Credentials;
  /** The way to sign in, as `auth_type` names it. */
  readonly authType: string;
  /** Where the credentials were found, for people. */
  readonly tokenSource: string;
  /** Knows every secret of this connection; whatever is said about it passes through here. */
  readonly redactor: Redactor;
  /** From the environment or the profile only; a configured warehouse wins over it. */
  readonly warehouseId?: string;
}

export interface ConnectionParts {
  readonly host: string;
  readonly hostSource: string;
  readonly token: string;
  readonly tokenSource: string;
  readonly warehouseId?: string | undefined;
}

/** A connection from known parts: the embedded workspace, tests. Throws `AUTH.HOST_INVALID` or `AUTH.TOKEN_INVALID`. */
export function connectionOf(parts: ConnectionParts): Connection {
  const token = tokenIn(parts.token, parts.tokenSource);
  const redactor = createRedactor();
  return {
    host: originOf(parts.host, parts.hostSource),
    hostSource: parts.hostSource,
    credentials: fixedToken(token, redactor),
    authType: 'pat',
    tokenSource: parts.tokenSource,
    redactor,
    ...(parts.warehouseId === undefined ? {} : { warehouseId: parts.warehouseId }),
  };
}

/** What may stand in a header: no blank, no line break, no quote of another alphabet. Throws `AUTH.TOKEN_INVALID`. */
export function tokenIn(text: string, source: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  return fail({
    code: 'AUTH.TOKEN_INVALID',
    message: `the token from ${source} is empty or holds characters that no token has`,
    hint: 'copy the token again, without quotes, blanks and line breaks',
  });
}

/** Accepts what people paste: no scheme, a path, a slash at the end. Plain http only to the same machine. */
export function originOf(host: string, source: string): string {
  const text = host.trim();
  const url = urlOf(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url === undefined || url.hostname === '' || !['https:', 'http:'].includes(url.protocol) || url.username !== '') {
    fail({
      code: 'AUTH.HOST_INVALID',
      message: `the host from ${source} is not the URL of a workspace`,
      hint: 'give it as https://<workspace>.cloud.databricks.com, as the address bar of the browser shows it',
    });
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    fail({
      code: 'AUTH.HOST_INVALID',
      message: `the host ${url.origin} from ${source} would receive the token over a connection that is not encrypted`,
      hint: `use https://${url.host}`,
    });
  }
  return url.origin;
}

export function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
