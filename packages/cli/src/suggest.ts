import { nearest } from '@dpo/config';
import { nameOf, type Address } from '@dpo/core';

const fewNames = 5;

/** The closest address as a hint; a name without its kind is found as well. */
export function suggestAddress(text: string, known: readonly Address[]): string | undefined {
  const byName = new Map(known.map((address) => [nameOf(address), address]));
  const name = nearest(text, [...byName.keys()]);
  const address = nearest(text, known) ?? (name === undefined ? undefined : byName.get(name));
  return address === undefined ? undefined : `did you mean '${address}'?`;
}

/** `a, b, c and 4 more`; `none` for nothing. */
export function listSome(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const rest = names.length - fewNames;
  return names.slice(0, fewNames).join(', ') + (rest > 0 ? ` and ${String(rest)} more` : '');
}
