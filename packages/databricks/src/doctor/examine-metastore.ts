import { isDpoError, isOneOf, type Examination, type Principal, type ReadContext } from '@dpo/core';
import { getMetastoreAssignment, getMetastoreSummary, type MetastoreSummary } from '../api/identity.ts';
import type { Client } from '../client/client.ts';
import { failedRead } from './failed-read.ts';

export interface MetastoreFound {
  readonly metastoreId: string | undefined;
  /** The identity is known to administer it. */
  readonly administers: boolean;
  readonly examinations: readonly Examination[];
}

/** The metastore of the workspace; a workspace without Unity Catalog has none (R108). Two requests. */
export async function examineMetastore(
  client: Client,
  me: Principal,
  { signal }: ReadContext,
): Promise<MetastoreFound> {
  try {
    const { metastoreId } = await getMetastoreAssignment(client, signal);
    const summary = await getMetastoreSummary(client, signal).catch((error: unknown): MetastoreSummary => {
      if (!isDpoError(error)) throw error;
      return { metastoreId };
    });
    const administers = summary.owner !== undefined && isOneOf(me, summary.owner);
    const name = summary.name === undefined ? metastoreId : `${summary.name} (${metastoreId})`;
    const admin = administers ? ', administered by this identity' : '';
    const examination: Examination = { check: 'metastore', verdict: 'pass', message: `${name}${admin}` };
    return { metastoreId, administers, examinations: [examination] };
  } catch (error) {
    return {
      metastoreId: undefined,
      administers: false,
      examinations: [failedRead(error, { check: 'metastore', verdict: 'fail' })],
    };
  }
}
