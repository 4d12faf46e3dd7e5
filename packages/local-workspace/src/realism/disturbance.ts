import type { Answer } from '../api/route.ts';
import type { Caller } from '../principals/caller.ts';

/** A call that found its route. */
export interface DisturbedCall {
  readonly method: string;
  readonly path: string;
  /** Path of the route, such as `/api/2.1/unity-catalog/tables/{full_name}`. */
  readonly route: string;
  readonly write: boolean;
  /** Nobody for calls that need no token. */
  readonly caller: Caller | undefined;
  /** What a GET of a path would answer now; `undefined` when it would fail. */
  readonly read: (path: string) => Promise<Answer | undefined>;
}

/** Something that makes calls go as they may go at the service, without changing what the workspace holds. */
export interface Disturbance {
  /** Before the effect; waits, or throws an `ApiError` in place of it. */
  readonly before?: (call: DisturbedCall) => Promise<void> | void;
  /** Answers a read without looking; `undefined`: the read goes on. May throw an `ApiError`. */
  readonly instead?: (call: DisturbedCall) => Answer | undefined;
  /** After the effect; gives the answer that is sent, or throws an `ApiError` in place of it. */
  readonly after?: (call: DisturbedCall, answer: Answer) => Promise<Answer> | Answer;
  /** What exists now counts as known for long. */
  readonly settle?: () => void;
}
