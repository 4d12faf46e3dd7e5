import type { Examination, ReadContext } from '@dpo/core';
import { listDestinations } from '../api/destinations.ts';
import type { Client } from '../client/client.ts';
import { failedRead } from './failed-read.ts';

/** Whether each name stands for exactly one notification destination of the workspace (T41). */
export async function examineDestinations(
  client: Client,
  names: readonly string[],
  { signal }: ReadContext,
): Promise<readonly Examination[]> {
  const check = 'destinations';
  try {
    const known = await listDestinations(client, signal);
    return names.map((name): Examination => {
      const count = known.get(name)?.length ?? 0;
      const subject = `'${name}'`;
      if (count === 1) return { check, subject, verdict: 'pass', message: 'is a notification destination' };
      return {
        check,
        subject,
        verdict: 'fail',
        message:
          count === 0
            ? 'is no notification destination of this workspace'
            : `${String(count)} destinations have this name`,
        hint:
          count === 0
            ? `use one of: ${[...known.keys()].slice(0, 10).join(', ') || '(there is none)'}; or let a workspace admin add it`
            : 'name its id instead',
      };
    });
  } catch (error) {
    return [failedRead(error, { check, verdict: 'unknown' })];
  }
}
