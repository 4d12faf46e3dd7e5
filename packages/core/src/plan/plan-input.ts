import type { Address } from '../address.ts';
import type { Desired } from '../desired.ts';
import type { Live } from '../live.ts';
import type { PlanMode } from '../plan-file.ts';
import type { Recorded } from '../recorded.ts';
import type { Scope } from './narrow.ts';
import type { Consent } from './requirements.ts';

export interface PlanInput {
  readonly desired: Desired;
  readonly recorded: Recorded;
  /** One observation for every address in desired ∪ recorded ∪ `interruptedCreates`; a missing one is a bug. */
  readonly live: Live;
  /** Recorded objects whose name stands for another object now (a table dropped and created again), by address. */
  readonly previous?: Live;
  readonly options: PlanOptions;
}

export interface PlanOptions {
  readonly mode: PlanMode;
  readonly version: string;
  readonly consent: Consent;
  /** Replaced although nothing forces it (`--replace`). */
  readonly replace?: ReadonlySet<Address>;
  /** Everything unless given. */
  readonly scope?: Scope;
}
