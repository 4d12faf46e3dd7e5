import {
  addressOf,
  refsIn,
  type Address,
  type Catalog,
  type CatalogFindings,
  type ColumnTags,
  type Desired,
  type DesiredResource,
  type Owner,
  type Place,
  type Problem,
  type Live,
  type RecordedResource,
  type Skip,
  type TargetIdentity,
  type ValueCounts,
} from '@dpo/core';
import { isBreach, type LoadedConfig } from '@dpo/config';
import { withAnomalies, type AnomalyKnowledge } from './anomaly/with-anomalies.ts';
import { keepByReference } from './by-reference.ts';
import { checkAlertWindow } from './alert-window.ts';
import { checkBaseline } from './baseline.ts';
import { concealed } from './concealed.ts';
import { unscheduled, type Development } from './development.ts';
import { unsupportedName, unsupportedType } from './eligible.ts';
import { withAccess } from './groups/with-access.ts';
import { withOwner } from './groups/with-owner.ts';
import { groupResources, type GroupDesire } from './groups/group-resources.ts';
import type { MonitoredTable } from './groups/monitored-table.ts';
import type { Destinations } from './groups/recipients.ts';
import { metricTables } from './metric-tables.ts';
import { withinLimit } from './monitor-limit.ts';
import { liveLint, type LintedTable } from './live-lint.ts';
import { desireMonitor } from './monitor-spec.ts';
import { policyProblems, type ResolvedTable } from './policy.ts';
import { nothingTagged, unmatchedPatterns } from './fruitless-search.ts';
import { readOnlyScope, readOnlySkip } from './read-only.ts';
import { readOnlyTables } from './read-only-tables.ts';
import { shrunken } from './shrunken.ts';
import { uncounted, unseenTags } from './unknown-slices.ts';
import type { KnownSlices } from './slices.ts';
import { searchOf } from './table-search.ts';
import { declared, listedKeys, patternKeys, tiesOf, type TableSource } from './table-source.ts';
import { listedTables, wantedTables } from './wanted-tables.ts';

export interface DesireRequest {
  readonly loaded: LoadedConfig;
  /** A finding for each table and each baseline that `tablesToRead` names, and for each that `found` names. */
  readonly findings: CatalogFindings;
  /** What `searchOf` found, and where; nothing unless given. */
  readonly found?: Catalog['found'];
  readonly catalogs?: Catalog['catalogs'];
  /** Full names of the tables that the state has a monitor of → the ids that the tables had. */
  readonly managed?: ReadonlyMap<string, string>;
  /** What the state has; nothing unless given. */
  readonly recorded?: ReadonlyMap<Address, RecordedResource>;
  /** Notification destinations of the workspace; none unless given. */
  readonly destinations?: Destinations;
  /** Origin of the workspace, for links; missing where people cannot open it. */
  readonly host?: string | undefined;
  /** Deletes were allowed by name: a search that finds less is believed (W020). */
  readonly allowShrink?: boolean;
  readonly owner: Owner;
  readonly target: TargetIdentity;
  readonly warehouseId: string | undefined;
  /** Who applies: an address, or the application id of a service principal. */
  readonly runner?: string | undefined;
  /** Functions that do not exist, in lower case, of those that `functionsToRead` names. */
  readonly absentFunctions?: ReadonlySet<string>;
  /** What the state remembers of the slices, by full name of the table in lower case. */
  readonly knownSlices?: ReadonlyMap<string, KnownSlices>;
  /** What `questionsOf` asked for; missing: it could not be had, for want of a warehouse. */
  readonly counted?: ValueCounts;
  readonly columnTags?: ColumnTags;
  /** What was read for `anomaly_detection`. */
  readonly anomalies?: AnomalyKnowledge;
  /** Monitors that this target only reads, as `readOnlyLookups` finds them. */
  readonly existing?: Live;
  /** Of a development target. */
  readonly development?: Development;
}

/** Codes of warnings of the file that tags may settle. */
const settledHere: ReadonlySet<string> = new Set(['CONFIG.INCOMPLETE', 'CONFIG.METRIC_COLUMN']);

/** Full names, in lower case, of every table that `desire` needs a finding of, beside those that are found. */
export function tablesToRead(loaded: LoadedConfig): readonly string[] {
  const tables = listedTables(loaded);
  const patterns = patternKeys(loaded).map((key) => ({ keys: [key] }));
  const baselines = [...tables.map(({ source }) => source), ...patterns].flatMap((source) => {
    const value = declared(loaded, source, 'baseline_table_name')?.value;
    return typeof value === 'string' ? [value] : [];
  });
  return [...new Set([...tables.map(({ key }) => key), ...baselines].map((name) => name.toLowerCase()))];
}

