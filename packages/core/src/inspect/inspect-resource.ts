import { kindOf, type Address } from '../address.ts';
import type { Desired } from '../desired.ts';
import { toldPaths } from '../diff/element-path.ts';
import { kinds } from '../kinds/index.ts';
import type { Observation } from '../live.ts';
import type { PlanInput } from '../plan/plan-input.ts';
import { operationsOf, type Plan } from '../plan-file.ts';
import type { Recorded, RecordedResource } from '../recorded.ts';
import { fieldSides } from './field-sides.ts';
import type {
  InspectedTable,
  Inspection,
  Link,
  LiveSide,
  NextStep,
  RecordedSide,
  ResourceStatus,
} from './inspection.ts';

export interface InspectRequest {
  readonly address: Address;
  readonly status: ResourceStatus;
  readonly because?: Inspection['because'];
  readonly from?: Inspection['from'];
  readonly table?: InspectedTable;
  /** Everything that is wanted and recorded, to tell what rests on it. */
  readonly world: { readonly desired: Desired; readonly recorded: Recorded };
  /** What `plan` was made from: at least the resource and what it needs. */
  readonly input: PlanInput;
  readonly plan: Plan;
  readonly links: readonly Link[];
  /** Said beside what the config notes about it. */
  readonly notes?: readonly string[];
}

/** Everything that is known of one resource. Decides nothing: what is going to happen is the plan's word. */
export function inspectResource(request: InspectRequest): Inspection {
  const { address, status, because, table, world, input, plan, links } = request;
  const wanted = world.desired.resources.find((resource) => resource.address === address);
  const recorded = recordedOf(address, request);
  const from = request.from ?? wanted?.place;
  const drift = plan.drift.find((each) => each.address === address);
  return {
    address,
    kind: kindOf(address),
    status,
    ...(because === undefined ? {} : { because }),
    ...(from === undefined ? {} : { from }),
    ...(table === undefined ? {} : { table }),
    fields: fieldSides({ address, input, plan }),
    live: liveSide(input.live.get(address)),
    recorded: recorded === undefined ? null : recordedSide(recorded),
    next: nextStep(address, plan),
    ...(drift === undefined
      ? {}
      : { drift: { fate: drift.fate, paths: toldPaths(drift.changes.map(({ label, path }) => label ?? path)) } }),
    needs:
      wanted === undefined
        ? (recorded?.needs ?? []).map((to) => ({ address: to, need: 'exists' as const }))
        : kinds[kindOf(address)].edges(wanted.spec).map(({ to, need }) => ({ address: to, need })),
    needed_by: dependentsOf(address, world),
    links,
    names: plan.names,
    notes: [...(wanted?.notes ?? []), ...(request.notes ?? [])],
  };
}

function recordedOf(address: Address, { world }: InspectRequest): RecordedResource | undefined {
  const { resources } = world.recorded;
  const former = world.desired.resources.find((resource) => resource.address === address)?.renamedFrom;
  return resources.get(address) ?? (former === undefined ? undefined : resources.get(former));
}

function recordedSide({ id, status, preventDestroy }: RecordedResource): RecordedSide {
  return { id, status, prevent_destroy: preventDestroy === true };
}

function liveSide(live: Observation | undefined): LiveSide {
  if (live === undefined) return { status: 'unknown', reason: 'its object is not known without the table' };
  if (live.status === 'absent') return { status: 'absent' };
  if (live.status === 'present')
    return { status: 'present', id: live.id, owner: live.marker?.owner ?? null, outputs: live.out };
  const { code, message, hint } = live.problem;
  return { status: 'unreadable', code, reason: message, ...(hint === undefined ? {} : { hint }) };
}

function nextStep(address: Address, plan: Plan): NextStep {
  const { blocked, problems, used } = plan;
  const op = operationsOf(plan).find((each) => each.address === address);
  if (op !== undefined) return { action: op.action, reasons: op.reasons };
  const stuck = blocked.find((each) => each.address === address);
  if (stuck !== undefined) return { action: 'blocked', code: stuck.code, because: stuck.because };
  const fault = problems.find((problem) => problem.address === address && problem.severity === 'error');
  if (fault !== undefined) return { action: 'refused', code: fault.code, because: fault.message };
  return { action: used.includes(address) ? 'used' : 'none' };
}

function dependentsOf(address: Address, { desired, recorded }: InspectRequest['world']): readonly Address[] {
  const wanted = desired.resources
    .filter(({ address: from, spec }) => kinds[kindOf(from)].edges(spec).some(({ to }) => to === address))
    .map(({ address: from }) => from);
  const known = [...recorded.resources].filter(([, { needs }]) => needs.includes(address)).map(([from]) => from);
  return [...new Set([...wanted, ...known])].toSorted();
}
