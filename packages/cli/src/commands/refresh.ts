import { Args, Flags } from '@oclif/core';
import { DpoError, nameOf, type Address, type RecordedResource } from '@dpo/core';
import { createRefresh, getRefresh, type Refresh as MonitorRefresh } from '@dpo/databricks';
import { renderTable } from '@dpo/render';
import { BaseCommand, exits, type Payload } from '../base-command.ts';
import { systemClock } from '../clock.ts';
import { projectFlags, workspaceFlags } from '../flags.ts';
import { openProject } from '../project.ts';
import { openSession, type Session } from '../session.ts';
import { listenToSignals } from '../signals.ts';

/** Time between two looks at a running refresh. */
const pollMs = { local: 200, real: 10_000 };

export default class Refresh extends BaseCommand {
  static override summary = 'Compute the metrics of managed monitors now';
  static override description =
    'Starts a refresh of every monitor in the state, or of the named tables. With --wait it ends when all have ended; exit status 3 if one failed.';
  static override examples = ['<%= config.bin %> refresh --wait', '<%= config.bin %> refresh prod.ml.churn'];
  static override strict = false;
  static override args = { table: Args.string({ description: 'tables, with three parts' }) };
  static override flags = {
    ...projectFlags,
    ...workspaceFlags,
    wait: Flags.boolean({ description: 'wait until all have ended' }),
  };

  async run(): Promise<Payload> {
    const { argv, flags } = await this.parse(Refresh);
    const shared = { flags, version: this.config.version, environment: process.env, directory: process.cwd() };
    const project = await openProject(shared);
    this.configFile = project.loaded.file;
    const recorded = await project.store.read();
    const monitors = chosen(recorded.resources, argv.map(String), project.store.location);
    const signals = listenToSignals(() => this.say('stopping: refreshes that have started go on'));
    const session = await openSession({ ...shared, project });
    try {
      let refreshes = await startAll(session, monitors, signals.stop);
      while (flags.wait && refreshes.some((entry) => running(entry.refresh))) {
        await systemClock.sleep(project.local ? pollMs.local : pollMs.real, signals.stop);
        refreshes = await pollAll(session, refreshes, signals.stop);
      }
      const rows = refreshes.map(({ table, refresh }) => [
        table,
        stateOf(refresh),
        secondsOf(refresh),
        refresh.message ?? '',
      ]);
      this.show(renderTable(['table', 'state', 'seconds', 'message'], rows, this.out));
      if (refreshes.some(({ refresh }) => !running(refresh) && stateOf(refresh) !== 'SUCCESS'))
        this.leave(exits.failed);
      return {
        refreshes: refreshes.map(({ table, refresh }) => ({
          table,
          refresh_id: refresh.refreshId,
          state: stateOf(refresh),
          message: refresh.message ?? null,
        })),
      };
    } finally {
      signals.release();
      await session.close();
    }
  }
}

interface TableRefresh {
  readonly table: string;
  readonly tableId: string;
  readonly refresh: MonitorRefresh;
}

function chosen(
  resources: ReadonlyMap<Address, RecordedResource>,
  names: readonly string[],
  location: string,
): ReadonlyMap<string, string> {
  const monitors = new Map(
    [...resources]
      .filter(([address]) => address.startsWith('monitor:'))
      .map(([address, entry]) => [nameOf(address), entry.id]),
  );
  if (names.length === 0) return monitors;
  const unknown = names.filter((name) => !monitors.has(name.toLowerCase()));
  if (unknown.length > 0) {
    throw new DpoError(
      unknown.map((name) => ({
        code: 'STATE.UNKNOWN_TABLE',
        severity: 'error',
        message: `no monitor of '${name}' is managed here`,
        hint: `managed, says ${location}: ${[...monitors.keys()].slice(0, 5).join(', ') || 'none'}`,
      })),
    );
  }
  return new Map(names.map((name) => [name.toLowerCase(), monitors.get(name.toLowerCase()) ?? '']));
}

async function startAll(
  session: Session,
  monitors: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<readonly TableRefresh[]> {
  const start = async ([table, tableId]: readonly [string, string]): Promise<TableRefresh> => ({
    table,
    tableId,
    refresh: await createRefresh(session.client, tableId, signal),
  });
  return Promise.all([...monitors].map((monitor) => session.reads(() => start(monitor))));
}

async function pollAll(
  session: Session,
  refreshes: readonly TableRefresh[],
  signal: AbortSignal,
): Promise<readonly TableRefresh[]> {
  const look = async (entry: TableRefresh): Promise<TableRefresh> => {
    if (!running(entry.refresh)) return entry;
    const { refreshId } = entry.refresh;
    return { ...entry, refresh: await getRefresh(session.client, { tableId: entry.tableId, refreshId }, signal) };
  };
  return Promise.all(refreshes.map((entry) => session.reads(() => look(entry))));
}

function stateOf(refresh: MonitorRefresh): string {
  return refresh.state.replace(/^MONITOR_REFRESH_STATE_/u, '');
}

function running(refresh: MonitorRefresh): boolean {
  return ['PENDING', 'RUNNING'].includes(stateOf(refresh));
}

function secondsOf({ startedAt, endedAt }: MonitorRefresh): string {
  return startedAt === undefined || endedAt === undefined ? '' : ((endedAt - startedAt) / 1000).toFixed(1);
}
