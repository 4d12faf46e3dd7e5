import { kindOf, nameOf, type Desired, type Examination, type Recorded } from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';

/** What Databricks allows for a metastore unless it is asked for more (corrections, 6). */
const usualLimit = 100;

/**
 * The monitors of this project against its budget (W011). Others of the metastore count against the quota of the service as
 * well, and nobody can list them: therefore "at least".
 */
export function examineBudget({
  loaded,
  desired,
  recorded,
}: {
  readonly loaded: LoadedConfig;
  readonly desired: Pick<Desired, 'resources' | 'skipped'>;
  readonly recorded: Recorded;
}): Examination {
  const check = 'monitor budget';
  const { monitor_limit: limit = usualLimit } = loaded.config;
  const managed = [...recorded.resources.keys()].filter(isMonitor);
  const wanted = desired.resources.map(({ address }) => address).filter(isMonitor);
  const beyond = desired.skipped.filter(({ code }) => code === 'PLAN.MONITOR_LIMIT').map(({ address }) => address);
  const own = new Set([...managed, ...wanted, ...beyond].map(nameOf)).size;
  const count = `this project has or asks for at least ${String(own)} monitors`;
  if (limit === null) return { check, verdict: 'pass', message: `${count}; monitor_limit is null, which is no limit` };
  const message = `${count} of the ${String(limit)} that monitor_limit allows; those of others count against the quota of the metastore too`;
  if (own <= limit) return { check, verdict: 'pass', message };
  return {
    check,
    verdict: 'warn',
    message,
    code: 'PLAN.MONITOR_LIMIT',
    hint: 'set priority for what matters most, or raise monitor_limit once Databricks allows more',
  };
}

function isMonitor(address: Parameters<typeof kindOf>[0]): boolean {
  return kindOf(address) === 'monitor';
}
