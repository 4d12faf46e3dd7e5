export { apply } from './apply.ts';
export type { ApplyRequest } from './apply.ts';
export { createLimit } from './concurrency.ts';
export { discover } from './discover.ts';
export type { DiscoverPlaces, DiscoverWork } from './discover.ts';
export { makePlan, readWorld } from './make-plan.ts';
export type { MakePlanRequest } from './make-plan.ts';
export { observe } from './observe.ts';
export type { ObserveRequest } from './observe.ts';
