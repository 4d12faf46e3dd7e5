import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { History } from './histories.ts';
import { runChild, type ChildJob, type ChildReport } from './run-child.ts';
import { createWorld, type World } from './world.ts';

/** Where a run is killed. `writes`: the request changes something, so the kill is in the middle of an operation. */
export type KillPoint =
  | {
      readonly at: 'request';
      readonly number: number;
      readonly phase: 'received' | 'handled' | 'answered';
      readonly writes: boolean;
    }
  | { readonly at: 'file'; readonly number: number; readonly phase: 'before' | 'half' | 'after' };

export interface PointResult {
  readonly point: KillPoint;
  /** False when the run ended before the point was reached. */
  readonly killed: boolean;
  /** What does not hold; empty is what we want. */
  readonly faults: readonly string[];
}

/** Requests that were in flight at a kill arrive this much later; shorter than the deadline, so inside the quiet period. */
const lateMs = 60;
const deadlineMs = 200;
/** An operation that purges has four requests in the place of one. */
const purgingDeadlineMs = 800;
/**
 * Of runs that nobody kills: nothing waits for it, and a busy machine must not look like a fault. Half a minute, since the
 * clock of the child runs a hundred times as fast.
 */
const patientMs = 3_000_000;

/** One history with its world, ready to be crashed at any point. */
export interface Harness {
  /** Every point of a run without a crash. */
  readonly points: readonly KillPoint[];
  crashAt(point: KillPoint): Promise<PointResult>;
  close(): Promise<void>;
}

export async function createHarness(history: History): Promise<Harness> {
  const world = await createWorld();
  const { workspace } = world;
  await makeStrangersMonitor(world);
  const stateFolder = join(world.directory, 'state');
  const state = join(stateFolder, 'crash.json');
  const job: Omit<ChildJob, 'config' | 'mode' | 'again'> = {
    state,
    url: workspace.url,
    token: workspace.token,
    warehouseId: workspace.warehouseId,
    // One at a time, so that the points of a run are the same every time.
    parallelism: 1,
    deadlineMs: patientMs,
  };
  const during: ChildJob = {
    ...job,
    config: world.configs[history.during.stage],
    mode: history.during.mode,
    purges: history.purges === true,
    again: false,
  };
  const doomed = { ...during, deadlineMs: history.purges === true ? purgingDeadlineMs : deadlineMs };

  for (const stage of history.before)
    await mustEnd({ ...job, config: world.configs[stage], mode: 'apply', again: false });
  const purged = history.purges === true ? await writeMetricTables(world) : [];
  const start = await workspace.snapshot();
  const saved = await readFolder(stateFolder);
  const stranger = await monitorOf(world, 'stranger');

  const reset = async (): Promise<void> => {
    await workspace.restore(start);
    await rm(stateFolder, { recursive: true, force: true });
    await mkdir(stateFolder, { recursive: true });
    for (const [name, text] of saved) await writeFile(join(stateFolder, name), text);
    workspace.clearRequests();
  };

  await reset();
  const clean = await mustEnd(during);
  const points = pointsOf(clean, workspace.requests());

  const crashAt = async (point: KillPoint): Promise<PointResult> => {
    await reset();
    const killed = await crash(world, doomed, point);
    world.listen(() => {});
    const end = await runChild({ ...during, again: true });
    const faults =
      end.status === 'ended'
        ? [
            ...faultsOfReport(end.report),
            ...(await faultsOfWorld(world, history)),
            ...(await faultsOfPurge(world, purged)),
            ...(await faultsOfState(state, history)),
          ]
        : [`the run after the crash ${end.status}: ${end.status === 'failed' ? end.stderr : ''}`];
    const same = JSON.stringify(await monitorOf(world, 'stranger')) === JSON.stringify(stranger);
    return { point, killed, faults: same ? faults : [...faults, "the stranger's monitor was changed"] };
  };
  return { points, crashAt, close: () => workspace.close() };
}

function pointsOf(clean: ChildReport, requests: readonly { readonly method: string }[]): readonly KillPoint[] {
  const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
  return [
    ...requests.flatMap(({ method }, index): KillPoint[] =>
      (['received', 'handled', 'answered'] as const).map((phase) => ({
        at: 'request',
        number: index + 1,
        phase,
        writes: method !== 'GET',
      })),
    ),
    ...numbers(clean.fileOperations).flatMap((number): KillPoint[] =>
      (['before', 'half', 'after'] as const).map((phase) => ({ at: 'file', number, phase })),
    ),
  ];
}

async function crash(world: World, during: ChildJob, point: KillPoint): Promise<boolean> {
  if (point.at === 'file') {
    const end = await runChild({ ...during, kill: { operation: point.number, phase: point.phase } });
    return end.status === 'killed';
  }
  let kill = (): void => {};
  let count = 0;
  world.listen(async ({ phase }) => {
    if (phase === 'received') count += 1;
    if (count !== point.number || phase !== point.phase) return;
    kill();
    if (phase === 'received') await new Promise((resolve) => setTimeout(resolve, lateMs));
  });
  const end = await runChild(during, (stop) => (kill = stop));
  return end.status === 'killed';
}

async function mustEnd(job: ChildJob): Promise<ChildReport> {
  const end = await runChild(job);
  if (end.status !== 'ended') throw new Error(`a run without a crash ${end.status}: ${JSON.stringify(end)}`);
  return end.report;
}

