import {
  addressOf,
  ref,
  type CatalogTable,
  type DesiredResource,
  type Json,
  type JsonObject,
  type Owner,
  type Place,
  type Problem,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { bareColumn, findColumn, missingColumn, sliceOf } from './columns.ts';
import { customMetricsPart } from './custom-metrics.ts';
import type { Development } from './development.ts';
import { factsOf } from './facts.ts';
import { inferencePart, timeSeriesPart, type PartRequest, type ProfilePart } from './monitor-columns.ts';
import { protectionOf } from './protection.ts';
import { ownerFolder } from './owner-folder.ts';
import type { Setting } from './setting.ts';
import { outputCatalog } from './table-search.ts';
import { declared, type TableSource } from './table-source.ts';
import { tableSettings, type TableSettings } from './table-settings.ts';

export interface MonitorRequest {
  readonly loaded: LoadedConfig;
  readonly source: TableSource;
  readonly table: CatalogTable;
  readonly owner: Owner;
  readonly warehouseId: string | undefined;
  /** Functions that do not exist, in lower case, of those that `functionsToRead` names. */
  readonly absentFunctions?: ReadonlySet<string>;
  readonly development?: Development;
}

export interface MonitorDesire {
  /** Undefined when a problem of severity error was found. */
  readonly resource: DesiredResource | undefined;
  /** `catalog.schema` for the metric tables. */
  readonly outputSchema: { readonly name: string; readonly place: Place };
  /** What the spec was made from. */
  readonly settings: TableSettings;
  /** It has a schedule, which this target leaves out. */
  readonly unscheduled: boolean;
  readonly baseline: { readonly name: string; readonly place: Place } | undefined;
  readonly problems: readonly Problem[];
}

/** Everything that one table asks for: its monitor in the terms of `core/kinds/monitor.ts`, or every reason why not. */
export function desireMonitor(request: MonitorRequest): MonitorDesire {
  const { loaded, source, table } = request;
  const settings = tableSettings(loaded, source, table);
  const { place } = source;
  const profile = profilePart(settings, { table, settings, place });
  const slices = slicingPart(table, settings);
  const metrics = customMetricsPart({ loaded, table, settings, absentFunctions: request.absentFunctions });
  const schemaSetting = settings.text('output_schema_name') ?? { value: 'monitoring_results', place };
  const schema = `${outputCatalog(loaded)}.${schemaSetting.value}`.toLowerCase();
  const baseline = settings.text('baseline_table_name');
  const problems = [...settings.problems, ...profile.problems, ...slices.problems, ...metrics.problems];
  const isScheduled = (settings.get('schedule')?.value ?? null) !== null;
  const unscheduled = isScheduled && request.development !== undefined;
  const general = generalPart(settings, unscheduled);
  const assets = assetsDirectory(request);
  const dashboard = settings.get('create_builtin_dashboard');
  const spec: JsonObject = {
    object_id: table.tableId,
    profile_type: settings.text('profile_type')?.value ?? 'INFERENCE',
    output_schema_id: ref(addressOf('schema', schema), 'schema_id'),
    assets_dir: assets,
    skip_builtin_dashboard: dashboard?.value === false,
    ...(request.warehouseId === undefined ? {} : { warehouse_id: request.warehouseId }),
    ...profile.spec,
    ...slices.spec,
    ...metrics.spec,
    ...general.spec,
    ...(baseline === undefined ? {} : { baseline_table_name: baseline.value.toLowerCase() }),
  };
  const origins: Record<string, Place> = {
    profile_type: settings.text('profile_type')?.place ?? place,
    output_schema_id: schemaSetting.place,
    skip_builtin_dashboard: dashboard?.place ?? place,
    ...profile.origins,
    ...slices.origins,
    ...metrics.origins,
    ...general.origins,
    ...(baseline === undefined ? {} : { baseline_table_name: baseline.place }),
  };
  const adopt = declared(loaded, source, 'adopt')?.value === true;
  const resource: DesiredResource = {
    address: addressOf('monitor', table.fullName),
    spec,
    place,
    origins,
    facts: factsOf({ loaded, source, table, settings }),
    ...(adopt ? { adopt } : {}),
    ...protectionOf(loaded, source, 'monitor'),
    ...(profile.notes.length === 0 ? {} : { notes: profile.notes }),
  };
  return {
    resource: problems.some((problem) => problem.severity === 'error') ? undefined : resource,
    settings,
    unscheduled,
    outputSchema: { name: schema, place: schemaSetting.place },
    baseline: baseline === undefined ? undefined : { name: baseline.value, place: baseline.place },
    problems,
  };
}

function profilePart(settings: TableSettings, request: PartRequest): ProfilePart {
  const type = settings.text('profile_type')?.value;
  if (type === 'SNAPSHOT') return { spec: {}, origins: {}, problems: [], notes: [] };
  return type === 'TIMESERIES' ? timeSeriesPart(request) : inferencePart(request);
}

/** A column is sent as the catalog spells it, a missing one is left out (U063); an expression is the service's to judge. */
function slicingPart(table: CatalogTable, settings: TableSettings): Pick<ProfilePart, 'spec' | 'origins' | 'problems'> {
  const setting = settings.texts('slicing_exprs');
  const slices = new Set<string>();
  const problems: Problem[] = [];
  for (const slice of setting?.value ?? []) {
    const name = bareColumn(slice);
    const column = name === undefined ? undefined : findColumn(table, name);
    if (name === undefined) slices.add(slice);
    else if (column !== undefined) slices.add(sliceOf(column));
    else if (setting !== undefined) problems.push(missingSlice(table, { ...setting, value: name }));
  }
  if (setting === undefined || slices.size === 0) return { spec: {}, origins: {}, problems };
  return { spec: { slicing_exprs: [...slices] }, origins: { slicing_exprs: setting.place }, problems };
}

function missingSlice(table: CatalogTable, setting: Setting<string>): Problem {
  return { ...missingColumn(table, setting), severity: 'warning', hint: 'the profile is made without this slice' };
}

/** Schedule and failure notices. */
function generalPart(settings: TableSettings, unscheduled: boolean): Pick<ProfilePart, 'spec' | 'origins'> {
  const schedule = settings.get('schedule');
  const notices = settings.texts('failure_notifications');
  const spec: Record<string, Json> = {};
  const origins: Record<string, Place> = {};
  if (!unscheduled && schedule !== undefined && schedule.value !== null) {
    const { value } = schedule;
    const { cron, timezone } =
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as JsonObject)
        : { cron: value, timezone: undefined };
    spec['schedule'] = { quartz_cron_expression: cron ?? '', timezone_id: timezone ?? 'UTC' };
    origins['schedule'] = schedule.place;
  }
  if (notices !== undefined && notices.value.length > 0) {
    spec['notification_settings'] = { on_failure: { email_addresses: notices.value } };
    origins['notification_settings'] = notices.place;
  }
  return { spec, origins };
}

/** Unlike for every table (U069). */
function assetsDirectory({ loaded, owner, table }: MonitorRequest): string {
  const folder = table.fullName
    .toLowerCase()
    .replace(/[^A-Za-z0-9._-]/gu, (character) => encodeURIComponent(character));
  return `${ownerFolder(loaded, owner)}/monitors/${folder}`;
}
