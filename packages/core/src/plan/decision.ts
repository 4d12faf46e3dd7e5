import type { Address } from '../address.ts';
import type { DesiredResource } from '../desired.ts';
import type { IgnoredPaths } from '../diff/ignored.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Observation } from '../live.ts';
import type { Action, Drift, Op } from '../plan-file.ts';
import type { Problem } from '../problem.ts';
import type { RecordedResource } from '../recorded.ts';
import type { ReferencePaths } from '../reference/reference-paths.ts';
import type { Spec } from '../spec.ts';

/** Everything that is known of one address when its fate is decided. */
export interface Node {
  readonly address: Address;
  readonly kind: Kind;
  readonly desired: DesiredResource | undefined;
  /** Desired spec, normalised, with every reference replaced that is already known. */
  readonly spec: Spec | undefined;
  readonly recorded: RecordedResource | undefined;
  readonly live: Observation;
  /** The object that the state knows, where the name stands for another one by now. */
  readonly previous: Observation | undefined;
  /** Address under which the state knows it, where the config renamed it. */
  readonly former: Address | undefined;
  /** An earlier run was interrupted while it created this; whether it came to it, only `live` tells. */
  readonly interrupted: boolean;
  /** Asked for with `--replace`. */
  readonly replaceAsked: boolean;
  readonly ignored: IgnoredPaths;
  /** Paths that config or state keep by reference; `live` holds them in that form. */
  readonly references: ReferencePaths;
  /** Those of them in which the live object holds what was last sent. */
  readonly held: ReferencePaths;
  /** A destroy that drops what a delete would leave behind. */
  readonly purgeMetrics: boolean;
  readonly owner: string;
  readonly lineage: string | undefined;
}

/** An op before the planner adds what other ops decide. */
export type DraftOp = Omit<Op, 'needs' | 'depends_on' | 'severity'>;

/** `ignored`: the declared or recorded paths that were left out of the comparison. */
export type Decision =
  | { readonly verdict: 'unchanged'; readonly ignored?: readonly string[] }
  | { readonly verdict: 'used' }
  | { readonly verdict: 'invisible'; readonly survives?: readonly string[] }
  | { readonly verdict: 'blocked'; readonly code: string; readonly because: string }
  | {
      readonly verdict: 'op';
      readonly op: DraftOp;
      readonly drift?: Drift;
      readonly survives?: readonly string[];
      readonly ignored?: readonly string[];
    }
  /** `action`: what is refused, where a selection that leaves it out has nothing to refuse. */
  | { readonly verdict: 'refused'; readonly problem: Problem; readonly action?: Action };
