import type { Reader } from '../../../src/api/reader.ts';
import type { DeclaredField, Declarations, DeclaredType } from './read-declarations.ts';

export interface Difference {
  /** `CronSchedule.pause_status`; for a member of an enumeration `PauseStatus:PAUSED`. */
  readonly at: string;
  readonly what:
    | 'only the client knows it'
    | 'only the server knows it'
    | 'the server requires it'
    | 'the server does not require it'
    | 'the server takes anything of this kind'
    | 'the server takes some words only'
    | 'the server expects something else';
}

interface Comparison {
  readonly declarations: Declarations;
  /** Name of the type, for messages. */
  readonly name: string;
}

/** How the fields that a reader takes differ from those of a declared type, through everything nested in both. */
export function compareFields(
  { declarations, name }: Comparison,
  fields: ReadonlyMap<string, DeclaredField>,
  reader: Reader<unknown>,
): readonly Difference[] {
  const { accepts } = reader;
  if (accepts?.kind !== 'fields') return [{ at: name, what: 'the server takes anything of this kind' }];
  const taken: Readonly<Record<string, Reader<unknown>>> = { ...accepts.required, ...accepts.optional };
  const differences: Difference[] = Object.keys(taken)
    .filter((field) => !fields.has(field))
    .map((field) => ({ at: `${name}.${field}`, what: 'only the server knows it' }));
  for (const [field, { type, optional }] of fields) {
    const at = `${name}.${field}`;
    const inner = taken[field];
    if (inner === undefined) {
      differences.push({ at, what: 'only the client knows it' });
      continue;
    }
    const required = Object.hasOwn(accepts.required, field);
    if (required && optional) differences.push({ at, what: 'the server requires it' });
    if (!required && !optional) differences.push({ at, what: 'the server does not require it' });
    differences.push(...compareType({ declarations, name: at }, type, inner));
  }
  return differences;
}

function compareType(comparison: Comparison, type: DeclaredType, { accepts }: Reader<unknown>): readonly Difference[] {
  const { declarations, name } = comparison;
  const different: readonly Difference[] = [{ at: name, what: 'the server expects something else' }];
  if (accepts?.kind === 'anything') return [];
  if (type.kind === 'plain' && accepts?.kind === 'names')
    return [{ at: name, what: 'the server takes some words only' }];
  if (type.kind === 'plain') return accepts === undefined ? [] : different;
  if (type.kind === 'named') {
    const declared = declarations.get(type.name);
    // A class of the client, such as a stream.
    if (declared === undefined) return accepts === undefined ? [] : different;
    if (accepts === undefined) return [{ at: name, what: 'the server takes anything of this kind' }];
    if (accepts.kind !== declared.kind) return different;
    if (declared.kind === 'fields') {
      return compareFields({ declarations, name: type.name }, declared.fields, withAccepts(accepts));
    }
    return compareNames(type.name, declared.names, accepts.kind === 'names' ? accepts.names : []);
  }
  if (accepts === undefined) return [{ at: name, what: 'the server takes anything of this kind' }];
  return accepts.kind === type.kind ? compareType(comparison, type.item, accepts.item) : different;
}

function compareNames(name: string, declared: readonly string[], taken: readonly string[]): readonly Difference[] {
  return [
    ...declared
      .filter((member) => !taken.includes(member))
      .map((member): Difference => ({ at: `${name}:${member}`, what: 'only the client knows it' })),
    ...taken
      .filter((member) => !declared.includes(member))
      .map((member): Difference => ({ at: `${name}:${member}`, what: 'only the server knows it' })),
  ];
}

function withAccepts(accepts: NonNullable<Reader<unknown>['accepts']>): Reader<unknown> {
  return Object.assign((value: unknown) => value, { accepts });
}
