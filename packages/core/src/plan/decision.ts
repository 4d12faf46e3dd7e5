import type { Address } from '../address.ts';
import type { DesiredResource } from '../desired.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Observation } from '../live.ts';
import type { Drift, Op } from '../plan-file.ts';
import type { Problem } from '../problem.ts';
import type { RecordedResource } from '../recorded.ts';
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
  /** An earlier run was interrupted while it created this; whether it came to it, only `live` tells. */
  readonly interrupted: boolean;
  /** Asked for with `--replace`. */
  readonly replaceAsked: boolean;
  readonly owner: string;
  readonly lineage: string | undefined;
}

/** An op before the planner adds what other ops decide. */
export type DraftOp = Omit<Op, 'needs' | 'depends_on' | 'severity'>;

export type Decision =
  | { readonly verdict: 'unchanged' }
  | { readonly verdict: 'used' }
  | { readonly verdict: 'invisible'; readonly survives?: readonly string[] }
  | { readonly verdict: 'blocked'; readonly code: string; readonly because: string }
  | { readonly verdict: 'op'; readonly op: DraftOp; readonly drift?: Drift; readonly survives?: readonly string[] }
  | { readonly verdict: 'refused'; readonly problem: Problem };
