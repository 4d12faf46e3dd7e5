/** The claims that a federation policy looks at. */
export interface SubjectClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  /** Epoch seconds. */
  readonly expiresAt: number;
  readonly notBefore: number;
}

/**
 * The claims of a JSON web token; `undefined` for what is none. The signature is not looked at: the keys of the identity
 * provider are not to be had without a network. Whoever reaches the workspace could write such a token himself.
 */
export function readJwt(token: string): SubjectClaims | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const [header, claims] = parts.slice(0, 2).map(readPart);
  if (header === undefined || claims === undefined || typeof header['alg'] !== 'string') return undefined;
  const { iss: issuer, sub: subject, aud, exp: expiresAt, nbf: notBefore = 0 } = claims;
  if (typeof issuer !== 'string' || typeof subject !== 'string') return undefined;
  if (typeof expiresAt !== 'number' || typeof notBefore !== 'number') return undefined;
  const audiences = (Array.isArray(aud) ? aud : [aud]).filter((audience) => typeof audience === 'string');
  return { issuer, subject, audiences, expiresAt, notBefore };
}

function readPart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
