import { kindOf, nameOf, type Address } from '../address.ts';
import { ownerText, type DesiredResource } from '../desired.ts';
import { kinds } from '../kinds/index.ts';
import type { Live, Observation } from '../live.ts';
import type { Action, Drift, Op, PlanMode } from '../plan-file.ts';
import type { Problem } from '../problem.ts';
import { keptAtBirth } from './birth.ts';
import { birthNotes } from './birth-notes.ts';
import { decideDesired } from './decide-desired.ts';
import { decideRefresh } from './decide-refresh.ts';
import { decideUnwanted, letGoOfSchema } from './decide-unwanted.ts';
import type { Decision, DraftOp, Node } from './decision.ts';
import type { Edges } from './edges.ts';
import { IgnoredSettings } from './ignored-settings.ts';
import { filledSchemas, isEmptySchema } from './filled-schemas.ts';
import { hiddenLive } from './hidden-live.ts';
import { withOwnGrants } from './own-grants.ts';
import { interruptedCreates } from './interrupted-creates.ts';
import type { PlanInput } from './plan-input.ts';
import { protect } from './protect.ts';
import { remember, withDecisions } from './remember.ts';
import { restrainedNotes } from './restrained.ts';
import { WantedSpecs } from './wanted-specs.ts';
import { withReferences } from './with-references.ts';
import { withTexts } from './with-texts.ts';

/** Actions after which an object is still the one that was created. */
const staying: ReadonlySet<Action> = new Set(['update', 'absorb']);

/** Collects the fate of each address. `decide` is called once for each, dependencies first. */
export class Fates {
  readonly drift: Drift[] = [];
  readonly blocked: { address: Address; code: string; because: string }[] = [];
  readonly used: Address[] = [];
  readonly names: Record<string, string> = {};
  readonly ignored: IgnoredSettings = new IgnoredSettings();
  unchanged = 0;
  /** False if anything could not be read: such a plan holds no delete at all. */
  readonly complete: boolean;
  readonly drafts = new Map<Address, DraftOp>();
  /** Schemas that stay because of what is in them. */
  readonly filled = new Set<Address>();
  readonly #survives: { readonly of?: Address; readonly note: string }[] = [];
  readonly #refusals: { readonly problem: Problem; readonly action?: Action }[] = [];
  readonly #stuck = new Set<Address>();
  readonly #settled = new Set<Address>();
  readonly #input: PlanInput;
  readonly #wanted: ReadonlyMap<Address, DesiredResource>;
  readonly #specs: WantedSpecs;
  readonly #edges: Edges;
  readonly #former: ReadonlyMap<Address, Address>;
  readonly #skipped: ReadonlySet<Address>;
  readonly #untouched: ReadonlySet<Address>;
  readonly #undecided: ReadonlyMap<Address, Problem>;
  readonly #interrupted: ReadonlySet<Address>;
  #heldDeletes = 0;
  readonly #born = new Map<string, Address[]>();