function faultsOfReport(report: ChildReport): readonly string[] {
  return [
    ...report.first.outcomes
      .filter(({ status }) => status !== 'done')
      .map((outcome) => `after the crash: ${JSON.stringify(outcome)}`),
    ...(report.second?.operations ?? []).map((operation) => `the plan after that is not empty: ${operation}`),
    ...(report.secondWrites === 0 ? [] : [`the apply of nothing sent ${String(report.secondWrites)} writes`]),
    ...(report.sameBytes ? [] : ['the apply of nothing changed the state']),
  ];
}

const tables = ['a', 'b', 'c', 'd'] as const;

async function faultsOfWorld(world: World, history: History): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const table of tables) {
    const there = (await monitorOf(world, table)) !== undefined;
    if (there !== history.expected.includes(table))
      faults.push(`${table} ${there ? 'has a monitor too many' : 'lost its monitor'}`);
  }
  const created = world.workspace
    .requests()
    .filter(
      ({ method, path, status }) => method === 'POST' && path === '/api/data-quality/v1/monitors' && status === 200,
    ).length;
  if (created !== history.creates)
    faults.push(`${String(created)} monitors were created instead of ${String(history.creates)}`);
  return faults;
}

/** A metric table, or a dashboard, by the path at which it can be read. */
type Purged = string;

const unity = '/api/2.1/unity-catalog';
/** Called like a metric table, and none: in another schema. */
const bystander = 'prod.ml.a_profile_metrics';

/** Both metric tables of the one monitor, as a refresh would write them. */
async function writeMetricTables(world: World): Promise<readonly Purged[]> {
  const metrics = ['a_profile_metrics', 'a_drift_metrics'];
  for (const name of [...metrics.map((table) => `prod.out.${table}`), bystander]) {
    const statement = `CREATE TABLE ${name} AS SELECT 1 AS id`;
    await call(world, '/api/2.0/sql/statements', { statement, warehouse_id: world.workspace.warehouseId });
  }
  const dashboard = await dashboardOf(world, 'a');
  const paths = [
    ...metrics.map((table) => `${unity}/tables/prod.out.${table}`),
    `/api/2.0/lakeview/dashboards/${dashboard}`,
    `${unity}/schemas/prod.out`,
  ];
  for (const path of paths)
    if ((await call(world, path)).status !== 200) throw new Error(`${path} is not there to be purged`);
  return paths;
}

async function dashboardOf(world: World, table: string): Promise<string> {
  const text = JSON.stringify(await monitorOf(world, table));
  const id = /"dashboard_id":"([^"]+)"/u.exec(text)?.[1];
  if (id === undefined) throw new Error(`no dashboard of ${table}`);
  return id;
}

async function faultsOfPurge(world: World, purged: readonly Purged[]): Promise<readonly string[]> {
  if (purged.length === 0) return [];
  const faults: string[] = [];
  for (const path of purged) {
    const { status, body } = await call(world, path);
    const trashed = JSON.stringify(body).includes('"lifecycle_state":"TRASHED"');
    if (status === 200 && !trashed) faults.push(`${path} was not purged`);
  }
  const spared = await call(world, `${unity}/tables/${bystander}`);
  return spared.status === 200 ? faults : [...faults, `${bystander} is gone`];
}

async function faultsOfState(path: string, history: History): Promise<readonly string[]> {
  const state: unknown = JSON.parse(await readFile(path, 'utf8'));
  const resources =
    typeof state === 'object' && state !== null && 'resources' in state ? Object.keys(state.resources as object) : [];
  const monitors = resources
    .filter((address) => address.startsWith('monitor:'))
    .map((address) => address.split('.').at(-1));
  const known = new Set(monitors);
  const same = monitors.length === history.expected.length && history.expected.every((table) => known.has(table));
  return same ? [] : [`the state knows ${monitors.join(', ')}, not ${history.expected.join(', ')}`];
}

async function readFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const entries = await Promise.all(
    names.map(async (name): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')]),
  );
  return new Map(entries);
}

async function call(world: World, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${world.workspace.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${world.workspace.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

async function idOf(world: World, path: string, key: string): Promise<string> {
  const { body } = await call(world, path);
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
  if (typeof value !== 'string') throw new Error(`no ${key} at ${path}`);
  return value;
}

async function monitorOf(world: World, table: string): Promise<unknown> {
  const id = await idOf(world, `/api/2.1/unity-catalog/tables/prod.ml.${table}`, 'table_id');
  const { status, body } = await call(world, `/api/data-quality/v1/monitors/table/${id}`);
  return status === 200 ? body : undefined;
}

export async function makeStrangersMonitor(world: World): Promise<void> {
  const schema = await idOf(world, '/api/2.1/unity-catalog/schemas/prod.theirs', 'schema_id');
  const table = await idOf(world, '/api/2.1/unity-catalog/tables/prod.ml.stranger', 'table_id');
  const config = { output_schema_id: schema, assets_dir: '/Workspace/Users/stranger/x', snapshot: {} };
  // Some behaviours want the folder to be there.
  await call(world, '/api/2.0/workspace/mkdirs', { path: config.assets_dir });
  const monitor = { object_type: 'table', object_id: table, data_profiling_config: config };
  const { status, body } = await call(world, '/api/data-quality/v1/monitors', monitor);
  if (status !== 200) throw new Error(`the stranger cannot have a monitor: ${JSON.stringify(body)}`);
}
