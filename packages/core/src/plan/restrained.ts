import { compareAddresses, kindOf, type Address } from '../address.ts';
import type { DesiredResource } from '../desired.ts';
import { equalJson, isJsonArray, isJsonObject, type Json } from '../json.ts';
import { kinds } from '../kinds/index.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Live } from '../live.ts';
import type { Problem } from '../problem.ts';
import type { RecordedResource } from '../recorded.ts';
import type { Spec } from '../spec.ts';
import { isRef, refsIn } from '../value.ts';
import type { MetricColumns } from '../views/branch.ts';

/** What is known of the views that something reads. */
export interface ViewKnowledge {
  readonly wanted: ReadonlyMap<Address, DesiredResource>;
  readonly live: Live;
  readonly metricColumns: MetricColumns;
  /** Views that this plan writes: when that is done, it is known whether they have metrics. */
  readonly written: { has(address: Address): boolean };
}

export interface Restraint {
  readonly kind: Kind;
  readonly resource: DesiredResource;
  readonly spec: Spec;
  readonly recorded: RecordedResource | undefined;
}

/**
 * The spec that a plan wants of something that reads views: as the config has it, or held back (`untilReady`) where an apply
 * left it so, or where it is new, and no view that it reads has metrics yet. One that went on once is not held back again.
 */
export function restrained({ kind, resource, spec, recorded }: Restraint, knowledge: ViewKnowledge): Spec {
  const held = kind.untilReady?.spec(spec);
  if (held === undefined || equalJson(held, spec)) return spec;
  const goesOn = recorded !== undefined && !equalJson(kind.untilReady?.spec(recorded.applied), recorded.applied);
  if (goesOn) return spec;
  const views = refsIn(resource.spec)
    .map(({ $ref }) => $ref)
    .filter((address) => kindOf(address) === 'view');
  if (views.length === 0 || views.some((address) => knowledge.written.has(address) || hasMetrics(address, knowledge)))
    return spec;
  return held;
}

/** A view is ready as soon as one of its tables has metrics, or its monitor failed: one that is slow holds up no other. */
function hasMetrics(view: Address, knowledge: ViewKnowledge): boolean {
  const branches = knowledge.wanted.get(view)?.spec['branches'];
  if (!isJsonArray(branches) || branches.length === 0) return true;
  return branches.some((branch) => isSettled(isJsonObject(branch) ? branch['metrics'] : undefined, knowledge));
}

/** A drift table comes with the second window only, so that the profile tells (ruling 18). What is not known counts as there. */
function isSettled(metrics: Json | undefined, { live, metricColumns }: ViewKnowledge): boolean {
  if (typeof metrics === 'string') return metricColumns(metrics) !== 'absent';
  const monitor = isRef(metrics) ? live.get(metrics.$ref) : undefined;
  if (monitor?.status !== 'present') return true;
  const { profile_metrics_table_name: profile, status } = monitor.out;
  if (typeof status === 'string' && /_(?:ERROR|FAILED)$/u.test(status)) return true;
  return typeof profile !== 'string' || metricColumns(profile) !== 'absent';
}

/** Said once for all that is held back, since an unchanged resource has no line of its own. */
export function restrainedNotes(held: readonly Address[]): readonly Problem[] {
  const [first, ...others] = held.toSorted(compareAddresses);
  if (first === undefined) return [];
  const more = others.length === 0 ? ' stays' : ` and ${String(others.length)} more stay`;
  return [
    {
      code: 'PLAN.HELD_BACK',
      severity: 'note',
      message: `${first}${more} ${kinds[kindOf(first)].untilReady?.note ?? ''}`,
      hint: 'apply again when the first refresh of its monitors has ended',
    },
  ];
}
