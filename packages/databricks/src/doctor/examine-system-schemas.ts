import type { Examination, ReadContext } from '@dpo/core';
import { textField } from '../api/fields.ts';
import { allPages } from '../api/paging.ts';
import type { Client } from '../client/client.ts';
import { segment } from '../client/request.ts';
import { failedRead } from './failed-read.ts';

export interface SystemSchemasFound {
  /** Only an account admin or a metastore admin may list them. */
  readonly listed: boolean;
  readonly examinations: readonly Examination[];
}

/** What costs are read from; nothing else needs them. */
const used = ['billing', 'access'];

const on: ReadonlySet<string> = new Set(['ENABLE_COMPLETED', 'ENABLE_INITIALIZED', 'MANAGED']);

/** Which system schemas are turned on. Only a help: nothing that dpo makes needs them. */
export async function examineSystemSchemas(
  client: Client,
  metastoreId: string,
  { signal }: ReadContext,
): Promise<SystemSchemasFound> {
  const check = 'system schemas';
  const path = `/api/2.1/unity-catalog/metastores/${segment(metastoreId)}/systemschemas`;
  try {
    const found = await allPages(client, { path, query: { max_results: '0' }, key: 'schemas', signal });
    const enabled = found.flatMap((one) =>
      on.has(textField(one, 'state') ?? '') ? [textField(one, 'schema') ?? ''] : [],
    );
    const missing = used.filter((name) => !enabled.includes(name));
    if (missing.length === 0) {
      return {
        listed: true,
        examinations: [{ check, verdict: 'pass', message: `${used.join(' and ')} are turned on` }],
      };
    }
    const message = `${missing.map((name) => `system.${name}`).join(' and ')} not turned on: costs and lineage cannot be read`;
    const hint = `an account admin turns them on: databricks system-schemas enable ${metastoreId} ${missing[0] ?? ''}`;
    return { listed: true, examinations: [{ check, verdict: 'warn', message, hint }] };
  } catch (error) {
    const found = failedRead(error, { check, verdict: 'unknown' });
    const message = 'only an account admin or a metastore admin may list them';
    return { listed: false, examinations: [found.code === 'API.FORBIDDEN' ? { ...found, message } : found] };
  }
}
