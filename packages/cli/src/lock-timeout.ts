import { fail } from '@dpo/core';
import { durationOf } from './duration.ts';
import type { LockFlags } from './flags.ts';

const inCi = 600_000;

/**
 * For how long a lock is waited for, in milliseconds. A person can decide what to do about it; in CI two merges that follow
 * one another closely are the usual case.
 */
export function lockTimeoutOf(flags: LockFlags, environment: NodeJS.ProcessEnv): number {
  const given = flags['lock-timeout'];
  if (given === undefined) return isCi(environment) ? inCi : 0;
  return (
    durationOf(given) ??
    fail({
      code: 'USAGE',
      message: `--lock-timeout '${given}' is no duration`,
      hint: 'such as 0, 30s, 10m or 1h',
    })
  );
}

/** GitHub, GitLab and most others set CI; Azure DevOps sets TF_BUILD. */
function isCi(environment: NodeJS.ProcessEnv): boolean {
  return ['CI', 'TF_BUILD'].some((name) => !['', '0', 'false'].includes((environment[name] ?? '').toLowerCase()));
}
