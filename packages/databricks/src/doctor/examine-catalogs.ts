import type { Examination, ReadContext } from '@dpo/core';
import { getCatalog } from '../api/catalogs.ts';
import { catalogGrantHint } from '../api/grant-hints.ts';
import type { Client } from '../client/client.ts';
import { failedRead } from './failed-read.ts';

/** Whether each catalog is there to be read. One request each. */
export async function examineCatalogs(
  client: Client,
  catalogs: readonly string[],
  context: ReadContext,
): Promise<readonly Examination[]> {
  return Promise.all(
    catalogs.map((name) =>
      context.limit(async (): Promise<Examination> => {
        const about = { check: 'catalogs', subject: `catalog ${name}` } as const;
        try {
          await getCatalog(client, name, context.signal);
          return { ...about, verdict: 'pass', message: 'can be read' };
        } catch (error) {
          return { ...failedRead(error, { ...about, verdict: 'fail' }), hint: catalogGrantHint(name) };
        }
      }),
    ),
  );
}
