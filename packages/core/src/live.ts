import type { Address } from './address.ts';
import type { JsonObject } from './json.ts';
import type { Lookup } from './kinds/kind.ts';
import type { Problem } from './problem.ts';
import type { Spec } from './spec.ts';

/** Who made an object, read from its marker. */
export interface Marker {
  /** `project/target` */
  readonly owner: string;
  /** Lineage of the state that made it, where there is room for it. */
  readonly lineage?: string;
}

/** What a read found. Three cases as a type, so that unreadable can never be taken for absent. */
export type Observation =
  | {
      readonly status: 'present';
      readonly lookup: Lookup;
      readonly id: string;
      /** The live object projected to the shape of the kind's spec, normalised by the planner. */
      readonly fields: Spec;
      readonly out: JsonObject;
      /** What hashes among the fields stand for, by path, where it can be read: for people only. */
      readonly texts?: Readonly<Record<string, string>>;
      readonly marker?: Marker;
      /** Another workspace made it, and shows its assets and its marker there only (W026). */
      readonly elsewhere?: true;
    }
  | { readonly status: 'absent'; readonly lookup: Lookup }
  | { readonly status: 'unreadable'; readonly lookup: Lookup; readonly problem: Problem };

export type PresentObject = Extract<Observation, { status: 'present' }>;

/** What a search for a marker found. With a failure there may be more; what was found is true all the same. */
export interface Discovered {
  readonly found: readonly PresentObject[];
  readonly failed: readonly Problem[];
}

export type Live = ReadonlyMap<Address, Observation>;
