import { nearest } from '@dpo/config';
import { addressOf, fail, isAddress, nameOf, parseAddress, type Address } from '@dpo/core';
import { listSome, suggestAddress } from '../suggest.ts';

/** The full name of the table that is meant, in lower case; undefined for anything else. */
export function tableNamed(text: string): string | undefined {
  const parsed = parseAddress(text);
  if (parsed !== undefined && parsed.kind !== 'monitor') return undefined;
  const name = (parsed?.name ?? text).toLowerCase();
  return name.split('.').length === 3 && !name.split('.').includes('') ? name : undefined;
}

/** An address as it is written, a table by its full name, or by the end of it where only one is called so. */
export function findAddress(text: string, known: readonly Address[]): Address {
  const lower = text.toLowerCase();
  if (isAddress(lower)) return lower;
  const table = tableNamed(lower);
  if (table !== undefined) return addressOf('monitor', table);
  const ends = known.filter((address) => address.startsWith('monitor:') && nameOf(address).endsWith(`.${lower}`));
  const [only, ...others] = ends;
  if (only !== undefined && others.length === 0) return only;
  if (others.length > 0) {
    return fail({
      code: 'SELECT.UNKNOWN',
      message: `'${text}' is the name of several tables`,
      hint: `say which: ${listSome(ends.map(nameOf))}`,
    });
  }
  return unknownAddress(text, known);
}

export function unknownAddress(text: string, known: readonly Address[]): never {
  return fail({
    code: 'SELECT.UNKNOWN',
    message: `nothing is called '${text}': neither the config nor the state nor the workspace knows it`,
    hint:
      suggestAddress(text.toLowerCase(), known) ?? suggestEnd(text.toLowerCase(), known) ?? `known: ${listSome(known)}`,
  });
}

/** The table whose name ends most like the text. */
function suggestEnd(text: string, known: readonly Address[]): string | undefined {
  const parts = text.split('.').length;
  const ends = new Map(known.map((address) => [nameOf(address).split('.').slice(-parts).join('.'), address]));
  const address = ends.get(nearest(text, [...ends.keys()]) ?? '');
  return address === undefined ? undefined : `did you mean '${address}'?`;
}
