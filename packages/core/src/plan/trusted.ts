import { kindOf, type Address } from '../address.ts';
import type { Desired, DesiredResource } from '../desired.ts';
import { diffSpec } from '../diff/diff-spec.ts';
import { isJsonObject } from '../json.ts';
import { kinds } from '../kinds/index.ts';
import type { Live } from '../live.ts';
import type { Recorded, RecordedResource } from '../recorded.ts';
import { fillReferences } from '../reference/reference-leaves.ts';
import type { Environment } from '../reference/template.ts';
import type { Spec } from '../spec.ts';
import { resolveRefs } from '../value.ts';
import type { PlanOptions } from './plan-input.ts';

export type Trust = Pick<PlanOptions, 'refresh' | 'environment'>;

/**
 * The objects that a plan does not read, as the state has them: none (`full`), those whose settings are what was last sent
 * (`changed`), or all that are wanted and recorded (`none`). What is to be deleted, adopted or made is always read. A guard
 * is made from what is trusted, so that an apply still refuses what changed outside.
 */
export function trustedObjects(
  desired: Desired,
  recorded: Recorded,
  { refresh = 'full', environment = {} }: Trust,
): Live {
  if (refresh === 'full') return new Map();
  return new Map(
    desired.resources.flatMap((resource): readonly [Address, ReturnType<typeof asRecorded>][] => {
      const entry = recorded.resources.get(resource.address);
      if (entry?.status !== 'ok' || isOtherObject(resource, entry)) return [];
      if (refresh === 'changed' && !isSettled(resource, entry, recorded)) return [];
      return [[resource.address, asRecorded(resource, entry, environment)]];
    }),
  );
}

/** As it would be read if nothing changed: references stand for what they stand for now. */
function asRecorded({ address, spec }: DesiredResource, entry: RecordedResource, environment: Environment) {
  const lookup = kinds[kindOf(address)].lookup(address, spec, entry);
  const fields = fillReferences(entry.applied, entry.references ?? [], environment);
  return { status: 'present', lookup, id: entry.id, fields, out: entry.out } as const;
}

/** Another table is behind the name: what the state knows is no longer what is wanted. */
function isOtherObject({ address, spec }: DesiredResource, entry: RecordedResource): boolean {
  const { identity } = kinds[kindOf(address)];
  return identity !== undefined && entry.applied[identity] !== spec[identity];
}

function isSettled({ address, spec }: DesiredResource, entry: RecordedResource, { resources }: Recorded): boolean {
  const kind = kinds[kindOf(address)];
  const resolved = resolveRefs(spec, ({ $ref, path }) => resources.get($ref)?.out[path]);
  const wanted: Spec = kind.normalise(isJsonObject(resolved) ? resolved : spec);
  const applied = kind.normalise(entry.applied);
  const { changes, absorbed } = diffSpec({
    rules: kind.rules,
    recorded: applied,
    desired: wanted,
    live: applied,
    from: () => undefined,
  });
  return changes.length === 0 && absorbed.length === 0;
}
