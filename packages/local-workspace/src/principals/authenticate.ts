import { createHash, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../api/api-error.ts';
import type { Storage } from '../storage/storage.ts';
import type { Caller } from './caller.ts';
import { findCredential } from './credentials.ts';
import { findPrincipal } from './principal.ts';

export interface AuthenticationOptions {
  readonly storage: Storage;
  /** Token of the principal that started the workspace. */
  readonly token: string;
  /** Every other bearer token stands for that principal too; one must still be there. */
  readonly anyToken: boolean;
  readonly owner: Caller;
  /** Real time, for the expiry of OAuth tokens. */
  readonly now: () => number;
}

export type Authenticate = (authorization: string | undefined) => Caller;

/** Finds the caller of a request by its Authorization header; throws 401 for everything that is no known token. */
export function createAuthentication(options: AuthenticationOptions): Authenticate {
  const { storage, owner, now } = options;
  return (authorization) => {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) {
      throw new ApiError(401, 'UNAUTHENTICATED', 'Credential was not sent or was of an unsupported type for this API.');
    }
    if (timingSafeEqual(digest(token), digest(options.token))) return owner;
    const credential = findCredential(storage, token);
    const principal = credential === undefined ? undefined : findPrincipal(storage, credential.userName);
    if (credential !== undefined && principal !== undefined) {
      if (credential.expiresAt !== undefined && credential.expiresAt <= now()) {
        throw new ApiError(401, 'UNAUTHENTICATED', 'Access token has expired.');
      }
      return { ...principal, workspaceId: credential.workspaceId };
    }
    if (options.anyToken) return owner;
    throw new ApiError(401, 'UNAUTHENTICATED', 'Invalid access token.');
  };
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
