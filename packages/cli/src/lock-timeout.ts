import { fail } from '@dpo/core';
import type { LockFlags } from './flags.ts';

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const inCi = 10 * units.m;

/**
 * For how long a lock is waited for, in milliseconds. A person can decide what to do about it; in CI two merges that follow
 * one another closely are the usual case.
 */
export function lockTimeoutOf(flags: LockFlags, environment: NodeJS.ProcessEnv): number {
  const given = flags['lock-timeout'];
  if (given === undefined) return isCi(environment) ? inCi : 0;
  const [, digits = '', unit = ''] = /^(\d{1,9})(ms|s|m|h)?$/u.exec(given) ?? [];
  const number = Number(digits);
  if (digits !== '' && isUnit(unit)) return number * units[unit];
  if (digits !== '' && number === 0) return 0;
  return fail({
    code: 'USAGE',
    message: `--lock-timeout '${given}' is no duration`,
    hint: 'such as 0, 30s, 10m or 1h',
  });
}

function isUnit(text: string): text is keyof typeof units {
  return Object.hasOwn(units, text);
}

/** GitHub, GitLab and most others set CI; Azure DevOps sets TF_BUILD. */
function isCi(environment: NodeJS.ProcessEnv): boolean {
  return ['CI', 'TF_BUILD'].some((name) => !['', '0', 'false'].includes((environment[name] ?? '').toLowerCase()));
}
