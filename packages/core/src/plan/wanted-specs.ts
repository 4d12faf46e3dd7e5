import { kindOf, nameOf, type Address } from '../address.ts';
import type { DesiredResource } from '../desired.ts';
import { withComposed } from '../diff/composed.ts';
import { isJsonObject, type Json } from '../json.ts';
import { kinds } from '../kinds/index.ts';
import type { Kind } from '../kinds/kind.ts';
import { fillReferences, referencedNames } from '../reference/reference-leaves.ts';
import type { ReferencePaths } from '../reference/reference-paths.ts';
import { isSet } from '../reference/template.ts';
import type { Spec } from '../spec.ts';
import { resolveRefs, type Ref } from '../value.ts';
import type { DraftOp } from './decision.ts';
import type { PlanInput } from './plan-input.ts';
import { restrained } from './restrained.ts';

export interface WantedWorld {
  readonly input: PlanInput;
  readonly wanted: ReadonlyMap<Address, DesiredResource>;
  /** What the plan does so far: everything that a resource refers to was decided before. */
  readonly drafts: ReadonlyMap<Address, DraftOp>;
  /** Takes the names of what opaque ids stand for. */
  readonly names: Record<string, string>;
}

/** What the config wants of each resource, as far as a plan can know it: with references, and with what follows from them. */
export class WantedSpecs {
  /** What is held back until the views that it reads have metrics. */
  readonly heldBack: Address[] = [];
  readonly #world: WantedWorld;

  constructor(world: WantedWorld) {
    this.#world = world;
  }

  of(resource: DesiredResource): Spec {
    const kind = kinds[kindOf(resource.address)];
    const whole = this.#composed(kind, this.#resolved(resource.spec), resource.references ?? []);
    return this.#restrained(resource, kind.normalise(whole));
  }

  #restrained(resource: DesiredResource, spec: Spec): Spec {
    const { live, metricColumns = () => 'unknown', options, recorded } = this.#world.input;
    const { address } = resource;
    if (options.mode !== 'apply') return spec;
    const kind = kinds[kindOf(address)];
    const wish = restrained(
      { kind, resource, spec, recorded: recorded.resources.get(address) },
      { wanted: this.#world.wanted, live, metricColumns, written: this.#world.drafts },
    );
    if (wish !== spec) this.heldBack.push(address);
    return wish;
  }

  /** What follows from a spec follows from its values: without a variable that it names it is not known. */
  #composed(kind: Kind, spec: Spec, references: ReferencePaths): Spec {
    const { metricColumns = () => 'unknown', options } = this.#world.input;
    const environment = options.environment ?? {};
    if (kind.compose === undefined) return spec;
    if (!referencedNames(spec, references).every((name) => isSet(name, environment))) return spec;
    const whole = kind.compose(fillReferences(spec, references, environment), metricColumns);
    return withComposed(kind, spec, whole);
  }

  /** A reference is known if its target exists and no op of this plan changes what it points at. */
  #resolved(spec: Spec): Spec {
    const resolved = resolveRefs(spec, (reference) => this.#valueOf(reference));
    return isJsonObject(resolved) ? resolved : spec;
  }

  #valueOf(reference: Ref): Json | undefined {
    const { action, changes = [], spec } = this.#world.drafts.get(reference.$ref) ?? {};
    if (action === 'create' || action === 'replace') return this.#again(reference, spec);
    if (changes.some(({ path }) => path === reference.path)) return undefined;
    const live = this.#world.input.live.get(reference.$ref);
    // What cannot be read is as it was: nothing differs on account of it.
    const known =
      live?.status === 'unreadable' ? this.#world.input.recorded.resources.get(reference.$ref)?.out : undefined;
    const value = (live?.status === 'present' ? live.out : known)?.[reference.path];
    if (typeof value === 'string') this.#world.names[value] = nameOf(reference.$ref);
    return value;
  }

  /** What is made anew gives again what it is told to be, such as the name of a view. What is new was never given. */
  #again({ $ref, path }: Ref, spec: Spec | undefined): Json | undefined {
    const given = this.#world.input.recorded.resources.get($ref)?.out[path];
    return typeof given === 'string' && given === spec?.[path] ? given : undefined;
  }
}
