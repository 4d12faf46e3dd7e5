import {
  plan,
  renamesOf,
  trustedObjects,
  type Clock,
  type Desired,
  type Emit,
  type Plan,
  type PlanInput,
  type PlanOptions,
  type Providers,
  type ReadContext,
  type Recorded,
} from '@dpo/core';
import { columnsFor, type ReadColumns } from './metric-columns.ts';
import { discover, type DiscoverPlaces } from './discover.ts';
import { planLookups, previousLookups } from './lookups.ts';
import { observe } from './observe.ts';
import { settleWorld, type Settler } from './settle-columns.ts';
import { waitForQuiet } from './quiet-period.ts';

export interface MakePlanRequest {
  readonly desired: Desired;
  readonly recorded: Recorded;
  readonly providers: Providers;
  readonly context: ReadContext;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Where to look for what nobody knows of any more; without it nobody looks. */
  readonly discoverIn?: DiscoverPlaces;
  /** Reads the columns of metric tables by their full names; without it nothing is known of any. */
  readonly readColumns?: ReadColumns;
  /** Tells hidden metric tables from missing ones, before a view is written over them (W023). */
  readonly settler?: Settler;
  readonly options: PlanOptions;
}

/** Reads the live side of everything wanted or recorded and decides. Takes no lock, writes nothing anywhere. */
export async function makePlan(request: MakePlanRequest): Promise<Plan> {
  const world = await readWorld(request);
  const first = plan(world);
  const settled = request.settler === undefined ? undefined : await settleWorld(world, first, request.settler);
  return settled === undefined ? first : plan(settled);
}

/** All that a plan is made from: what is wanted, recorded and live. */
export async function readWorld(request: MakePlanRequest): Promise<PlanInput> {
  const { desired, recorded, providers, context, emit, options } = request;
  await waitForQuiet(recorded, { clock: request.clock, emit, signal: context.signal });
  const reading = { providers, context, emit };
  const named = renamesOf(desired, recorded, options.mode).recorded;
  const trusted = trustedObjects(desired, named, options);
  const wanted = [...planLookups(desired, named, options.mode)].filter(([address]) => !trusted.has(address));
  const read = await observe({ ...reading, lookups: new Map(wanted) });
  const live = new Map([...trusted, ...read]);
  const previous = await observe({ ...reading, lookups: previousLookups(desired, named) });
  const discovered =
    request.discoverIn === undefined
      ? undefined
      : await discover({ places: request.discoverIn, live, providers, context });
  const { metricColumns, problems } = await columnsFor({ desired, live, mode: options.mode }, request.readColumns);
  return {
    desired: { ...desired, problems: [...desired.problems, ...problems] },
    recorded,
    live,
    previous,
    metricColumns,
    options: { ...options, unread: trusted.size },
    ...(discovered === undefined ? {} : { discovered }),
  };
}
