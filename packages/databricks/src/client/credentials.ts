import { inspect } from 'node:util';
import type { Redactor } from './redactor.ts';

/** Who a client is to a workspace. Whatever is secret about it is told to the redactor of the connection. */
export interface Credentials {
  /** The token to send now, as `Authorization: Bearer`; gets or refreshes one where it must. Asked before every try. */
  token(signal?: AbortSignal): Promise<string>;
  /**
   * The service did not accept this token. True if another one can be had: `token` then gives it, and the request is tried
   * once more. A token that has been replaced meanwhile costs no further sign-in.
   */
  refused?(token: string): boolean;
  /** Header fields beside `Authorization` that some ways to sign in need; asked after `token`. */
  headers?(): Readonly<Record<string, string>>;
}

/** A token that stays the same. No debugger output shows it. */
export function fixedToken(token: string, redactor: Redactor): Credentials {
  redactor.learn(token);
  const credentials: Credentials = { token: async () => token };
  return Object.defineProperty(credentials, inspect.custom, { value: () => '[credentials]' });
}
