import { compareText } from './json.ts';

/** What dpo manages. A new kind is added here, in `kinds/index.ts` and in the provider registry. */
export const kindNames = ['schema', 'monitor', 'anomaly', 'view', 'alert', 'dashboard'] as const;
export type KindName = (typeof kindNames)[number];

/** `kind:natural name`, lower-cased as Unity Catalog does: `monitor:prod.ml.churn`. Survives the loss of the state. */
export type Address = `${KindName}:${string}`;

export function addressOf(kind: KindName, name: string): Address {
  return `${kind}:${name.toLowerCase()}`;
}

export function isKindName(text: string): text is KindName {
  return kindNames.some((kind) => kind === text);
}

/** `undefined` if the text is no address of a kind we know. */
export function parseAddress(text: string): { readonly kind: KindName; readonly name: string } | undefined {
  const colon = text.indexOf(':');
  const kind = text.slice(0, colon);
  const name = text.slice(colon + 1);
  return colon > 0 && isKindName(kind) && name !== '' ? { kind, name } : undefined;
}

export function isAddress(text: string): text is Address {
  return parseAddress(text) !== undefined;
}

export function kindOf(address: Address): KindName {
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new TypeError(`not an address: ${address}`);
  return parsed.kind;
}

export function nameOf(address: Address): string {
  return address.slice(address.indexOf(':') + 1);
}

/** Total order: kinds in the order of `kindNames`, then names by code units. */
export function compareAddresses(a: Address, b: Address): number {
  const byKind = kindNames.indexOf(kindOf(a)) - kindNames.indexOf(kindOf(b));
  return byKind === 0 ? compareText(a, b) : byKind;
}
