import { fail, isAddress, type Address, type PlanMode } from '@dpo/core';
import type { ModeFlags } from './flags.ts';

/** Mode of the plan, and what is replaced although nothing forces it. */
export function modeOf(flags: ModeFlags): { readonly mode: PlanMode; readonly replace: ReadonlySet<Address> } {
  const replace = new Set((flags.replace ?? []).map(addressOfText));
  if (flags['refresh-only'] !== true) return { mode: 'apply', replace };
  if (replace.size > 0) {
    fail({
      code: 'USAGE',
      message: '--refresh-only writes nothing, so --replace has no meaning with it',
      hint: 'choose one',
    });
  }
  return { mode: 'refresh-only', replace };
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
