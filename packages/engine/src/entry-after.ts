import {
  kindOf,
  kinds,
  toldPaths,
  unreturnedPaths,
  withComposed,
  withoutIgnored,
  type JsonObject,
  type Op,
  type RecordedResource,
  type Spec,
} from '@dpo/core';
import type { Made } from './create-resource.ts';

/** What an operation leaves behind. */
export interface Done {
  /** null: the state lets go of the address. */
  readonly entry: RecordedResource | null;
  readonly out?: JsonObject;
  readonly note?: string;
  /** A delete that came to no more than letting go: the object stays. */
  readonly letGo?: true;
}

interface Written {
  readonly made: Made;
  /** What the state kept until now. */
  readonly before: RecordedResource | undefined;
}

/**
 * What the state keeps of an object that was made, changed or taken over. What the service did not return after our write
 * is told once, when it is first seen (W019); an operation that writes nothing learns nothing.
 */
export function doneWith(op: Op, spec: Spec, { made, before }: Written): Done {
  const told = made.note === undefined ? [] : [made.note];
  if (made.used === true) return { entry: null, out: made.out, ...noteOf(told) };
  const unreturned = made.fields === undefined ? (before?.unreturned ?? []) : unreturnedOf(op, spec, made.fields);
  const written = made.fields === undefined ? spec : withComposed(kinds[kindOf(op.address)], spec, made.fields);
  const entry = entryOf(op, written, { id: made.id, out: made.out });
  const kept = unreturned.length === 0 ? entry : { ...entry, unreturned };
  return { entry: kept, out: made.out, ...noteOf([...told, ...learned(op, unreturned, before)]) };
}

/** What was sent and did not come back; what the config ignores was not sent. */
export function unreturnedOf(op: Op, spec: Spec, fields: Spec): readonly string[] {
  return unreturnedPaths(kinds[kindOf(op.address)], withoutIgnored(spec, op.ignored ?? []), fields);
}

/** An entry with the version of its kind, as it is before anything is learned about it; `spec` as the plan keeps it. */
export function entryOf(
  op: Op,
  spec: Spec,
  made: { readonly id: string; readonly out: JsonObject; readonly status?: RecordedResource['status'] },
): RecordedResource {
  const { version } = kinds[kindOf(op.address)];
  return {
    version,
    id: made.id,
    status: made.status ?? 'ok',
    applied: spec,
    out: made.out,
    needs: op.depends_on,
    ...(op.references === undefined ? {} : { references: op.references }),
    ...(op.prevent_destroy === true ? { preventDestroy: true } : {}),
    ...(op.decisions === undefined ? {} : { decisions: op.decisions }),
  };
}

function learned(op: Op, unreturned: readonly string[], before: RecordedResource | undefined): readonly string[] {
  const fresh = unreturned.filter((path) => before?.unreturned?.includes(path) !== true);
  if (fresh.length === 0) return [];
  const { rules } = kinds[kindOf(op.address)];
  const names = toldPaths(fresh)
    .map((path) => rules[path]?.label ?? path)
    .join(', ');
  return [`the service does not return ${names}: changes outside dpo cannot be seen there`];
}

function noteOf(notes: readonly string[]): Pick<Done, 'note'> {
  return notes.length === 0 ? {} : { note: notes.join('; ') };
}
