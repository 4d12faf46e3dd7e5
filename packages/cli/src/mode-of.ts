import { fail, isAddress, type Address, type PlanMode, type RefreshMode } from '@dpo/core';
import type { ModeFlags } from './flags.ts';

export interface Mode {
  readonly mode: PlanMode;
  readonly replace: ReadonlySet<Address>;
  readonly refresh: RefreshMode;
  /** Count the values of slices again. */
  readonly recount: boolean;
  /** Nothing but what metrics that arrived ask for. */
  readonly readinessOnly: boolean;
}

/** Mode of the plan, what it reads, and what is replaced although nothing forces it. */
export function modeOf(flags: ModeFlags): Mode {
  const replace = new Set((flags.replace ?? []).map(addressOfText));
  const { refresh, recount = false } = flags;
  const readinessOnly = flags['readiness-only'] === true;
  if (readinessOnly && (replace.size > 0 || flags['refresh-only'] === true)) {
    fail({
      code: 'USAGE',
      message: `--readiness-only changes nothing else, so ${replace.size > 0 ? '--replace' : '--refresh-only'} has no meaning with it`,
      hint: 'choose one',
    });
  }
  if (flags['refresh-only'] !== true) return { mode: 'apply', replace, refresh, recount, readinessOnly };
  if (refresh !== 'full') {
    fail({
      code: 'USAGE',
      message: `--refresh-only takes in what changed outside, so --refresh ${refresh} has no meaning with it`,
      hint: 'choose one',
    });
  }
  if (replace.size > 0) {
    fail({
      code: 'USAGE',
      message: '--refresh-only writes nothing, so --replace has no meaning with it',
      hint: 'choose one',
    });
  }
  if (recount) {
    fail({
      code: 'USAGE',
      message: '--refresh-only looks at no settings, so --recount has no meaning with it',
      hint: 'choose one',
    });
  }
  return { mode: 'refresh-only', replace, refresh, recount, readinessOnly };
}

function addressOfText(text: string): Address {
  const lower = text.toLowerCase();
  if (isAddress(lower)) return lower;
  fail({
    code: 'USAGE',
    message: `'${text}' is not an address`,
    hint: 'an address is written like monitor:prod.ml.churn; dpo plan names them',
  });
}
