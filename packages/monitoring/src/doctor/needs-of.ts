import {
  kindOf,
  nameOf,
  type Address,
  type Desired,
  type Need,
  type OwnershipNeed,
  type Recorded,
  type Securable,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { observabilitySchema } from '../groups/group-views.ts';

export interface NeedsRequest {
  readonly loaded: LoadedConfig;
  readonly desired: Pick<Desired, 'resources'>;
  readonly recorded: Recorded;
}

/**
 * What an apply needs of Unity Catalog, by what it would make (U137): monitors and their output schemas in both modes, and
 * in full mode also the schema of the views, and the metric tables below them.
 * https://github.com/databricks/databricks-sdk-py, `DataQualityAPI.create_monitor`
 */
export function needsOf({ loaded, desired, recorded }: NeedsRequest): readonly Need[] {
  const monitors = desired.resources.filter(({ address }) => kindOf(address) === 'monitor');
  const schemas = desired.resources.filter(({ address }) => kindOf(address) === 'schema').map(({ address }) => address);
  const inFull = loaded.config.mode === 'bulk_provision_only' ? [] : [...viewNeeds(loaded), ...metricNeeds(recorded)];
  return withParents([
    ...monitors.map(({ address }): Need => monitored(nameOf(address))),
    ...monitors.flatMap(({ spec }) => baselineNeeds(spec['baseline_table_name'])),
    ...schemas.map((address): Need => output(nameOf(address), 'metric tables go there')),
    ...inFull,
  ]);
}

/**
 * What dpo made and may have to alter: only its owner can (corrections, 2). Schemas are altered for an `owner` alone; bulk
 * mode has no views.
 */
export function ownershipNeedsOf({
  loaded,
  recorded,
}: Pick<NeedsRequest, 'loaded' | 'recorded'>): readonly OwnershipNeed[] {
  const named = (kind: 'view' | 'schema'): readonly string[] =>
    [...recorded.resources.keys()].filter((address: Address) => kindOf(address) === kind).map(nameOf);
  const views = loaded.config.mode === 'bulk_provision_only' ? [] : named('view');
  const schemas = typeof loaded.config.owner === 'string' ? named('schema') : [];
  return [
    ...views.map((name): OwnershipNeed => ({
      securable: { type: 'table', name },
      type: 'view',
      purpose: 'its query changes with the tables of its group',
    })),
    ...schemas.map((name): OwnershipNeed => ({
      securable: { type: 'schema', name },
      type: 'schema',
      purpose: "it is handed to 'owner'",
    })),
  ];
}

function monitored(name: string): Need {
  return { securable: table(name), privileges: ['SELECT', 'MANAGE'], purpose: 'is profiled' };
}

function output(name: string, purpose: string): Need {
  return { securable: { type: 'schema', name }, privileges: ['USE_SCHEMA', 'CREATE_TABLE'], purpose, makes: true };
}

function viewNeeds(loaded: LoadedConfig): readonly Need[] {
  return [output(observabilitySchema(loaded), 'unified views go there')];
}

/** Metric tables belong to whoever made the monitor; views over them need SELECT (W023). */
function metricNeeds({ resources }: Recorded): readonly Need[] {
  return [...resources.values()].flatMap(({ out }) =>
    ['profile_metrics_table_name', 'drift_metrics_table_name'].flatMap((key): Need[] => {
      const name = out[key];
      if (typeof name !== 'string' || name === '') return [];
      return [{ securable: table(name), privileges: ['SELECT'], purpose: 'unified views read it', optional: true }];
    }),
  );
}

function baselineNeeds(name: unknown): readonly Need[] {
  if (typeof name !== 'string') return [];
  return [{ securable: table(name), privileges: ['SELECT'], purpose: 'is a baseline' }];
}

function table(name: string): Securable {
  return { type: 'table', name: name.toLowerCase() };
}

/** Nothing counts without USE on what is above. */
function withParents(needs: readonly Need[]): readonly Need[] {
  const above = needs.flatMap(({ securable, makes, optional }): Need[] => {
    const [catalog = '', schema = ''] = securable.name.split('.');
    const maybe = optional === true ? { optional } : {};
    const inCatalog: Need = {
      ...maybe,
      securable: { type: 'catalog', name: catalog },
      privileges: ['USE_CATALOG'],
      purpose: 'holds what is used',
    };
    if (securable.type !== 'table' || makes === true) return [inCatalog];
    const inSchema: Need = {
      ...maybe,
      securable: { type: 'schema', name: `${catalog}.${schema}` },
      privileges: ['USE_SCHEMA'],
      purpose: 'holds what is used',
    };
    return [inCatalog, inSchema];
  });
  return [...above, ...needs].toSorted((a, b) => depth(a) - depth(b));
}

function depth({ securable }: Need): number {
  return securable.name.split('.').length;
}
