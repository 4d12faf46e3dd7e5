import { kindOf, nameOf, type Address } from '../address.ts';
import type { Facts } from '../desired.ts';
import { matchesGlob } from './glob.ts';
import type { Selection, SelectionKey, SelectionSubject } from './selection.ts';

export function selects(selection: Selection, subject: SelectionSubject): boolean {
  switch (selection.kind) {
    case 'all':
      return selection.of.every((part) => selects(part, subject));
    case 'any':
      return selection.of.some((part) => selects(part, subject));
    case 'not':
      return !selects(selection.of, subject);
    case 'atom':
      return selection.key === undefined
        ? [subject.address, ...names(subject.facts.table)].some((text) => matchesGlob(selection.glob, text))
        : valuesOf(selection.key, subject).some((text) => matchesGlob(selection.glob, text));
  }
}

/** What an address says by itself, for resources that the config no longer knows. */
export function factsOfAddress(address: Address): Facts {
  const name = nameOf(address);
  switch (kindOf(address)) {
    case 'schema':
    case 'anomaly':
      return { schema: name };
    case 'monitor':
      return { table: name, schema: name.split('.').slice(0, 2).join('.') };
    case 'alert':
      return { group: name.slice(0, name.lastIndexOf('/')) };
    case 'dashboard':
      return name === '*' ? {} : { group: name };
    case 'view':
      return { schema: name.split('.').slice(0, 2).join('.') };
  }
}

function valuesOf(key: SelectionKey, { address, action, facts }: SelectionSubject): readonly string[] {
  switch (key) {
    case 'table':
    case 'schema':
      return names(facts[key]);
    case 'group':
    case 'owner':
    case 'type':
      return facts[key] === undefined ? [] : [facts[key]];
    case 'tag':
      return pairs(facts.tags);
    case 'label':
      return pairs(facts.labels);
    case 'kind':
      return [address.slice(0, address.indexOf(':'))];
    case 'action':
      return [action];
  }
}

/** `prod.ml.churn` is also known as `ml.churn` and `churn`. */
function names(fullName: string | undefined): readonly string[] {
  if (fullName === undefined) return [];
  const parts = fullName.split('.');
  return parts.map((_, index) => parts.slice(index).join('.'));
}

function pairs(values: Readonly<Record<string, string>> | undefined): readonly string[] {
  return Object.entries(values ?? {}).flatMap(([key, value]) => [key, `${key}=${value}`]);
}
