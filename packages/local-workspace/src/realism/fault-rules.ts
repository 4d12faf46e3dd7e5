import { callPattern } from './call-pattern.ts';
import type { CallPattern, MatchedCall } from './call-pattern.ts';
import type { Garble } from './garbled.ts';
import { refuseToKill } from './kill-caller.ts';
import type { Random } from './seeded-random.ts';

/** A planned misbehaviour of the server for calls that match. */
export interface FaultRule {
  /** `PATCH /api/2.0/alerts/*`; see `callPattern`. */
  readonly match: string;
  /** Answer of the fault; without it a rule only delays, drops, cuts or kills. */
  readonly status?: number;
  readonly errorCode?: string;
  readonly message?: string;
  /** Seconds, sent as the header Retry-After; without it the header is missing, as it may be at the service. */
  readonly retryAfter?: number;
  /** Matching calls that are left alone first. */
  readonly offset?: number;
  /** How many calls the rule spoils; 1 unless told otherwise. */
  readonly times?: number | 'unlimited';
  /** Of the calls that it would spoil the rule spoils this share, by the seeded dice of the workspace. */
  readonly probability?: number;
  /** The call takes effect and only its answer is replaced, as when an answer is lost; also the moment of `killCaller`. */
  readonly after?: boolean;
  readonly latencyMs?: number;
  /** Closes the connection without an answer, before or after the call takes effect. */
  readonly dropConnection?: 'before' | 'after';
  /** The call takes effect and its answer breaks off in the middle. */
  readonly truncateBody?: boolean;
  /** Keeps the connection open and never answers, before or after the call takes effect. */
  readonly hold?: 'before' | 'after';
  /** In place of the answer; see `garbled`. A page of HTML comes before the effect, or with `after` behind it. */
  readonly garble?: Garble;
  /**
   * A GET answers what it would have answered before the last write that changed it, as from a copy that is behind. For a
   * `match` that is one path; the writes that count are those since the rule was added.
   */
  readonly stale?: boolean;
  /** Ends the process with this id with SIGKILL. Only ever the id given here, and never the server's own. */
  readonly killCaller?: number;
}

export interface FaultRules {
  add(...rules: readonly FaultRule[]): void;
  clear(): void;
  /** The rules as they were added, with the calls that matched so far. */
  list(): readonly { readonly rule: FaultRule; readonly seen: number }[];
  /** The rules that spoil this call; counts it against them. */
  take(call: MatchedCall): readonly FaultRule[];
}

/** Throws `KillRefusedError` for a rule that would end the server itself. */
export function createFaultRules(initial: readonly FaultRule[], random: Random): FaultRules {
  const rules: { readonly rule: FaultRule; readonly matches: CallPattern; seen: number; spoiled: number }[] = [];
  const add = (...added: readonly FaultRule[]): void => {
    for (const { killCaller } of added) if (killCaller !== undefined) refuseToKill(killCaller);
    for (const rule of added) rules.push({ rule, matches: callPattern(rule.match), seen: 0, spoiled: 0 });
  };
  add(...initial);
  return {
    add,
    clear: () => {
      rules.length = 0;
    },
    list: () => rules.map(({ rule, seen }) => ({ rule, seen })),
    take(call) {
      const taken: FaultRule[] = [];
      for (const entry of rules) {
        if (!entry.matches(call)) continue;
        const { offset = 0, times = 1, probability } = entry.rule;
        entry.seen += 1;
        if (entry.seen <= offset || (times !== 'unlimited' && entry.spoiled >= times)) continue;
        if (probability !== undefined && random() >= probability) continue;
        entry.spoiled += 1;
        taken.push(entry.rule);
      }
      return taken;
    },
  };
}
