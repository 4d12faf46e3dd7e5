import { fail } from '@dpo/core';
import { attributeNames, familyOf, type AttributeName, type Family, type Settings } from './attributes.ts';

/** A way to sign in that something asks for, and what does. */
export interface Asked {
  readonly family: Family;
  readonly by: string;
}

/** Each way to sign in that is set up, with the first setting that says so. */
export function askedFor(settings: Settings): readonly Asked[] {
  const found = new Map<Family, string>();
  for (const name of attributeNames) {
    const family = familyOf(name);
    if (family === undefined || found.has(family) || !counts(name, settings)) continue;
    const by = sourceOf(name, settings);
    if (by !== undefined) found.set(family, by);
  }
  return [...found].map(([family, by]) => ({ family, by }));
}

/** A client id alone goes with the token of an identity provider as well as with a client secret. */
function counts(name: AttributeName, settings: Settings): boolean {
  if (name !== 'client_id' || settings.get('client_secret') !== undefined) return true;
  return settings.get('oidc_token_env') === undefined && settings.get('oidc_token_filepath') === undefined;
}

function sourceOf(name: AttributeName, settings: Settings): string | undefined {
  const found = settings.get(name);
  if (found === undefined) return undefined;
  return found.source.startsWith('profile ') ? `${name} in ${found.source}` : found.source;
}

/** Two ways at once: which one is meant is not for dpo to guess. */
export function refuseTwoWays(asked: readonly Asked[]): void {
  const [first, second] = asked;
  if (first === undefined || second === undefined) return;
  const all = asked.map(({ family, by }) => `${family} by ${by}`).join(', ');
  fail({
    code: 'AUTH.CONFLICT',
    message: `more than one way to sign in is set up: ${all}`,
    hint: `unset what is not meant, or say which one counts with DATABRICKS_AUTH_TYPE, such as ${typeOf(first.family)} or ${typeOf(second.family)}`,
  });
}

function typeOf(family: Family): string {
  if (family === 'azure') return 'azure-client-secret';
  return family === 'google' ? 'google-credentials' : family;
}
