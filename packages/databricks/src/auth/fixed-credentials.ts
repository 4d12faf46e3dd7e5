import { inspect } from 'node:util';
import type { Secrets } from '../client/secret.ts';
import type { Credentials, SignedHeaders } from './credentials.ts';

/** A token that cannot be renewed: whoever gave it has to give another one. */
class FixedCredentials implements Credentials {
  readonly method: string;
  readonly #headers: SignedHeaders;
  readonly #secrets: Secrets;

  constructor(method: string, headers: SignedHeaders, secrets: Secrets) {
    this.method = method;
    this.#headers = headers;
    this.#secrets = secrets;
  }

  async headers(): Promise<SignedHeaders> {
    return this.#headers;
  }

  async renew(): Promise<boolean> {
    return false;
  }

  redact(text: string): string {
    return this.#secrets.redact(text);
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}

export function fixedCredentials(options: {
  readonly method: string;
  readonly headers: SignedHeaders;
  readonly secrets: Secrets;
}): Credentials {
  return new FixedCredentials(options.method, options.headers, options.secrets);
}
