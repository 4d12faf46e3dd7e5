/** How one examination of the doctor went. `unknown`: it could not be found out, which is no fault and blocks nothing. */
export const verdicts = ['pass', 'warn', 'fail', 'unknown', 'skipped'] as const;
export type Verdict = (typeof verdicts)[number];

/** Whether an identity has a privilege, its groups included (W029). */
export type Standing = 'has' | 'lacks' | 'unknown';

export interface Grant {
  /** As SQL spells it: `USE SCHEMA`. */
  readonly privilege: string;
  readonly standing: Standing;
}

/** One thing that the doctor looked at, for people and machines alike. */
export interface Examination {
  /** Stable name of the check; docs/doctor.md lists them. */
  readonly check: string;
  /** What was looked at, where a check looks at several things: `table prod.ml.churn`. */
  readonly subject?: string;
  readonly verdict: Verdict;
  /** One sentence in lower case without a full stop; of `skipped` and `unknown` the reason. */
  readonly message: string;
  /** Code of the problem behind it, if it has one. */
  readonly code?: string;
  readonly hint?: string;
  /** Statements that mend it, for somebody who may run them. */
  readonly mend?: readonly string[];
  readonly grants?: readonly Grant[];
}

/** How often each verdict was given. */
export function countVerdicts(examinations: readonly Examination[]): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict): number => examinations.filter((one) => one.verdict === verdict).length;
  return {
    pass: count('pass'),
    warn: count('warn'),
    fail: count('fail'),
    unknown: count('unknown'),
    skipped: count('skipped'),
  };
}
