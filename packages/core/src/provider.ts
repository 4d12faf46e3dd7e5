import type { Address, KindName } from './address.ts';
import type { JsonObject } from './json.ts';
import type { Lookup } from './kinds/kind.ts';
import type { Leftover } from './leftover.ts';
import type { Marker, Observation, PresentObject } from './live.ts';
import type { Problem } from './problem.ts';
import type { Spec } from './spec.ts';

/** Runs work when there is room among the requests in flight. Made once, in the command's composition. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Rejects with the signal's reason when it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface ReadContext {
  readonly limit: Limit;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

export interface WriteContext {
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** `spec` holds no references any more. The marker is written with the object where the kind has room for it. */
export interface CreateRequest {
  readonly address: Address;
  readonly spec: Spec;
  readonly marker: Marker;
}

/** `mask` lists the changed paths of the spec; a masked path that `spec` lacks is to be cleared. */
export interface UpdateRequest {
  readonly address: Address;
  /** The address it had until now, where it is renamed. */
  readonly formerly?: Address;
  readonly id: string;
  readonly spec: Spec;
  readonly mask: readonly string[];
}

/** `purge`: to be dropped once the object is gone; what is gone already counts as dropped, and nothing else is touched. */
export interface DeleteRequest {
  readonly address: Address;
  readonly id: string;
  readonly purge?: readonly Leftover[];
}

/** What the service answered. `fields` is the projection that the next observation would give. */
export interface Applied {
  readonly id: string;
  readonly fields: Spec;
  readonly out: JsonObject;
  /** One line for people about what is not as asked for. */
  readonly note?: string;
}

/** Where objects may be that nobody knows of any more. Names are full names in lower case. */
export interface DiscoverRequest {
  /** `project/target`: only what carries its marker is given. */
  readonly owner: string;
  readonly catalogs: readonly string[];
  /** Schemas that outputs were written to. */
  readonly schemas: readonly string[];
  /** Workspace folders of the owner. */
  readonly folders: readonly string[];
  /** What has been read already; it is not looked for again. */
  readonly known: ReadonlySet<Address>;
  /** Metric tables of what has been read already. */
  readonly explained: ReadonlySet<string>;
}

/** `failed`: something could not be looked at, so that what was found may not be all. */
export type Discovery = PresentObject | { readonly status: 'failed'; readonly problem: Problem };

/** `pending` may become either of the others. */
export type Readiness = 'ready' | 'pending' | 'failed';

/**
 * Reads and writes objects of one kind. A provider sees neither config nor state and decides nothing.
 *
 * `observe` answers every lookup exactly once, in any order, and never throws for one object: what it could not read is
 * `unreadable`. Only "not there" as the service says it is `absent`; 403 and 5xx never are.
 *
 * `discover` gives each object with the owner's marker at most once, and never throws for one object either. `ready`
 * tells whether what the object is for is there, such as the tables that a monitor fills; it rejects with a `DpoError`
 * when that cannot be read.
 *
 * Writes reject with a `DpoError` whose first problem has one of these codes, on which the engine branches:
 * `API.CONFLICT` (it exists already), `API.NOT_FOUND`, `API.NOT_EMPTY` (a delete of what holds something that is not
 * ours to delete), `API.OUTCOME_UNKNOWN` (the request may have taken effect),
 * or another `API.*` code: the request was refused and had no effect. `delete` of what is gone resolves; one that fails
 * in what it purges has deleted the object, and can be repeated.
 */
export interface Provider {
  readonly kind: KindName;
  observe(lookups: readonly Lookup[], context: ReadContext): AsyncIterable<Observation>;
  discover(request: DiscoverRequest, context: ReadContext): AsyncIterable<Discovery>;
  ready(id: string, context: ReadContext): Promise<Readiness>;
  create(request: CreateRequest, context: WriteContext): Promise<Applied>;
  update(request: UpdateRequest, context: WriteContext): Promise<Applied>;
  delete(request: DeleteRequest, context: WriteContext): Promise<void>;
}

export type Providers = Readonly<Record<KindName, Provider>>;
