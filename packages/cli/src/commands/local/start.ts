import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { fail } from '@dpo/core';
import { BaseCommand, type Payload } from '../../base-command.ts';
import { systemClock } from '../../clock.ts';
import { workspaceFlags } from '../../flags.ts';
import { localProblem } from '../../local-workspace.ts';
import { listenToSignals } from '../../signals.ts';

const startTimeoutMs = 60_000;

/** Said once the seed is loaded; the command that waits in another process looks for it. */
const ready = 'embedded workspace at';

export default class LocalStart extends BaseCommand {
  static override summary = 'Keep an embedded workspace running for other commands and clients';
  static override description =
    'A Databricks workspace in one process, on DuckDB, reachable from this machine only. Commands with --workspace local find it by its folder.';
  static override examples = [
    '<%= config.bin %> local start --seed workspace.yaml',
    '<%= config.bin %> local start --foreground --port 8080',
  ];
  static override flags = {
    'local-directory': workspaceFlags['local-directory'],
    seed: Flags.string({
      description: 'tables to load first; what is there already is left as it is',
      helpValue: 'FILE',
    }),
    port: Flags.integer({ description: 'port on 127.0.0.1; default a free one', helpValue: 'N' }),
    foreground: Flags.boolean({ description: 'stay here until interrupted' }),
  };

  async run(): Promise<Payload> {
    const { flags } = await this.parse(LocalStart);
    const directory = resolve(flags['local-directory']);
    const local = await import('@dpo/local-workspace');
    const running = await local.findLocalWorkspace(directory);
    if (running !== undefined) {
      this.log(`an embedded workspace is running already at ${running.url}`);
      return { url: running.url, started: false };
    }
    if (!flags.foreground) return this.#inBackground(directory, flags);
    const signals = listenToSignals(() => {});
    try {
      const workspace = await local.startLocalWorkspace({
        directory,
        ...(flags.port === undefined ? {} : { port: flags.port }),
      });
      if (flags.seed !== undefined) await workspace.seed(resolve(flags.seed));
      this.log(`${ready} ${workspace.url}`);
      await Promise.race([workspace.closed, once(signals.stop)]);
      await workspace.close();
      return { url: workspace.url, started: true };
    } catch (error) {
      throw localProblem(error, directory);
    } finally {
      signals.release();
    }
  }

  /** The same command in the foreground of a process of its own, with its output in a file. */
  async #inBackground(
    directory: string,
    flags: { readonly seed?: string | undefined; readonly port?: number | undefined },
  ): Promise<Payload> {
    await mkdir(directory, { recursive: true });
    const logFile = join(directory, 'server.log');
    const log = await open(logFile, 'w', 0o600);
    const more = [
      ...(flags.seed === undefined ? [] : ['--seed', resolve(flags.seed)]),
      ...(flags.port === undefined ? [] : ['--port', String(flags.port)]),
    ];
    const args = [
      join(this.config.root, 'bin', 'run.js'),
      'local',
      'start',
      '--foreground',
      '--local-directory',
      directory,
      ...more,
    ];
    const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', log.fd, log.fd] });
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    await log.close();
    const until = systemClock.now() + startTimeoutMs;
    while (systemClock.now() < until) {
      const said = await readFile(logFile, 'utf8');
      const url = new RegExp(`^${ready} (\\S+)$`, 'mu').exec(said)?.[1];
      if (url !== undefined) {
        child.unref();
        this.log(`${ready} ${url}, data in ${directory}`);
        return { url, started: true };
      }
      const exit = await Promise.race([ended, systemClock.sleep(100)]);
      if (typeof exit === 'number') break;
    }
    return fail({
      code: 'LOCAL.NOT_STARTED',
      message: 'the embedded workspace did not start',
      hint: `what it said is in ${logFile}`,
    });
  }
}

async function once(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((done) => signal.addEventListener('abort', done, { once: true }));
}
