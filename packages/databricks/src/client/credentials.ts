import { inspect } from 'node:util';
import type { Redactor } from './redactor.ts';

/** Who a client is to a workspace. Whatever is secret about it is told to the redactor of the connection. */
export interface Credentials {
  /** The token to send now, as `Authorization: Bearer`; gets or refreshes one where it must. Asked before every try. */
  token(signal?: AbortSignal): Promise<string>;
  /**
   * The service answered 401 to the token given last. Where this exists, `token` then gives another one if it can, and the
   * request is tried once more.
   */
  refused?(): void;
  /** Header fields beside `Authorization` that some ways to sign in need; asked after `token`. */
  headers?(): Readonly<Record<string, string>>;
}

/** A token that stays the same. No debugger output shows it. */
export function fixedToken(token: string, redactor: Redactor): Credentials {
  redactor.learn(token);
  const credentials: Credentials = { token: async () => token };
  return Object.defineProperty(credentials, inspect.custom, { value: () => '[credentials]' });
}