/**
 * The wanted world from config and catalog. A listed table that is faulty is an error, a found one is skipped, unless
 * `on_invalid_table` says otherwise for both (C12); what is managed of it stays as it is either way.
 */
export function desire(request: DesireRequest): Desired {
  const { loaded, findings, found = [] } = request;
  const world = new World(request);
  for (const { key, source, finding } of wantedTables(loaded, { found, findings })) world.add(key, source, finding);
  world.settleMissing();
  return concealed(loaded, withAnomalies(world.done(), request));
}

class World {
  readonly #request: DesireRequest;
  readonly #monitored: MonitoredTable[] = [];
  readonly #schemas = new Map<string, Place>();
  readonly #problems: Problem[];
  readonly #ties = new Map<string, Problem>();
  readonly #resolved: ResolvedTable[] = [];
  readonly #skipped: Skip[] = [];
  readonly #undecided: { address: Address; problem: Problem }[] = [];
  readonly #outputs = metricTables();
  readonly #linted: LintedTable[] = [];
  readonly #uncounted: string[] = [];
  readonly #isNew = eachOnce();
  readonly #isReadOnly: (table: string) => boolean;
  readonly #kept: (resource: DesiredResource) => DesiredResource;
  #withoutSchedule = 0;

  constructor(request: DesireRequest) {
    this.#request = request;
    this.#kept = keepByReference(request.loaded);
    this.#isReadOnly = readOnlyScope(request.loaded);
    // What a file leaves open is settled here: by a tag, or with an error of its own. So are the rules of the policy.
    this.#problems = request.loaded.problems.filter(({ code }) => !settledHere.has(code) && !isBreach(code));
  }

