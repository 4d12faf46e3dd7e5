import type { Examination, ReadContext } from '@dpo/core';
import { meIn, mePath, type Me } from '../api/identity.ts';
import type { Client } from '../client/client.ts';
import { failedRead } from './failed-read.ts';

export interface IdentityFound {
  /** Undefined if the workspace does not say. */
  readonly me: Me | undefined;
  readonly examinations: readonly Examination[];
}

/** Tokens of identity providers are refused from a few minutes on; below two it does no harm. */
const mostSkewMs = 120_000;

/** Who we are to the workspace, and whether its clock and ours agree. One request. */
export async function examineIdentity(client: Client, { clock, signal }: ReadContext): Promise<IdentityFound> {
  const sentAt = clock.now();
  try {
    const response = await client.send({ method: 'GET', path: mePath, signal });
    const me = meIn(response);
    const identity: Examination = { check: 'identity', verdict: 'pass', message: `${me.userName}, ${groupsText(me)}` };
    const between = (sentAt + clock.now()) / 2;
    return { me, examinations: [identity, examineClock(response.headers['date'], between)] };
  } catch (error) {
    return { me: undefined, examinations: [failedRead(error, { check: 'identity', verdict: 'fail' })] };
  }
}

function groupsText({ groups }: Me): string {
  if (groups.length === 0) return 'in no group that the workspace tells';
  const shown = groups.slice(0, 5).join(', ');
  return `in ${shown}${groups.length > 5 ? ` and ${String(groups.length - 5)} more groups` : ''}`;
}

/** The header has whole seconds. */
function examineClock(date: string | undefined, now: number): Examination {
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server)) {
    return { check: 'clock', verdict: 'unknown', message: 'the workspace does not say what time it is' };
  }
  const ahead = now - server;
  const seconds = Math.round(Math.abs(ahead) / 1000);
  if (Math.abs(ahead) <= mostSkewMs) {
    return { check: 'clock', verdict: 'pass', message: 'agrees with the clock of the workspace' };
  }
  return {
    check: 'clock',
    verdict: 'warn',
    message: `this machine is ${String(seconds)} s ${ahead > 0 ? 'ahead of' : 'behind'} the workspace`,
    hint: 'set the clock: sign-ins with tokens of an identity provider fail, and times in the state are off',
  };
}