  constructor(
    input: PlanInput,
    wanted: ReadonlyMap<Address, DesiredResource>,
    { edges, former }: { readonly edges: Edges; readonly former: ReadonlyMap<Address, Address> },
  ) {
    this.#input = input;
    this.#wanted = wanted;
    this.#specs = new WantedSpecs({ input, wanted, drafts: this.drafts, names: this.names });
    this.#edges = edges;
    this.#former = former;
    const { skipped } = input.desired;
    this.#skipped = new Set(skipped.map(({ address }) => address));
    this.#untouched = new Set(skipped.flatMap(({ address, untouched }) => (untouched === true ? [address] : [])));
    // A destroy goes by its state. Without one, what could not be looked at may be ours.
    const goesByState = input.options.mode === 'destroy' && input.recorded.lineage !== undefined;
    const undecided = goesByState ? [] : input.desired.undecided;
    this.#undecided = new Map(undecided.map((entry) => [entry.address, entry.problem]));
    this.#interrupted = new Set(interruptedCreates(input.recorded).map((intent) => intent.address));
    this.complete =
      this.#undecided.size === 0 && ![...input.live.values()].some((live) => live.status === 'unreadable');
    for (const [address, problem] of this.#undecided) this.#block(address, problem.code, problem.message);
  }

  decide(address: Address): void {
    if (this.#undecided.has(address) || this.#untouched.has(address)) return;
    const live = this.#input.live.get(address);
    if (live === undefined) throw new TypeError(`no observation of ${address}`);
    if (live.status === 'unreadable') return this.#block(address, 'PLAN.UNREADABLE', live.problem.message);
    // The id of a schema says nothing to people; a monitor that writes into it names it so.
    if (live.status === 'present' && kindOf(address) === 'schema') this.names[live.id] = nameOf(address);
    const resource = this.#wanted.get(address);
    if (resource !== undefined && this.#input.options.mode === 'apply') {
      const stuck = (this.#edges.wanted.get(address) ?? []).find(
        ({ to, need }) => need !== 'order' && this.#stuck.has(to),
      );
      if (stuck !== undefined) return this.#block(address, 'PLAN.BLOCKED', `needs ${stuck.to}`);
    } else if (this.#input.options.mode === 'apply' && this.#skipped.has(address)) {
      return;
    }
    this.#take(address, this.#decision(address, live, resource));
  }

  /** What a settled or updated resource was born with stays, whatever the config says now. */
  #noteBirth(node: Node, decision: Decision): void {
    const { recorded, live, spec, replaceAsked, address } = node;
    const stays = decision.verdict === 'unchanged' || (decision.verdict === 'op' && staying.has(decision.op.action));
    if (!stays || replaceAsked || recorded === undefined || spec === undefined || live.status !== 'present') return;
    const paths = keptAtBirth(node, spec, { born: recorded.applied, marker: live.marker });
    for (const path of paths) {
      const known = this.#born.get(path);
      if (known === undefined) this.#born.set(path, [address]);
      else known.push(address);
    }
  }

  #decision(address: Address, live: Observation, resource: DesiredResource | undefined): Decision {
    const { desired, recorded, options } = this.#input;
    const kind = kinds[kindOf(address)];
    const spec = resource === undefined ? undefined : this.#specs.of(resource);
    const known = recorded.resources.get(address);
    const node = withOwnGrants({
      address,
      kind,
      desired: resource,
      spec,
      recorded: known,
      ...hiddenLive(kind, live, { resource, spec, recorded: known, environment: options.environment ?? {} }),
      previous: this.#input.previous?.get(address),
      former: this.#former.get(address),
      interrupted: this.#interrupted.has(address),
      replaceAsked: options.replace?.has(address) === true,
      ignored: resource?.ignore ?? [],
      references: [...new Set([...(resource?.references ?? []), ...(known?.references ?? [])])],
      purgeMetrics: options.purgeMetrics === true && options.mode === 'destroy',
      owner: ownerText(desired.owner),
      lineage: recorded.lineage,
    });
    const { mode } = options;
    const protectedOne = protect(node, remember(node, decisionOf(node, mode), mode), mode);
    const referring = withReferences(node, withDecisions(node, protectedOne, mode));
    const decision = withTexts(node, referring, this.#input.metricColumns);
    this.#noteBirth(node, decision);
    return decision;
  }

  #take(address: Address, decision: Decision): void {
    switch (decision.verdict) {
      case 'unchanged':
        this.unchanged += 1;
        this.#settled.add(address);
        this.ignored.add(address, decision.ignored);
        return;
      case 'used':
        this.used.push(address);
        return;
      case 'invisible':
        this.#survives.push(...(decision.survives ?? []).map((note) => ({ note })));
        this.#settled.add(address);
        return;
      case 'blocked':
        return this.#block(address, decision.code, decision.because);
      case 'refused':
        this.#refusals.push(decision);
        this.#stuck.add(address);
        return;
      case 'op':
        if (decision.op.action === 'delete' && !this.complete) {
          this.#heldDeletes += 1;
          return;
        }
        this.add(decision);
    }
  }