  add(key: string, source: TableSource, finding: ReturnType<CatalogFindings['get']>): void {
    const address = addressOf('monitor', key);
    for (const tie of tiesOf(this.#request.loaded, source)) this.#ties.set(tie.message, tie);
    if (finding !== undefined && finding.status !== 'absent' && this.#isReadOnly(key)) {
      this.#skipped.push({ address, ...readOnlySkip(address, this.#request.existing), place: source.place });
      return undefined;
    }
    // What is found and then left out is not judged.
    if (source.how === 'listed' && finding?.status !== 'present') this.#resolved.push({ key, source });
    if (finding === undefined) return this.#refuse(address, source, [unsupportedName(key, source.place)]);
    if (finding.status === 'unreadable') {
      this.#undecided.push({ address, problem: finding.problem });
      return undefined;
    }
    if (finding.status === 'absent') return this.#refuse(address, source, [tableNotFound(key, source)]);
    const unsupported = unsupportedType(finding.table, source);
    if (unsupported !== undefined) return this.#refuse(address, source, [unsupported]);
    const { table } = finding;
    const wish = desireMonitor({ ...this.#request, source, table });
    const spec = wish.resource?.spec;
    if (source.how === 'listed' || spec !== undefined) {
      this.#resolved.push({ key, source, table, spec, slices: wish.slices, outputSchema: wish.outputSchema.name });
    }
    const faults = [
      ...wish.problems,
      ...checkAlertWindow(this.#request.loaded, wish.settings, table),
      ...checkBaseline(wish, table, this.#request.findings),
    ];
    const faulty = wish.resource === undefined || faults.some((problem) => problem.severity === 'error');
    // Only what will be there can be in the way of another table.
    const found = faulty && source.how === 'found' ? faults : [...faults, ...this.#outputs.check(key, wish)];
    if (wish.resource === undefined || found.some((problem) => problem.severity === 'error')) {
      return this.#refuse(address, source, found);
    }
    this.#problems.push(...found);
    const monitor: DesiredResource = {
      ...this.#kept(wish.resource),
      ...(this.#fateOf(source) === 'skip' ? { lenient: true } : {}),
    };
    this.#monitored.push({ monitor, table, source, settings: wish.settings });
    if (wish.unscheduled) this.#withoutSchedule += 1;
    this.#linted.push({ how: source.how, table, resource: wish.resource, withoutSchedule: wish.withoutSchedule });
    if (wish.uncounted.length > 0) this.#uncounted.push(table.fullName.toLowerCase());
    const { name, place } = wish.outputSchema;
    if (!this.#schemas.has(name)) this.#schemas.set(name, place);
    return undefined;
  }

  #fateOf({ how }: TableSource): 'error' | 'skip' {
    return this.#request.loaded.config.on_invalid_table ?? (how === 'listed' ? 'error' : 'skip');
  }

  #refuse(address: Address, source: TableSource, found: readonly Problem[]): void {
    const first = found.find((problem) => problem.severity === 'error');
    if (first === undefined) return;
    if (this.#fateOf(source) === 'skip') {
      const place = first.place === undefined ? {} : { place: first.place };
      this.#skipped.push({ address, code: first.code, reason: first.message, ...place });
      this.#problems.push(...found.filter((problem) => problem.severity !== 'error'));
      return;
    }
    this.#problems.push(...found.filter(this.#isNew).map((problem) => ({ ...problem, address })));
    this.#undecided.push({ address, problem: first });
  }

  /** What is managed and neither listed nor found: to be deleted, unless a read may have lost it. */
  settleMissing(): void {
    const { loaded, findings, found = [], catalogs = [], managed, allowShrink = false } = this.#request;
    const search = searchOf(loaded);
    if (search === undefined) return;
    this.#problems.push(...unmatchedPatterns(loaded, found), ...nothingTagged(loaded, found));
    const known = new Set([...listedKeys(loaded).map((key) => key.toLowerCase()), ...found.map(({ name }) => name)]);
    const missing = [...(managed?.keys() ?? [])].filter((name) => !known.has(name));
    const catalog = { findings, found, catalogs };
    const { undecided, problems } = shrunken({ search, catalog, missing, allowed: allowShrink });
    this.#undecided.push(...undecided);
    this.#problems.push(...problems);
  }

  #lint(): readonly Problem[] {
    const { loaded, managed, development } = this.#request;
    return liveLint({ loaded, tables: this.#linted, managed, development: development !== undefined });
  }

  done(): Desired {
    const { owner, target, loaded, managed } = this.#request;
    const monitors = this.#monitored.map(({ monitor }) => monitor);
    const limited = withinLimit({ loaded, monitors, managed });
    const needed = new Set(limited.monitors.flatMap(({ spec }) => refsIn(spec).map((reference) => reference.$ref)));
    const schemas = [...this.#schemas]
      .map(([name, place]): DesiredResource => ({
        address: addressOf('schema', name),
        spec: { name },
        place,
        origins: {},
      }))
      .filter(({ address }) => needed.has(address));
    const skipped = [...this.#skipped, ...limited.skipped];
    const groups = this.#groups(new Set(limited.monitors.map(({ address }) => address)), skipped);
    const own = new Set(schemas.map(({ address }) => address));
    return {
      owner,
      target,
      resources: [
        ...withAccess(limited.monitors, loaded),
        ...withAccess(
          withOwner([...schemas, ...groups.resources.filter(({ address }) => !own.has(address))], loaded),
          loaded,
        ).map(this.#kept),
      ],
      skipped: [...skipped, ...groups.skipped],
      undecided: this.#undecided,
      problems: [
        ...this.#problems,
        ...this.#ties.values(),
        ...policyProblems({ loaded, resolved: this.#resolved, columnTags: this.#request.columnTags }),
        ...uncounted(this.#request, this.#uncounted),
        ...unseenTags(this.#request, this.#resolved),
        ...this.#lint(),
        ...limited.problems,
        ...groups.problems,
        ...unscheduled(loaded, this.#withoutSchedule),
      ],
    };
  }

  #groups(within: ReadonlySet<Address>, skipped: readonly Skip[]): GroupDesire {
    const { recorded = new Map(), destinations = new Map(), host, development } = this.#request;
    const read = readOnlyTables(this.#request);
    const isRead = new Set(read.map(({ monitor }) => monitor.address));
    const stay = [...skipped, ...this.#undecided].map(({ address }) => address);
    return groupResources({
      ...this.#request,
      recorded,
      destinations,
      host,
      development,
      tables: [...this.#monitored.filter(({ monitor }) => within.has(monitor.address)), ...read],
      stay: new Set(stay.filter((address) => !isRead.has(address))),
    });
  }
}

/** What is wrong with the defaults is wrong for every table. */
function eachOnce(): (problem: Problem) => boolean {
  const told = new Set<string>();
  return ({ code, message, place }) => {
    const key = JSON.stringify([code, message, place]);
    return !told.has(key) && told.add(key).has(key);
  };
}

function tableNotFound(key: string, { how, place }: TableSource): Problem {
  const found = how === 'found';
  return {
    code: 'CATALOG.TABLE_NOT_FOUND',
    severity: 'error',
    message: found
      ? `table '${key}' is gone since it was found, or this identity may not see it`
      : `table '${key}' does not exist, or this identity may not see it`,
    hint: found
      ? 'plan again'
      : 'check the name, or grant BROWSE or SELECT on it; enabled: false takes it out of the plan',
    place,
  };
}
