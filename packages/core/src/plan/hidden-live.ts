import type { DesiredResource } from '../desired.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Observation } from '../live.ts';
import type { RecordedResource } from '../recorded.ts';
import { hideLive } from '../reference/hide-live.ts';
import type { ReferencePaths } from '../reference/reference-paths.ts';
import type { Environment } from '../reference/template.ts';
import type { Spec } from '../spec.ts';

interface Sides {
  readonly resource: DesiredResource | undefined;
  readonly spec: Spec | undefined;
  readonly recorded: RecordedResource | undefined;
  readonly environment: Environment;
}

/** What was read, without a value that config or state keep by reference. */
export function hiddenLive(
  kind: Kind,
  live: Observation,
  { resource, spec, recorded, environment }: Sides,
): { readonly live: Observation; readonly held: ReferencePaths } {
  if (live.status !== 'present') return { live, held: [] };
  const desired = spec === undefined ? undefined : { spec, references: resource?.references ?? [] };
  const kept = recorded === undefined ? undefined : { spec: recorded.applied, references: recorded.references ?? [] };
  const { fields, held } = hideLive(live.fields, { kind, desired, recorded: kept, environment });
  return { live: { ...live, fields }, held };
}
