import type { Examination, ReadContext } from '@dpo/core';
import { textField } from '../api/fields.ts';
import { allPages } from '../api/paging.ts';
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
    const path = '/api/2.0/notification-destinations';
    const found = await allPages(client, { path, query: { page_size: '100' }, key: 'results', signal });
    const known = found.map((one) => textField(one, 'display_name') ?? '');
    return names.map((name): Examination => {
      const count = known.filter((other) => other === name).length;
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
            ? `use one of: ${known.slice(0, 10).join(', ') || '(there is none)'}; or let a workspace admin add it`
            : 'name its id instead',
      };
    });
  } catch (error) {
    return [failedRead(error, { check, verdict: 'unknown' })];
  }
}
