import { isJsonObject, type JsonObject } from '@dpo/core';

/** The claims of a JSON web token, unverified: to explain and to choose, never to trust. `undefined` for what is none. */
export function claimsOf(jwt: string): JsonObject | undefined {
  const [, part, third] = jwt.split('.');
  if (part === undefined || third === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isJsonObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** What a federation policy looks at; none of it is a secret. */
export function describeClaims(jwt: string): string | undefined {
  const claims = claimsOf(jwt);
  if (claims === undefined) return undefined;
  const { iss, sub, aud } = claims;
  const audience = Array.isArray(aud) ? aud.map(text).join(' ') : text(aud);
  return `issuer ${text(iss)}, subject ${text(sub)}, audience ${audience}`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : 'none';
}
