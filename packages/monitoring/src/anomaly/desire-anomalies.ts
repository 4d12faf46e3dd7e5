import {
  addressOf,
  isSearchedSchema,
  matchesGlob,
  type Address,
  type CatalogSchemas,
  type CatalogTable,
  type DesiredResource,
  type KnownRecipients,
  type Problem,
  type Skip,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { isMetricTable, isWrittenTo } from '../own-outputs.ts';
import { readOnlyReason, readOnlyScope } from '../read-only.ts';
import { schemaFilters } from '../table-search.ts';
import { toldOf } from './anomaly-recipients.ts';
import { isGlob, watchedKeys, watchedSettings, watchedTies, type WatchedSettings } from './watched-settings.ts';

export interface AnomalyRequest {
  readonly loaded: LoadedConfig;
  readonly schemas: CatalogSchemas;
  readonly recipients: KnownRecipients;
  /** Of found tables, which may name a schema for outputs. */
  readonly tags: readonly Pick<CatalogTable, 'tags'>[];
  /** Full names of the schemas that the state watches. */
  readonly managed: readonly string[];
  /** Deletes were allowed by name: a list that shows less is believed (W020). */
  readonly allowShrink: boolean;
}

export interface DesiredAnomalies {
  readonly resources: readonly DesiredResource[];
  readonly skipped: readonly Skip[];
  readonly undecided: readonly { readonly address: Address; readonly problem: Problem }[];
  readonly problems: readonly Problem[];
}

/** Schemas (`catalog.schema`) whose tables have to be known: an exclusion is a glob, or they may hold our outputs only. */
export function schemasToLookInto(
  loaded: LoadedConfig,
  listed: readonly string[],
  tags: readonly Pick<CatalogTable, 'tags'>[],
): readonly string[] {
  const ours = isWrittenTo(loaded, tags);
  return listed.filter((name) => {
    const watched = watchedOf(loaded, name);
    if (watched === undefined || watched.value('enabled')?.value === false) return false;
    return ours(name) || exclusionsOf(watched).some(isGlob);
  });
}

/**
 * Anomaly detection on the schemas that the config asks for (W010). What is managed and cannot be read, or is not listed any
 * more although it is there, stays as it is. Schemas that hold our outputs only are never watched.
 */
export function desireAnomalies(request: AnomalyRequest): DesiredAnomalies {
  const { loaded, schemas, tags } = request;
  const ours = isWrittenTo(loaded, tags);
  const isReadOnly = readOnlyScope(loaded);
  const resources: DesiredResource[] = [];
  const skipped: Skip[] = [];
  const undecided: { address: Address; problem: Problem }[] = [];
  const problems = new Map<string, Problem>();
  for (const [name, id] of schemas.listed) {
    const watched = watchedOf(loaded, name);
    if (watched === undefined || watched.value('enabled')?.value === false) continue;
    const address = addressOf('anomaly', name);
    const place = loaded.keyPlaceOf(['anomaly_detection', watched.keys[0] ?? '']);
    if (isReadOnly(name)) {
      skipped.push({ address, ...readOnlyReason, place });
      continue;
    }
    const tables = schemas.tables.get(name) ?? [];
    if (!isList(tables)) {
      undecided.push({ address, problem: { ...tables, address } });
      continue;
    }
    if (ours(name) && holdsOutputsOnly(loaded, name, tables)) continue;
    const told = toldOf(loaded, watched, request.recipients);
    const found = [...watchedTies(loaded, watched), ...told.problems];
    for (const problem of found) problems.set(JSON.stringify([problem.message, problem.place]), problem);
    const fault = found.find(({ severity }) => severity === 'error');
    if (fault !== undefined) undecided.push({ address, problem: fault });
    else resources.push(resourceOf({ name, id, watched, tables, settings: told.settings, place }));
  }
  undecided.push(...doubtful(request));
  return {
    resources,
    skipped,
    undecided,
    problems: [...problems.values(), ...unmatched(request)],
  };
}

/** What is said about a schema; a glob is held to the schema filters of discovery, as patterns of tables are. */
function watchedOf(loaded: LoadedConfig, name: string): WatchedSettings | undefined {
  const schema = name.slice(name.indexOf('.') + 1);
  if (schema === 'information_schema') return undefined;
  const watched = watchedSettings(loaded, schema);
  if (watched === undefined || watched.isNamed) return watched;
  return isSearchedSchema(schemaFilters(loaded), schema) ? watched : undefined;
}

function isList(tables: readonly string[] | Problem): tables is readonly string[] {
  return Array.isArray(tables);
}

function holdsOutputsOnly({ config }: LoadedConfig, name: string, tables: readonly string[]): boolean {
  const views = (config.observability_schema ?? 'global_monitoring').toLowerCase();
  return name.slice(name.indexOf('.') + 1) === views || tables.every(isMetricTable);
}

function exclusionsOf(watched: WatchedSettings): readonly string[] {
  const value = watched.value('excluded_tables')?.value;
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}

interface Parts {
  readonly name: string;
  readonly id: string;
  readonly watched: WatchedSettings;
  readonly tables: readonly string[];
  readonly settings: DesiredResource['spec'] | undefined;
  readonly place: DesiredResource['place'];
}

function resourceOf({ name, id, watched, tables, settings, place }: Parts): DesiredResource {
  const excluded = exclusionsOf(watched).flatMap((text) =>
    isGlob(text) ? tables.filter((table) => matchesGlob(text, table)) : [text.toLowerCase()],
  );
  const names = [...new Set(excluded)].toSorted().map((table) => `${name}.${table}`);
  const from = (field: 'excluded_tables' | 'notifications') => watched.value(field)?.place ?? place;
  const protection = watched.value('prevent_destroy');
  return {
    address: addressOf('anomaly', name),
    spec: {
      object_id: id,
      ...(names.length === 0 ? {} : { excluded_table_full_names: names }),
      ...(settings === undefined ? {} : { notification_settings: settings }),
    },
    place,
    origins: {
      ...(names.length === 0 ? {} : { excluded_table_full_names: from('excluded_tables') }),
      ...(settings === undefined ? {} : { notification_settings: from('notifications') }),
    },
    ...(watched.value('adopt')?.value === true ? { adopt: true } : {}),
    ...(watched.isNamed ? {} : { lenient: true as const }),
    ...(protection === undefined
      ? {}
      : { preventDestroy: { value: protection.value === true, place: protection.place } }),
    facts: { schema: name },
  };
}

/** Managed schemas that the config still asks for and no list names: only one that is gone for sure is let go of. */
function doubtful({ loaded, schemas, managed, allowShrink }: AnomalyRequest): DesiredAnomalies['undecided'] {
  return managed.flatMap((name) => {
    const missing = schemas.missing.get(name);
    const watched = watchedOf(loaded, name);
    if (missing === undefined || missing.status === 'absent' || watched === undefined) return [];
    const address = addressOf('anomaly', name);
    if (missing.status === 'unreadable') return [{ address, problem: missing.problem }];
    if (allowShrink || watched.value('enabled')?.value === false) return [];
    const message = `schema ${name} exists and is not listed any more: a grant on its catalog may be lost`;
    return [{ address, problem: { code: 'CATALOG.SHRUNKEN', severity: 'warning' as const, message } }];
  });
}

/** A pattern that is about no schema at all is most likely misspelt. */
function unmatched({ loaded, schemas, tags }: AnomalyRequest): readonly Problem[] {
  const ours = isWrittenTo(loaded, tags);
  const listed = [...schemas.listed.keys()];
  return watchedKeys(loaded).flatMap((key): readonly Problem[] => {
    const matching = listed.filter((name) => watchedOf(loaded, name)?.keys.includes(key) === true);
    const isOurs = (name: string): boolean => {
      const tables = schemas.tables.get(name);
      return ours(name) && tables !== undefined && isList(tables) && holdsOutputsOnly(loaded, name, tables);
    };
    if (matching.some((name) => !isOurs(name))) return [];
    const place = loaded.keyPlaceOf(['anomaly_detection', key]);
    const about =
      matching.length === 0
        ? {
            message: `no schema matches '${key}' of anomaly_detection`,
            hint: 'check the name, exclude_schemas of discovery, and the grants of this identity',
          }
        : {
            message: `'${key}' of anomaly_detection matches only schemas that hold nothing but outputs of dpo`,
            hint: 'take it out: such schemas are never watched',
          };
    return [{ code: 'CATALOG.PATTERN_UNMATCHED', severity: 'warning', ...about, place }];
  });
}
