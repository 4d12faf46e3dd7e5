import {
  addressOf,
  ref,
  type CatalogFindings,
  type Desired,
  type DesiredResource,
  type Owner,
  type TargetIdentity,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { protectionOf } from './protection.ts';

export interface NameRequest {
  readonly loaded: LoadedConfig;
  /** A finding for each table that `tablesToName` names; tags are not needed. */
  readonly findings: CatalogFindings;
  readonly owner: Owner;
  readonly target: TargetIdentity;
}

/** Full names, in lower case, of every table that `nameResources` needs a finding of: what is disabled may have a monitor. */
export function tablesToName(loaded: LoadedConfig): readonly string[] {
  return Object.keys(loaded.config.monitored_tables).map((name) => name.toLowerCase());
}

/**
 * What a config names and protects, without its settings: enough to find for a destroy what the state has lost. Nothing here can be
 * faulty, so that a config that is wrong by now keeps nothing from being torn down. Of what cannot be read nobody can tell
 * whether it is ours; where there is a state, the plan goes by that.
 */
export function nameResources({ loaded, findings, owner, target }: NameRequest): Desired {
  const { catalog_name: catalog, monitored_tables: tables, profile_defaults: defaults } = loaded.config;
  const resources = new Map<string, DesiredResource>();
  const undecided: Desired['undecided'][number][] = [];
  for (const [key, entry] of Object.entries(tables)) {
    const finding = findings.get(key.toLowerCase());
    const place = loaded.keyPlaceOf(['monitored_tables', key]);
    const name =
      `${catalog}.${entry.output_schema_name ?? defaults?.output_schema_name ?? 'monitoring_results'}`.toLowerCase();
    const schema = addressOf('schema', name);
    resources.set(schema, { address: schema, spec: { name }, place, origins: {} });
    const address = addressOf('monitor', key);
    if (finding?.status === 'unreadable') undecided.push({ address, problem: finding.problem });
    if (finding?.status !== 'present') continue;
    const spec = { object_id: finding.table.tableId, output_schema_id: ref(schema, 'schema_id') };
    const { preventDestroy } = protectionOf(loaded, key, 'monitor');
    const protection = preventDestroy === undefined ? {} : { preventDestroy };
    resources.set(address, { address, spec, place, origins: {}, ...protection });
  }
  return { owner, target, resources: [...resources.values()], skipped: [], undecided, problems: [] };
}