  /** An operation with all that is told of it. */
  add({ op, ignored, drift, survives = [] }: Extract<Decision, { verdict: 'op' }>): void {
    this.drafts.set(op.address, op);
    this.ignored.add(op.address, ignored);
    if (drift !== undefined) this.drift.push(drift);
    this.#survives.push(...survives.map((note) => ({ of: op.address, note })));
  }

  /**
   * What a kept object still rests on is kept too: a monitor that is skipped, blocked or unreadable must not lose its
   * schema. A view that stays reads metric tables, which outlive their monitor: it keeps none. Called when every address is
   * decided; goes from dependents to what they rest on.
   */
  keepWhatIsNeeded(): void {
    for (const [address, op] of [...this.drafts].toReversed()) {
      if (op.action !== 'delete' && op.action !== 'forget') continue;
      const live = this.#input.live.get(address);
      const keeper = (this.#edges.dependents.get(address) ?? []).find(
        (dependent) => !this.drafts.has(dependent) && !this.#settled.has(dependent) && !outlives(dependent, address),
      );
      if (keeper === undefined || live?.status === 'absent') continue;
      this.drafts.delete(address);
      this.blocked.push({ address, code: 'PLAN.KEPT', because: `${keeper} stays as it is and rests on it` });
    }
  }

  /** A schema that holds more than this plan removes is let go of, not deleted. `live` has the orphans too. Called after the above. */
  keepFilledSchemas(live: Live): void {
    for (const address of filledSchemas(this.drafts, live)) {
      this.drafts.delete(address);
      this.filled.add(address);
      // An orphan is told with the others.
      if (!this.#input.live.has(address)) continue;
      const recorded = this.#input.recorded.resources.get(address);
      this.#take(address, letGoOfSchema({ address, recorded, interrupted: this.#interrupted.has(address) }));
    }
  }

  /**
   * What these operations leave behind. Metric tables of a schema that is deleted because it is empty were never written: they
   * do not stay.
   */
  survivors(ops: readonly Op[]): readonly string[] {
    const done = new Set(ops.map(({ address }) => address));
    const gone = [...this.drafts.values()].filter(
      ({ action, address }) =>
        action === 'delete' && kindOf(address) === 'schema' && isEmptySchema(address, this.#input.live),
    );
    const prefixes = gone.map((op) => `metric table ${nameOf(op.address)}.`);
    return this.#survives
      .filter(({ of }) => of === undefined || done.has(of))
      .map(({ note }) => note)
      .filter((note) => !prefixes.some((prefix) => note.startsWith(prefix)));
  }

  #block(address: Address, code: string, because: string): void {
    this.blocked.push({ address, code, because });
    this.#stuck.add(address);
  }

  /** `left` tells whether an operation lies outside of the selection: then there is nothing to refuse. */
  problems(left: (address: Address, action: Action) => boolean): readonly Problem[] {
    const refusals = this.#refusals.flatMap(({ problem, action }) =>
      action !== undefined && problem.address !== undefined && left(problem.address, action) ? [] : [problem],
    );
    const notes: Problem[] = [...refusals, ...birthNotes(this.#born), ...restrainedNotes(this.#specs.heldBack)];
    if (this.#heldDeletes > 0 || (!this.complete && this.#input.options.mode === 'destroy')) {
      notes.push({
        code: 'PLAN.INCOMPLETE',
        // A destroy that leaves things behind has failed; a plan that does not delete yet has not.
        severity: this.#input.options.mode === 'destroy' ? 'error' : 'warning',
        message: 'not everything could be read: nothing is deleted, also of what is not wanted any more',
        hint: 'plan again with an identity that can read what is listed as blocked',
      });
    }
    return notes;
  }
}

function outlives(dependent: Address, address: Address): boolean {
  return kindOf(dependent) === 'view' && kindOf(address) === 'monitor';
}

function decisionOf(node: Node, mode: PlanMode): Decision {
  if (mode === 'refresh-only') return decideRefresh(node);
  return node.spec !== undefined && mode === 'apply' ? decideDesired(node, node.spec) : decideUnwanted(node, mode);
}
