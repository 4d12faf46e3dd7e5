import type { Clock } from '@dpo/core';
import type { Redactor } from '../client/redactor.ts';
import type { Settings } from './attributes.ts';
import type { AuthHttp } from './auth-http.ts';
import type { Grant, SignIn } from './renewing-credentials.ts';
import type { Environment, ReadFile } from './profile-file.ts';

/** What a way to sign in works with. */
export interface MethodContext {
  /** Origin of the workspace. */
  readonly host: string;
  readonly settings: Settings;
  readonly environment: Environment;
  readonly readFile: ReadFile;
  readonly clock: Clock;
  readonly http: AuthHttp;
  readonly redactor: Redactor;
  /** `auth_type` asks for this method: it applies or says what it lacks. */
  readonly forced: boolean;
}

/**
 * `missing`: it does not apply, and why, for people. `ready`: it applies, whatever comes of it. `try`: whether it applies
 * shows only when it signs in, as nobody configures it here; a failure then is a reason to go on with the next method.
 */
export type Considered =
  | { readonly status: 'missing'; readonly why: string }
  | { readonly status: 'ready'; readonly source: string; readonly token: string }
  | { readonly status: 'ready' | 'try'; readonly source: string; readonly signIn: SignIn };

/** One way to sign in. */
export interface Method {
  /** As `auth_type` names it. */
  readonly name: string;
  consider(context: MethodContext): Considered | Promise<Considered>;
}

export function missing(why: string): Considered {
  return { status: 'missing', why };
}

export function bearer(token: { readonly value: string; readonly expiresAt?: number | undefined }): Grant {
  return { token: token.value, expiresAt: token.expiresAt };
}
