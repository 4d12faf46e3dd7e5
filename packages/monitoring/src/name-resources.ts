import {
  addressOf,
  ref,
  type Address,
  type CatalogFindings,
  type Desired,
  type DesiredResource,
  type Owner,
  type Place,
  type Problem,
  type TargetIdentity,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { observabilityResource } from './groups/group-views.ts';
import { protectionOf } from './protection.ts';
import { outputCatalog, searchOf } from './table-search.ts';
import { declared, listedKeys, listedSource, patternKeys } from './table-source.ts';

export interface NameRequest {
  readonly loaded: LoadedConfig;
  /** A finding for each table that `tablesToName` names; tags are not needed. */
  readonly findings: CatalogFindings;
  readonly owner: Owner;
  readonly target: TargetIdentity;
  /** There is no state: which monitors are ours, only their marker tells. */
  readonly blind?: boolean;
}

/** Full names, in lower case, of every table that `nameResources` needs a finding of: what is disabled may have a monitor. */
export function tablesToName(loaded: LoadedConfig): readonly string[] {
  return listedKeys(loaded).map((name) => name.toLowerCase());
}

/**
 * What a config names and protects, without its settings: enough to find for a destroy what the state has lost. Nothing here can be
 * faulty, so that a config that is wrong by now keeps nothing from being torn down. Of what cannot be read nobody can tell
 * whether it is ours; where there is a state, the plan goes by that. Tables that are found by tags or patterns are not
 * looked for: the state knows their monitors, and without one their marker tells, in the schemas that are named here.
 */
export function nameResources({ loaded, findings, owner, target, blind = false }: NameRequest): Desired {
  const resources = new Map<string, DesiredResource>();
  const undecided: Desired['undecided'][number][] = [];
  const add = (name: string, place: Place): Address => {
    const full = `${outputCatalog(loaded)}.${name}`.toLowerCase();
    const address = addressOf('schema', full);
    if (!resources.has(address)) resources.set(address, { address, spec: { name: full }, place, origins: {} });
    return address;
  };
  const usual = loaded.config.profile_defaults?.output_schema_name ?? 'monitoring_results';
  const patterns = patternKeys(loaded);
  for (const key of listedKeys(loaded)) {
    const finding = findings.get(key.toLowerCase());
    const source = listedSource(loaded, key, patterns);
    const { place } = source;
    const own = declared(loaded, source, 'output_schema_name')?.value;
    const schema = add(typeof own === 'string' ? own : usual, place);
    const address = addressOf('monitor', key);
    if (finding?.status === 'unreadable') undecided.push({ address, problem: finding.problem });
    if (finding?.status !== 'present') continue;
    const spec = { object_id: finding.table.tableId, output_schema_id: ref(schema, 'schema_id') };
    const { preventDestroy } = protectionOf(loaded, source, 'monitor');
    const protection = preventDestroy === undefined ? {} : { preventDestroy };
    resources.set(address, { address, spec, place, origins: {}, ...protection });
  }
  for (const key of patterns) {
    const own = declared(loaded, { keys: [key] }, 'output_schema_name')?.value;
    if (typeof own === 'string') add(own, loaded.keyPlaceOf(['monitored_tables', key]));
  }
  if (searchOf(loaded) !== undefined) add(usual, loaded.placeOf(['profile_defaults', 'output_schema_name']));
  // Where no state tells of views, they are looked for in their schema, which may be somebody else's.
  const views = observabilityResource(loaded);
  if (blind && !resources.has(views.address)) resources.set(views.address, views);
  return {
    owner,
    target,
    resources: [...resources.values()],
    skipped: [],
    undecided,
    problems: blind ? unknownProtection(loaded) : [],
  };
}

/** A protection of found tables is in the state, table by table; without one it cannot be kept to. */
function unknownProtection(loaded: LoadedConfig): readonly Problem[] {
  if (searchOf(loaded) === undefined) return [];
  const layers = [...patternKeys(loaded).map((key) => ['monitored_tables', key]), ['profile_defaults']];
  const says = (layer: readonly string[]): boolean =>
    layer.length === 1
      ? loaded.config.profile_defaults?.prevent_destroy === true
      : declared(loaded, { keys: layer.slice(1) }, 'prevent_destroy')?.value === true;
  const layer = layers.find(says);
  if (layer === undefined) return [];
  return [
    {
      code: 'PLAN.PROTECTED',
      severity: 'error',
      message: 'prevent_destroy protects tables that are found, and without a state nobody knows which they are',
      hint: 'put the state back, or set prevent_destroy: false here to tear down all of them',
      place: loaded.placeOf([...layer, 'prevent_destroy']),
    },
  ];
}
