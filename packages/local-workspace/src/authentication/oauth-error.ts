import { reply } from '../api/reply.ts';
import type { Reply } from '../api/reply.ts';

/** Codes of RFC 6749, 5.2. */
export type OAuthCode =
  | 'invalid_client'
  | 'invalid_request'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type';

/** A token request that is refused. Its text never repeats what was sent. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: OAuthCode;

  constructor(code: OAuthCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** `{error, error_description}` as clients parse it (databricks-sdk-py `oauth.py`), and not the body of other APIs. */
export function oauthErrorReply({ code, message }: OAuthError): Reply {
  const isClient = code === 'invalid_client';
  return reply(isClient ? 401 : 400, {
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      ...(isClient ? { 'WWW-Authenticate': 'Basic realm="databricks"' } : {}),
    },
    content: Buffer.from(JSON.stringify({ error: code, error_description: message })),
  });
}
