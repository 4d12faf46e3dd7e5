import {
  inspectResource,
  isDpoError,
  kindOf,
  kinds,
  nameOf,
  pageOf,
  plan,
  withNeeds,
  type Address,
  type CatalogTable,
  type Emit,
  type Inspection,
  type Json,
  type JsonObject,
  type Live,
  type PlanInput,
  type Problem,
  type ReadContext,
  type Site,
} from '@dpo/core';
import { getPrimaryKey } from '@dpo/databricks';
import { observe, readWorld } from '@dpo/engine';
import { inspectTable, knownTables, linksOf, standingOf, type KnownTable, type Standing } from '@dpo/monitoring';
import { systemClock } from '../clock.ts';
import type { Project } from '../project.ts';
import type { Session } from '../session.ts';
import { findAddress, tableNamed, unknownAddress } from './find-address.ts';
import { readWanted, type Wanted } from './read-wanted.ts';

export interface InspectAddressRequest {
  /** An address or the name of a table, as people write it. */
  readonly text: string;
  readonly project: Project;
  readonly session: Session;
  readonly version: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface Inspected {
  readonly inspection: Inspection;
  /** What is wrong with this resource; what is wrong with others is for a plan to tell. */
  readonly problems: readonly Problem[];
}

/** Reads one resource and what it needs, no other; what it is wanted to be depends on config and catalog as in a plan. */
export async function inspectAddress(request: InspectAddressRequest): Promise<Inspected> {
  const { text, project, session, signal } = request;
  const context = session.context(signal);
  const table = tableNamed(text);
  const world = await readWanted({
    project,
    session,
    signal,
    scope: {},
    alsoRead: table === undefined ? [] : [table],
  });
  const tables = knownTables(project.loaded, world.catalog);
  const addresses = addressesIn(world, tables);
  const address = findAddress(text, addresses);
  const subject = subjectOf(address, { world, tables, known: addresses.includes(address) });
  const input = await readInput(subject, request, context);
  if (!subject.known && input.live.get(address)?.status !== 'present' && subject.catalogTable === undefined)
    unknownAddress(text, addresses);
  return assemble(subject, request, { input, keyColumns: await keyColumns(subject, session, signal) });
}

interface Subject {
  readonly address: Address;
  readonly world: Wanted;
  /** Config or state know it. */
  readonly known: boolean;
  readonly entry: KnownTable | undefined;
  readonly catalogTable: CatalogTable | undefined;
  readonly standing: Standing;
}

function subjectOf(
  address: Address,
  { world, tables, known }: { readonly world: Wanted; readonly tables: readonly KnownTable[]; readonly known: boolean },
): Subject {
  const name = nameOf(address);
  const isMonitor = kindOf(address) === 'monitor';
  const entry = isMonitor ? tables.find((table) => table.name === name) : undefined;
  const finding = isMonitor ? world.catalog.findings.get(name) : undefined;
  const standing = standingOf(world)(address);
  return {
    address,
    world,
    known: known || finding?.status === 'unreadable',
    entry,
    catalogTable: finding?.status === 'present' ? finding.table : undefined,
    standing: entry?.disabled === true ? { status: 'disabled' } : withFinding(standing, finding),
  };
}

/** A table that nobody asks for may be one that cannot be read. */
function withFinding(standing: Standing, finding: ReturnType<Wanted['catalog']['findings']['get']>): Standing {
  if (standing.status !== 'unmanaged' || finding?.status !== 'unreadable') return standing;
  return { status: 'unreadable', because: { code: finding.problem.code, reason: finding.problem.message } };
}

function addressesIn({ desired, recorded }: Wanted, tables: readonly KnownTable[]): readonly Address[] {
  const undecided = [...desired.skipped, ...desired.undecided].map(({ address }) => address);
  const wanted = desired.resources.map(({ address }) => address);
  const named = tables.map(({ name }): Address => `monitor:${name}`);
  return [...new Set([...wanted, ...recorded.resources.keys(), ...undecided, ...named])];
}

/** What a plan is made from, narrowed to the resource; what no plan would look at is read besides. */
async function readInput(
  { address, world, catalogTable }: Subject,
  { session, version, emit }: InspectAddressRequest,
  context: ReadContext,
): Promise<PlanInput> {
  const { providers } = session;
  const input = await readWorld({
    ...withNeeds(address, world),
    providers,
    context,
    clock: systemClock,
    emit,
    options: { mode: 'apply', version, consent: {}, environment: process.env },
  });
  if (input.live.has(address)) return input;
  const kind = kinds[kindOf(address)];
  const spec = catalogTable === undefined ? undefined : { object_id: catalogTable.tableId };
  const lookup = kind.lookup(address, spec, undefined);
  if (lookup.by === 'id' ? lookup.id === '' : lookup.name === '') return input;
  const seen: Live = await observe({ lookups: new Map([[address, lookup]]), providers, context, emit });
  return { ...input, live: new Map([...input.live, ...seen]) };
}

/** For information only: a table whose constraints cannot be read has none that we know of. */
async function keyColumns(
  { catalogTable }: Subject,
  { client }: Session,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (catalogTable === undefined) return [];
  try {
    return await getPrimaryKey(client, catalogTable.fullName, signal);
  } catch (error) {
    if (!isDpoError(error)) throw error;
    return [];
  }
}

function assemble(
  subject: Subject,
  { project, session }: InspectAddressRequest,
  { input, keyColumns: key }: { readonly input: PlanInput; readonly keyColumns: readonly string[] },
): Inspected {
  const { address, world, entry, catalogTable, standing } = subject;
  const { loaded, owner, development } = project;
  const made = plan(input);
  const outputs = outputsOf(address, input);
  const about =
    kindOf(address) === 'monitor'
      ? inspectTable({
          loaded,
          owner,
          warehouseId: session.warehouseId,
          knownSlices: new Map([...world.recorded.resources].map(([known, kept]) => [nameOf(known), kept])),
          ...(development === undefined ? {} : { development }),
          name: nameOf(address),
          known: entry,
          table: catalogTable,
          outputs,
          keyColumns: key,
        })
      : undefined;
  const { host, workspaceId } = session.target;
  const pages = host.startsWith('http') ? host : undefined;
  const inspection = inspectResource({
    address,
    ...standing,
    ...(entry === undefined ? {} : { from: entry.source.place }),
    ...(about === undefined ? {} : { table: about.table }),
    world,
    input,
    plan: made,
    notes: notesOf(subject),
    links:
      about === undefined
        ? ownPage(address, outputs['dashboard_id'], { host, workspace_id: workspaceId })
        : linksOf({ host: pages, workspaceId, table: about.table.name, outputs }),
  });
  const own = [...world.desired.problems, ...made.problems].filter((problem) => isAbout(problem, subject));
  return { inspection, problems: different([...own, ...(about?.problems ?? [])]) };
}

function ownPage(address: Address, id: Json | undefined, site: Site): Inspection['links'] {
  const url = pageOf(address, typeof id === 'string' ? id : undefined, site);
  return url === undefined ? [] : [{ title: 'dashboard', url }];
}

function notesOf({ standing, entry, catalogTable }: Subject): readonly string[] {
  const isStray = standing.status === 'unmanaged' && entry === undefined && catalogTable !== undefined;
  return isStray
    ? ['no entry and no pattern of monitored_tables and no tag that discovery looks for names this table']
    : [];
}

function outputsOf(address: Address, { live, recorded }: PlanInput): JsonObject {
  const seen = live.get(address);
  return seen?.status === 'present' ? seen.out : (recorded.resources.get(address)?.out ?? {});
}

/** By its address, or by its place: a tag of the table, or a setting of its own entry. */
function isAbout({ address, place }: Problem, subject: Subject): boolean {
  if (address !== undefined) return address === subject.address;
  if (subject.entry === undefined || place === undefined || 'default' in place) return false;
  const { name } = subject.entry;
  if ('tag' in place) return place.tag.toLowerCase().startsWith(`${name}#`);
  return place.path?.toLowerCase().startsWith(`monitored_tables.${name}.`) === true;
}

function different(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.code} ${problem.message}`, problem])).values()];
}
