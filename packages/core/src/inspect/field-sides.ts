import { kindOf, type Address } from '../address.ts';
import { fieldRule, type FieldRule } from '../diff/field-rule.ts';
import { isIgnored } from '../diff/ignored.ts';
import { leaves } from '../diff/leaves.ts';
import { isJsonObject, type Json } from '../json.ts';
import { kinds } from '../kinds/index.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Observation } from '../live.ts';
import { originIn } from '../plan/drafts.ts';
import { hiddenLive } from '../plan/hidden-live.ts';
import type { PlanInput } from '../plan/plan-input.ts';
import { operationsOf, type Change, type Plan } from '../plan-file.ts';
import type { RecordedResource } from '../recorded.ts';
import type { Spec } from '../spec.ts';
import { resolveRefs } from '../value.ts';
import type { FieldSides, FieldVerdict } from './inspection.ts';

export interface SidesRequest {
  readonly address: Address;
  /** What the plan was made from. */
  readonly input: PlanInput;
  readonly plan: Pick<Plan, 'ops' | 'readiness' | 'drift'>;
}

/**
 * Every leaf that is declared, recorded or live, side by side. What a leaf is going to be is the plan's word; values that are
 * kept by reference are shown by reference, live ones too.
 */
export function fieldSides({ address, input, plan }: SidesRequest): readonly FieldSides[] {
  const { desired, recorded, live, options } = input;
  const kind = kinds[kindOf(address)];
  const resource = desired.resources.find((each) => each.address === address);
  const known = recorded.resources.get(resource?.renamedFrom ?? address) ?? recorded.resources.get(address);
  const spec = resource === undefined ? undefined : wantedSpec(kind, resource.spec, { input, plan });
  const seen = live.get(address);
  const shown =
    seen === undefined
      ? undefined
      : hiddenLive(kind, seen, { resource, spec, recorded: known, environment: options.environment ?? {} }).live;
  const sides = {
    desired: leaves(spec ?? {}, kind.rules),
    recorded: leaves(kind.normalise(known?.applied ?? {}), kind.rules),
    live: shown?.status === 'present' ? leaves(kind.normalise(shown.fields), kind.rules) : new Map<string, Json>(),
  };
  const changes = new Map(
    operationsOf(plan)
      .find((op) => op.address === address)
      ?.changes.map((each) => [each.path, each]),
  );
  const drifted = plan.drift.find((each) => each.address === address)?.changes ?? [];
  const undecided = [...desired.skipped, ...desired.undecided].some((each) => each.address === address);
  const judge = { known, seen, changes, drifted: new Set(drifted.map(({ path }) => path)), undecided };
  const paths = [...new Set([...sides.desired.keys(), ...sides.recorded.keys(), ...sides.live.keys()])];
  return paths
    .filter((path) => !fieldRule(kind.rules, path).kept)
    .map((path) => {
      const rule = fieldRule(kind.rules, path);
      const leaf = { path, rule, ...valuesAt(sides, path) };
      const from = resource === undefined || !sides.desired.has(path) ? undefined : originIn(resource.origins, path);
      return {
        path,
        ...(rule.label === undefined ? {} : { label: rule.label }),
        ...valuesAt(sides, path),
        verdict: isIgnored(resource?.ignore ?? [], path) ? 'ignored' : verdictOf(leaf, judge),
        ...(from === undefined ? {} : { from }),
      };
    });
}

interface Values {
  readonly desired?: Json;
  readonly live?: Json;
  readonly recorded?: Json;
}

function valuesAt(sides: Readonly<Record<keyof Values, ReadonlyMap<string, Json>>>, path: string): Values {
  const members = (['desired', 'live', 'recorded'] as const).flatMap((side) => {
    const value = sides[side].get(path);
    return value === undefined ? [] : [[side, value] as const];
  });
  return Object.fromEntries(members);
}

interface Judge {
  readonly known: RecordedResource | undefined;
  readonly seen: Observation | undefined;
  readonly changes: ReadonlyMap<string, Change>;
  readonly drifted: ReadonlySet<string>;
  /** Nothing is decided about the resource: what it is wanted to be is not known. */
  readonly undecided: boolean;
}

function verdictOf(leaf: Values & { readonly path: string; readonly rule: FieldRule }, judge: Judge): FieldVerdict {
  const { path, rule } = leaf;
  if (judge.seen === undefined || judge.seen.status === 'unreadable') return 'unread';
  if (judge.seen.status === 'absent') return leaf.desired === undefined && !judge.undecided ? 'removed' : 'planned';
  if (leaf.desired === undefined && leaf.recorded === undefined) return 'undeclared';
  const reason = judge.changes.get(path)?.reason;
  if (reason !== undefined) return reason;
  const [desired, live, recorded] = [leaf.desired, leaf.live, leaf.recorded].map((value) => rule.compare(value));
  if (rule.createOnly && leaf.live !== undefined) return desired === live ? 'same' : 'fixed';
  if (leaf.desired !== undefined && desired === live)
    return recorded === desired || judge.known === undefined ? 'same' : 'absorbed';
  if (judge.drifted.has(path)) return 'drift';
  if (leaf.desired === undefined) return judge.undecided ? (live === recorded ? 'same' : 'drift') : 'removed';
  const untold = rule.writeOnly || rule.createOnly || judge.known?.unreturned?.includes(path) === true;
  return untold && leaf.live === undefined ? 'unreturned' : 'differs';
}

/** As a plan compares it: with every reference that is known. */
function wantedSpec(
  kind: Kind,
  spec: Spec,
  { input, plan }: Pick<SidesRequest, 'input'> & { readonly plan: Pick<Plan, 'ops'> },
): Spec {
  const made = new Set(
    plan.ops.filter(({ action }) => action === 'create' || action === 'replace').map(({ address }) => address),
  );
  const resolved = resolveRefs(spec, (reference) => {
    const live = made.has(reference.$ref) ? undefined : input.live.get(reference.$ref);
    return live?.status === 'present' ? live.out[reference.path] : undefined;
  });
  const filled = isJsonObject(resolved) ? resolved : spec;
  return kind.normalise(kind.compose?.(filled, input.metricColumns ?? (() => 'unknown')) ?? filled);
}
