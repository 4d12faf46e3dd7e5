import type { Address } from '../address.ts';
import type { Observation } from '../live.ts';
import type { Decision } from './decision.ts';

/** Bound to the workspace that made it: only that one sees its assets and may refresh it (W026). */
export function isBoundElsewhere(live: Observation): boolean {
  return live.status === 'present' && live.elsewhere === true;
}

/** Of one that the state knows: what there was of ours may be gone, or is only hidden, so that nothing is decided. */
export function blockedElsewhere(address: Address): Decision {
  return {
    verdict: 'blocked',
    code: 'PLAN.OTHER_WORKSPACE',
    because: `another workspace made what is there now; if ours is gone, let go of it: dpo state rm ${address}`,
  };
}
