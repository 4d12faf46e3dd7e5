import {
  addressOf,
  isJsonObject,
  ref,
  type CatalogTable,
  type DesiredResource,
  type Json,
  type JsonObject,
  type Owner,
  type Place,
  type Problem,
  type ValueCounts,
} from '@dpo/core';
import type { LoadedConfig } from '@dpo/config';
import { customMetricsPart } from './custom-metrics.ts';
import type { Development } from './development.ts';
import { factsOf } from './facts.ts';
import { inferencePart, timeSeriesPart, type PartRequest, type ProfilePart } from './monitor-columns.ts';
import { protectionOf } from './protection.ts';
import { ownerFolder } from './owner-folder.ts';
import { servingPayload } from './serving-payload.ts';
import { sliceLimit, slicesOf, slicingPart, type KnownSlices, type Slice, type SlicingPart } from './slices.ts';
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
  /** What the state remembers of the slices, by full name of the table in lower case. */
  readonly knownSlices?: ReadonlyMap<string, KnownSlices>;
  /** What `questionsOf` asked to count; missing: nothing could be counted. */
  readonly counted?: ValueCounts;
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
  /** Of the profile, as the catalog spells it; undefined for a snapshot, and where it is faulty. */
  readonly timeColumn: string | undefined;
  /** Nobody said when it is refreshed, or that it is not. */
  readonly withoutSchedule: boolean;
  /** As they are asked for. */
  readonly slices: readonly Slice[];
  /** Columns that are slices although nobody could count their values. */
  readonly uncounted: readonly string[];
  readonly problems: readonly Problem[];
}

/** Everything that one table asks for: its monitor in the terms of `core/kinds/monitor.ts`, or every reason why not. */
export function desireMonitor(request: MonitorRequest): MonitorDesire {
  const { loaded, source, table } = request;
  const settings = tableSettings(loaded, source, table);
  const { place } = source;
  const profile = profilePart(settings, { table, settings, place });
  const slices = slicesFor(request, settings);
  const metrics = customMetricsPart({ loaded, table, settings, absentFunctions: request.absentFunctions });
  const schemaSetting = settings.text('output_schema_name') ?? { value: 'monitoring_results', place };
  const schema = `${outputCatalog(loaded)}.${schemaSetting.value}`.toLowerCase();
  const baseline = settings.text('baseline_table_name');
  const problems = [
    ...servingPayload(table, place),
    ...settings.problems,
    ...profile.problems,
    ...slices.problems,
    ...metrics.problems,
  ];
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
    ...(slices.decisions === undefined ? {} : { decisions: slices.decisions }),
  };
  return {
    resource: problems.some((problem) => problem.severity === 'error') ? undefined : resource,
    settings,
    unscheduled,
    uncounted: slices.uncounted,
    withoutSchedule: settings.get('schedule') === undefined,
    timeColumn: timeColumnOf(profile.spec),
    slices: slicesOf(table, settings),
    outputSchema: { name: schema, place: schemaSetting.place },
    baseline: baseline === undefined ? undefined : { name: baseline.value, place: baseline.place },
    problems,
  };
}

function slicesFor({ loaded, table, knownSlices, counted }: MonitorRequest, settings: TableSettings): SlicingPart {
  const known = knownSlices?.get(table.fullName.toLowerCase());
  return slicingPart({ table, settings, limit: sliceLimit(loaded), known, counted });
}

function timeColumnOf(spec: JsonObject): string | undefined {
  const [part] = Object.values(spec);
  const column = isJsonObject(part) ? part['timestamp_column'] : undefined;
  return typeof column === 'string' ? column : undefined;
}

function profilePart(settings: TableSettings, request: PartRequest): ProfilePart {
  const type = settings.text('profile_type')?.value;
  if (type === 'SNAPSHOT') return { spec: {}, origins: {}, problems: [], notes: [] };
  return type === 'TIMESERIES' ? timeSeriesPart(request) : inferencePart(request);
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
